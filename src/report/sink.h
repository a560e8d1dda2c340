/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a report goes: standard output, a regular file by way of FILE.part,
 * or another file that exists already, as a device or a named pipe.
 */
#ifndef PINSUM_SINK_H
#define PINSUM_SINK_H

#include <stdbool.h>
#include <stddef.h>

struct sink {
	const char *file; /* NULL: standard output */
	char *target;     /* what FILE.part is renamed to, links resolved */
	char *part;       /* FILE.part, where that is written */
	int fd;
	bool stream; /* a pipe or the like: small writes are atomic */
};

/* `file` is borrowed. */
void sink_init(struct sink *sink, const char *file);

/* 0 or a negative errno, with a message written.  FILE.part is created anew:
 * one that is left from an earlier run is removed, one that is being written
 * is refused, links are not followed.  A
 * FILE that is a link stays one: it is the file it leads to that is replaced.
 * A FILE that standard output goes to, as /dev/stdout, is written there. */
int sink_open(struct sink *sink);

/* Whether two that are open write to one file, other than /dev/null. */
bool sink_same(const struct sink *a, const struct sink *b);

/* Write whole rows.  0, or a negative errno with a message written but for
 * -EPIPE; what a failed write left of a row is cut off again where the file
 * allows.  -EINTR where a signal asked to stop and nobody reads. */
int sink_write(struct sink *sink, const char *rows, size_t size);

/* Close; with `keep` FILE.part becomes FILE.  0 or a negative errno with a
 * message written. */
int sink_close(struct sink *sink, bool keep);

/* Close what has not been written to: FILE stays as it was before
 * sink_open(). */
void sink_discard(struct sink *sink);

#endif
