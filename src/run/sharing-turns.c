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

static size_t size(size_t workers)
{
	return workers * sizeof(struct baton);
}

static int init(void *shared, const struct run_setup *setup)
{
	struct baton *batons = shared;

	(void)setup;
	atomic_store(&batons[0].turn, 1);
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

/* All that can be known before the baton comes is: what follows is a part of
 * what is measured. */
static bool take_turns(struct slot *slot, uint64_t number, uint64_t count)
{
	const struct run_setup *setup = slot->setup;
	struct baton *batons = slot->area->shared;
	struct baton *own = &batons[slot->index], *next = own + 1;
	unsigned turn = (unsigned)number + 1, ahead = 0;
	uint64_t value = slot->first + number, end = value + count;
	bool (*wait)(struct slot *, struct baton *, unsigned) =
		setup->spin ? spin : sleep_for;
	bool wake = !setup->spin && setup->workers > 1;

	if (slot->index + 1 == setup->workers) {
		next = batons;
		ahead = 1;
	}
	for (; value < end; value++, turn++) {
		if (!wait(slot, own, turn))
			return false;
		hand_over(next, turn + ahead, u128_add64(own->total, value),
			  wake);
	}
	return true;
}

static void work(struct slot *slot)
{
	uint64_t chunk = slot->setup->spin ? CHUNK_SPIN : CHUNK_SLEEP;
	uint64_t added = 0;
	bool go = true;

	while (added < slot->count && go) {
		uint64_t n = worker_step(slot, added, chunk);

		go = take_turns(slot, added, n);
		added += go ? n : 0;
		go = go && worker_between(slot, added);
	}
	slot->complete = added == slot->count;
}

/* The baton that nobody has taken up. */
static struct u128 rest(const struct area *area)
{
	const struct baton *batons = area->shared;

	return batons[area->count % area->slots[0].setup->workers].total;
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
