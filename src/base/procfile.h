/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Small files of /proc and /sys, read whole.
 *
 * These have no size that stat(2) knows, and some can only be read in one go:
 * read until the end, whatever the pieces.
 */
#ifndef PINSUM_PROCFILE_H
#define PINSUM_PROCFILE_H

#include <stdint.h>
#include <stddef.h>
#include <sys/types.h>

/* Read `path`; what lies beyond `limit` bytes is left out.  0 and *text,
 * malloc'ed, NUL-terminated, of *length bytes (`length` may be NULL; the text
 * may hold NULs of its own), or a negative errno. */
int procfile_read(const char *path, size_t limit, char **text, size_t *length);

/* Read an open file again from its start into a buffer of `size` bytes, with
 * a NUL at the end; no allocation.  The length, or a negative errno:
 * -EOVERFLOW where the file does not fit, and its beginning is there. */
ssize_t procfile_reread(int fd, char *buffer, size_t size);

/* The first line of `text` that starts with `key` and a blank, ':' or '=':
 * its value without the blanks around it, NULL where there is no such line.
 * `text` moves on with `next`: where to look for another (may be NULL). */
const char *procfile_find(const char *text, const char *key, size_t *length,
			  const char **next);

/* The value of `key` as a decimal number.  0, -ENOENT, or -EINVAL where it is
 * no number that fits. */
int procfile_number(const char *text, const char *key, int64_t *value);

/* `text` whole, blanks around it aside, as a decimal number.  0 or -EINVAL. */
int procfile_parse(const char *text, int64_t *value);

#endif
