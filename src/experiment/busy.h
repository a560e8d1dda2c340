/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who else runs now, and where.
 *
 * /proc/loadavg says how many threads are running or could run, this one
 * included.  Only where there are more is /proc searched, the newest processes
 * first: one whose state is R runs, or waits to, on the CPU that its stat
 * names.  That is a look at one moment: what is busy for a tenth of the time is
 * seen in one look of ten.  Once they are listed, which takes milliseconds
 * where there are thousands, it is bounded to BUSY_LIMIT_NS, some hundred
 * processes; those that are older, further threads of a process, and processes
 * of other containers, are counted and not found.
 */
#ifndef PINSUM_BUSY_H
#define PINSUM_BUSY_H

#include <stddef.h>

#include "base/clock.h"

#define BUSY_LIMIT_NS (3 * NS_PER_MS)

struct busy_process {
	long pid;
	int cpu;
	char name[32];
};

struct busy {
	size_t others; /* threads that were runnable, but for the own one */
	struct busy_process found[16];
	size_t count;
};

/* Look below `root` ("" but in tests).  0, or a negative errno where /proc
 * does not say. */
int busy_look(const char *root, struct busy *busy);

#endif
