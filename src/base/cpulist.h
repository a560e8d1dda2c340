/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lists of CPU numbers in taskset's spelling: "0,4-6,0-10:2".
 *
 * Pure: knows neither the machine nor what is allowed on it.
 */
#ifndef PINSUM_CPULIST_H
#define PINSUM_CPULIST_H

#include <stddef.h>

/* CPU numbers at or above this are refused when parsed: no kernel has them,
 * and a typing error must not cost gigabytes. */
#define CPULIST_CPU_LIMIT (1u << 20)

struct cpulist {
	unsigned *cpus; /* owned; in the order given, repeats kept */
	size_t count;
};

/* Parse `text`.  0, or -EINVAL (not a list: empty, reversed, stride 0, stray
 * characters), -ERANGE (a number too large, or more than CPULIST_CPU_LIMIT
 * entries), -ENOMEM.  On failure `list` is empty and, for the first two,
 * `*bad` (may be NULL) is the offset of the element that was wrong. */
int cpulist_parse(const char *text, struct cpulist *list, size_t *bad);

void cpulist_free(struct cpulist *list);

/* The spelling of `count` CPU numbers in ascending order, as taskset prints
 * an affinity list: a run of three or more is a range ("0-2"), two neighbours
 * are "0,1".  Writes at most `size` bytes with the NUL, as snprintf; returns
 * the length of the whole text without it. */
size_t cpulist_format(const unsigned *cpus, size_t count, char *buffer,
		      size_t size);

#endif
