/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * atomic: one shared counter, an atomic addition for each integer.
 */
#include <config.h>

#include <stdatomic.h>

#include "run/sharing.h"
#include "run/worker.h"

/* Integers between two looks: with many workers an addition can take a
 * microsecond. */
#define CHUNK 512

static size_t size(size_t workers)
{
	(void)workers;
	return sizeof(_Atomic uint64_t);
}

/* Each wrap of the counter is seen by exactly one worker, the one that made
 * it: it keeps the carries. */
static void work(struct slot *slot)
{
	_Atomic uint64_t *counter = slot->area->shared;
	uint64_t added = 0, carries = 0;

	while (added < slot->count) {
		uint64_t n = worker_step(slot, added, CHUNK);

		for (uint64_t i = 0; i < n; i++) {
			uint64_t x = slot->first + added + i;
			uint64_t old = atomic_fetch_add_explicit(
				counter, x, memory_order_relaxed);

			carries += old + x < old;
		}
		added += n;
		if (!worker_between(slot, added))
			break;
	}
	slot->sum = (struct u128){.hi = carries, .lo = 0};
	slot->complete = added == slot->count;
}

static struct u128 rest(const struct area *area)
{
	const _Atomic uint64_t *counter = area->shared;

	return (struct u128){.hi = 0, .lo = *counter};
}

const struct sharing sharing_atomic = {
	.name = "atomic",
	.summary = "one counter, an atomic addition for each integer",
	.meets = true,
	.size = size,
	.work = work,
	.rest = rest,
};
