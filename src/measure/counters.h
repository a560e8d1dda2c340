/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Hardware counters of the calling thread, by perf_event_open(2): cycles and
 * instructions in user mode.
 */
#ifndef PINSUM_COUNTERS_H
#define PINSUM_COUNTERS_H

#include <stdint.h>

struct counters {
	int64_t cycles, instructions;
};

/* A group of events; -1 where there is none. */
struct counter_files {
	int leader, member;
};

/* Count from now on.  0, or a negative errno where the kernel does not. */
int counters_open(struct counter_files *files);
void counters_close(struct counter_files *files);

/* What was counted so far; RECORD_NA where there is no group, or it did not
 * count all the time. */
void counters_read(const struct counter_files *files,
		   struct counters *counters);

/* "yes", or why there are none; malloc'ed, NULL without memory. */
char *counters_text(void);

#endif
