/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "tree.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tap.h"

static void make_folders(char *path)
{
	char *slash = strchr(path + 1, '/');

	for (; slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
}

static void write_file(const char *root, const struct tree_file *file)
{
	char path[512];
	FILE *stream;

	snprintf(path, sizeof path, "%s/%s", root, file->path);
	make_folders(path);
	stream = fopen(path, "w");
	if (!stream || fputs(file->text, stream) < 0 || fclose(stream) != 0) {
		tap_ok(false, "cannot write %s", path);
		exit(1);
	}
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

char *tree_make(const struct tree_file *files)
{
	char name[] = "/tmp/pinsum-tree-XXXXXX";
	char *root = mkdtemp(name) ? strdup(name) : NULL;
	const struct tree_file *file;

	if (!root) {
		tap_ok(false, "cannot make a temporary folder");
		exit(1);
	}
	for (file = files; file->path; file++)
		write_file(root, file);
	return root;
}

void tree_remove(char *root)
{
	nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(root);
}
