/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "compare.h"

#include <stdio.h>
#include <time.h>

#include "base/clock.h"

/* How long to look, and how much of that time CPUs may be busy: a clock tick
 * of the kernel is a good part of it. */
#define LOOK_NS	 (100 * NS_PER_MS)
#define BUSY_MAX 0.15

/* Ticks of all CPUs since the system started. */
struct ticks {
	unsigned long long idle, all;
};

static bool read_ticks(struct ticks *ticks)
{
	/* user nice system idle iowait irq softirq steal */
	unsigned long long v[8] = {0};
	FILE *file = fopen("/proc/stat", "re");
	int got = 0;

	if (!file)
		return false;
	got = fscanf(file, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &v[0],
		     &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7]);
	fclose(file);
	ticks->idle = v[3] + v[4];
	ticks->all = 0;
	for (int i = 0; i < 8; i++)
		ticks->all += v[i];
	return got == 8;
}

static bool look(void)
{
	const struct timespec time = clock_timespec(LOOK_NS);
	struct ticks before, after;

	if (!read_ticks(&before))
		return true; /* nothing to go by */
	nanosleep(&time, NULL);
	if (!read_ticks(&after) || after.all == before.all)
		return true;
	return (double)(after.idle - before.idle) >=
	       (1 - BUSY_MAX) * (double)(after.all - before.all);
}

bool compare_quiet(long long *patience_ns)
{
	while (!look()) {
		*patience_ns -= LOOK_NS;
		if (*patience_ns <= 0)
			return false;
	}
	return true;
}
