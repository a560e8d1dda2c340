/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gil: private sums while holding one global lock, which is handed over on
 * request, as CPython's interpreter lock: a worker that has waited for one
 * interval without a change of holder asks for it; the holder lets go between
 * two steps of its work, and does not take it again before another had it.
 * (The scheme is described in CPython's Python/ceval_gil.c.)
 */
#include <config.h>

#include <stdalign.h>

#include "base/clock.h"
#include "base/futex.h"
#include "run/sharing.h"
#include "run/worker.h"

/* Requests are looked at so often in the time of a kernel's chunk. */
#define STEPS 64

/* Between two looks whether the run is aborted. */
#define SLEEP_NS (50 * NS_PER_MS)

struct gil {
	alignas(RUN_LINE) atomic_uint held;	/* a futex */
	alignas(RUN_LINE) atomic_uint switches; /* a futex: changes of holder */
	alignas(RUN_LINE) atomic_uint request;
	atomic_size_t holder; /* the last one: worker number + 1 */
};

static size_t size(size_t workers)
{
	(void)workers;
	return sizeof(struct gil);
}

static bool try_take(struct gil *gil, size_t worker)
{
	unsigned free = 0;

	if (!atomic_compare_exchange_strong(&gil->held, &free, 1))
		return false;
	if (atomic_exchange(&gil->holder, worker + 1) != worker + 1) {
		atomic_fetch_add(&gil->switches, 1);
		futex_wake_all(&gil->switches);
	}
	atomic_store(&gil->request, 0);
	return true;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The interval counts from the last change of holder.  False where the run is
 * aborted. */
static bool take(struct slot *slot, struct gil *gil)
{
	int64_t interval = slot->setup->gil_interval_ns, now = clock_now();
	unsigned seen = atomic_load(&gil->switches);
	int64_t until = now + interval;

	while (!try_take(gil, slot->index)) {
		unsigned switches;

		futex_wait(&gil->held, 1, earlier(until, now + SLEEP_NS));
		now = clock_now();
		switches = atomic_load(&gil->switches);
		if (switches == seen && now >= until)
			atomic_store(&gil->request, 1);
		if (switches != seen || now >= until)
			until = now + interval;
		seen = switches;
		if (!worker_look(slot))
			return false;
	}
	return true;
}

static void drop(struct gil *gil)
{
	atomic_store(&gil->held, 0);
	futex_wake_all(&gil->held);
}

/* Let the worker that asked have it first. */
static bool yield(struct slot *slot, struct gil *gil)
{
	unsigned seen = atomic_load(&gil->switches);

	drop(gil);
	while (atomic_load(&gil->switches) == seen &&
	       atomic_load(&gil->request)) {
		futex_wait(&gil->switches, seen, clock_now() + SLEEP_NS);
		if (!worker_look(slot))
			return false;
	}
	return take(slot, gil);
}

/* What blocks lets go of the lock, as in CPython. */
static bool between(struct slot *slot, struct gil *gil, uint64_t added)
{
	if (worker_block_is_due(slot, added)) {
		drop(gil);
		worker_block(slot);
		if (!take(slot, gil))
			return false;
	}
	if (atomic_load_explicit(&gil->request, memory_order_relaxed) &&
	    !yield(slot, gil))
		return false;
	return worker_look(slot);
}

static void work(struct slot *slot)
{
	const struct kernel *kernel = slot->setup->kernel;
	struct gil *gil = slot->area->shared;
	uint64_t chunk = kernel->chunk / STEPS, added = 0;
	struct u128 sum = {0, 0};

	if (!slot->count)
		slot->complete = true;
	if (!slot->count || !take(slot, gil))
		return;
	while (added < slot->count) {
		uint64_t n = worker_step(slot, added, chunk);

		sum = u128_add(sum, kernel->sum(slot->first + added, n));
		added += n;
		if (added < slot->count && !between(slot, gil, added))
			break;
	}
	slot->sum = sum;
	slot->complete = added == slot->count;
	drop(gil);
	if (slot->complete)
		worker_between(slot, added);
}

const struct sharing sharing_gil = {
	.name = "gil",
	.summary = "private sums under one lock that is handed over on "
		   "request, as an interpreter lock",
	.own_parts = true,
	.size = size,
	.work = work,
};
