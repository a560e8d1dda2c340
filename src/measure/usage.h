/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernel says of a thread: CPU time, waiting for a CPU, context
 * switches, migrations.
 *
 * CPU time comes from the thread's own clock (the CPU field of schedstat lags
 * by a tick), waiting from /proc/thread-self/schedstat (run delay; throttled
 * time of a quota is part of it), switches from getrusage(RUSAGE_THREAD),
 * migrations from /proc/thread-self/sched (kernels built with SCHED_DEBUG).
 */
#ifndef PINSUM_USAGE_H
#define PINSUM_USAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "measure/counters.h"

/* Fields are RECORD_NA where the kernel does not say. */
struct usage {
	int64_t cpu_ns;
	int64_t wait_ns;
	int64_t voluntary, involuntary;
	int64_t migrations;
	struct counters counters;
};

/* Files of the calling thread, open while it runs; -1 where they cannot be
 * had, or are not wanted. */
struct usage_probe {
	int schedstat;
	int sched;
	struct counter_files counters;
};

/* Opened by the thread itself, before anything is measured.  The files of
 * /proc take as long as creating the thread, hardware counters longer: each
 * only where it is worth it. */
void usage_open(struct usage_probe *probe, bool files, bool counters);
void usage_close(struct usage_probe *probe);

/* Waiting and switches. */
void usage_read(const struct usage_probe *probe, struct usage *usage);

/* CPU clock and hardware counters, next to the loop that is measured. */
void usage_mark(const struct usage_probe *probe, struct usage *usage);

/* How often the scheduler moved this thread to another CPU so far; dearer
 * than the rest, and constant for a thread pinned to one CPU. */
int64_t usage_migrations(const struct usage_probe *probe);

/* after - before, field by field; RECORD_NA where either is.  A thread that
 * was not switched out in between has neither waited nor moved, whether or not
 * it had files to tell. */
struct usage usage_difference(const struct usage *before,
			      const struct usage *after);

#endif
