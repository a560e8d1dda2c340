/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * turns: workers strictly take turns, one integer each, handing the total on:
 * the latency of a hand-over from core to core.
 *
 * Each worker waits on a line of its own, written by the worker before it;
 * the total travels in that line.  Where every worker has a CPU it spins,
 * without a pause instruction, whose tens of nanoseconds would be measured
 * too; elsewhere it sleeps in the kernel.
 */
#include <config.h>

#include <stdalign.h>

#include "base/clock.h"
#include "base/futex.h"
#include "run/sharing.h"
#include "run/worker.h"

/* Spins between two looks whether the run is aborted. */
#define SPINS 100000

/* Turns between two looks where a worker runs. */
#define CHUNK_SPIN  1024
#define CHUNK_SLEEP 32

#define SLEEP_NS (50 * NS_PER_MS)

struct baton {
	alignas(RUN_LINE) atomic_uint turn; /* of its worker: 1, 2, ... */
	struct u128 total;
};

struct turns {
	alignas(RUN_LINE) struct u128 total; /* after the last turn */
	struct baton batons[];
};

static size_t size(size_t workers)
{
	return sizeof(struct turns) + workers * sizeof(struct baton);
}

static int init(void *shared, const struct run_setup *setup)
{
	struct turns *turns = shared;

	(void)setup;
	atomic_store(&turns->batons[0].turn, 1);
	return 0;
}

static bool has_turn(struct baton *baton, unsigned turn)
{
	return atomic_load_explicit(&baton->turn, memory_order_acquire) == turn;
}

static bool spin(struct slot *slot, struct baton *baton, unsigned turn)
{
	do
		for (int i = 0; i < SPINS; i++)
			if (has_turn(baton, turn))
				return true;
	while (worker_look(slot));
	return false;
}

static bool sleep_for(struct slot *slot, struct baton *baton, unsigned turn)
{
	while (!has_turn(baton, turn)) {
		futex_wait(&baton->turn, turn - 1, clock_now() + SLEEP_NS);
		if (!worker_look(slot))
			return false;
	}
	return true;
}

static void hand_over(struct baton *next, unsigned turn, struct u128 total,
		      bool wake)
{
	next->total = total;
	atomic_store_explicit(&next->turn, turn, memory_order_release);
	if (wake)
		futex_wake_all(&next->turn);
}

/* Of all workers' turns: only then is a second line touched. */
static bool is_last(const struct slot *slot, uint64_t number)
{
	const struct run_setup *setup = slot->setup;

	return number * setup->workers + slot->index + 1 == slot->area->count;
}

static bool take_turn(struct slot *slot, uint64_t number)
{
	const struct run_setup *setup = slot->setup;
	struct turns *turns = slot->area->shared;
	struct baton *own = &turns->batons[slot->index];
	size_t next = slot->index + 1 < setup->workers ? slot->index + 1 : 0;
	unsigned turn = (unsigned)number + 1;
	struct u128 total;

	if (!(setup->spin ? spin : sleep_for)(slot, own, turn))
		return false;
	total = u128_add64(own->total, slot->first + number);
	if (is_last(slot, number))
		turns->total = total;
	hand_over(&turns->batons[next], turn + (next == 0), total,
		  !setup->spin && setup->workers > 1);
	return true;
}

static void work(struct slot *slot)
{
	uint64_t chunk = slot->setup->spin ? CHUNK_SPIN : CHUNK_SLEEP;
	uint64_t added = 0;
	bool go = true;

	while (added < slot->count && go) {
		uint64_t n = worker_step(slot, added, chunk);

		for (uint64_t i = 0; i < n && go; i++)
			go = take_turn(slot, added + i);
		added += go ? n : 0;
		go = go && worker_between(slot, added);
	}
	slot->complete = added == slot->count;
}

static struct u128 rest(const void *shared)
{
	const struct turns *turns = shared;

	return turns->total;
}

const struct sharing sharing_turns = {
	.name = "turns",
	.summary = "workers strictly take turns, one integer each",
	.meets = true,
	.size = size,
	.init = init,
	.work = work,
	.rest = rest,
};
