/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Recorded trees of /proc and /sys for the unit tests, as temporary folders.
 */
#ifndef PINSUM_TREE_H
#define PINSUM_TREE_H

/* A file, with its path below the root of the tree. */
struct tree_file {
	const char *path, *text;
};

/* Make a folder with `files`, the last of which has no path.  Its path is the
 * caller's; ends the test where it cannot be made. */
char *tree_make(const struct tree_file *files);

/* Remove it and free its path. */
void tree_remove(char *root);

#endif
