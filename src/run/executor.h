/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Executors: how workers come into being and are collected.  Everything else
 * of a run is the same for all of them, or the comparison means nothing.
 *
 * To add one: a file executor-NAME.c that exports one struct, and its line in
 * the table of executor.c.
 */
#ifndef PINSUM_EXECUTOR_H
#define PINSUM_EXECUTOR_H

#include <stdbool.h>
#include <stddef.h>

#include "run/run.h"

struct executor {
	const char *name;
	const char *plural; /* accepted too, or NULL */
	const char *summary;
	bool alone;	 /* the calling thread: always one worker */
	bool hands_back; /* by setup.ipc: workers share no memory by themselves
			  */

	/* Before the clock starts: what launching needs.  0 or -errno. */
	int (*prepare)(struct run *run);
	/* Create worker `index`.  0 or -errno. */
	int (*launch)(struct run *run, size_t index);
	/* The gate is open: return when all workers are done, or the run has
	 * another ending, or at the deadline with -ETIMEDOUT. */
	int (*attend)(struct run *run, int64_t deadline_ns);
	/* Look for workers that ended by themselves; may be NULL. */
	void (*poll)(struct run *run);
	/* Make every worker end that has not; the gate is open or aborted,
	 * area.stop is set. */
	void (*end)(struct run *run);
	/* Collect what was created, by `deadline_ns`; what is left is
	 * in run.alive. */
	void (*reap)(struct run *run, int64_t deadline_ns);
	/* After the clock stopped: undo prepare().  0 or -errno. */
	int (*release)(struct run *run);
};

/* By name or plural, or NULL. */
const struct executor *executor_find(const char *name);

/* The i-th, in the order of reports, or NULL at the end. */
const struct executor *executor_at(size_t i);

extern const struct executor executor_single;
extern const struct executor executor_thread;
extern const struct executor executor_process;

#endif
