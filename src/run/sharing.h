/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the workers share the total: the loop between a worker's start and its
 * end, and the memory that they meet in.
 *
 * To add one: a file sharing-NAME.c that exports one struct, and its line in
 * the table of sharing.c.
 */
#ifndef PINSUM_SHARING_H
#define PINSUM_SHARING_H

#include <stdbool.h>
#include <stddef.h>

#include "run/run.h"

struct sharing {
	const char *name;
	const char *summary;
	/* The workers meet at every integer, in a loop of its own: no kernel
	 * applies, and ranges are shorter by default. */
	bool meets;
	/* slot.sum is the sum of the worker's part, and can be checked. */
	bool own_parts;

	/* Bytes of shared memory for so many workers; NULL: none. */
	size_t (*size)(size_t workers);
	/* Prepare that memory, which is zeroes: 0 or -errno. */
	int (*init)(void *shared, const struct run_setup *setup);

	/* Add slot.count integers from slot.first on, calling
	 * worker_between() at least every millisecond or so; leaves what is
	 * the worker's own in slot.sum and sets slot.complete. */
	void (*work)(struct slot *slot);

	/* What lies in area.shared and in no slot.sum; NULL: nothing. */
	struct u128 (*rest)(const struct area *area);
};

/* By name, or NULL. */
const struct sharing *sharing_find(const char *name);

/* The i-th of the table, or NULL at the end. */
const struct sharing *sharing_at(size_t i);

extern const struct sharing sharing_private;
extern const struct sharing sharing_adjacent;
extern const struct sharing sharing_atomic;
extern const struct sharing sharing_mutex;
extern const struct sharing sharing_turns;
extern const struct sharing sharing_gil;

#endif
