/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The least that must be done: workers made with the system's calls alone,
 * each pinned by one call, with the kernels of pinsum.  No hwloc, nothing read
 * back, nothing verified, nothing looked for.
 */
#ifndef PINSUM_FLOOR_H
#define PINSUM_FLOOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernels/kernel.h"

struct floor_part;

struct floor {
	const struct kernel *kernel;
	const unsigned *cpus; /* workers take turns on them */
	size_t cpu_count;
	size_t workers;
	uint64_t first, last;
	bool together; /* nobody adds before all are there */
};

/* Each makes the workers, waits for them and adds their parts: the calling
 * thread itself, threads, forked processes.  0 and *sum, or a negative errno.
 */
int floor_single(const struct floor *floor, struct u128 *sum);
int floor_threads(const struct floor *floor, struct u128 *sum);
int floor_processes(const struct floor *floor, struct u128 *sum);

#endif
