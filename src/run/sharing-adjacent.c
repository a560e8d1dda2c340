/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * adjacent: each worker its own counter in memory, side by side in one cache
 * line (false sharing); more than eight workers fill the next lines.
 */
#include <config.h>

#include <stdatomic.h>

#include "run/sharing.h"
#include "run/worker.h"

/* Integers between two looks: well under a millisecond. */
#define CHUNK 4096

static size_t size(size_t workers)
{
	return workers * sizeof(_Atomic uint64_t);
}

/* A load and a store, so that the line is fetched and dirtied for each
 * integer; nobody else writes this counter, so no atomic addition. */
static unsigned add(_Atomic uint64_t *counter, uint64_t integer)
{
	uint64_t old = atomic_load_explicit(counter, memory_order_relaxed);

	atomic_store_explicit(counter, old + integer, memory_order_relaxed);
	return old + integer < old;
}

static void work(struct slot *slot)
{
	_Atomic uint64_t *counters = slot->area->shared;
	_Atomic uint64_t *counter = &counters[slot->index];
	uint64_t added = 0, carries = 0;

	while (added < slot->count) {
		uint64_t n = worker_step(slot, added, CHUNK);

		for (uint64_t i = 0; i < n; i++)
			carries += add(counter, slot->first + added + i);
		added += n;
		if (!worker_between(slot, added))
			break;
	}
	slot->sum = (struct u128){.hi = carries, .lo = *counter};
	slot->complete = added == slot->count;
}

const struct sharing sharing_adjacent = {
	.name = "adjacent",
	.summary = "each worker its own counter, all in one cache line",
	.meets = true,
	.own_parts = true,
	.size = size,
	.work = work,
};
