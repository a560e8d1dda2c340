/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/gate.h"

#include <limits.h>

#include "base/clock.h"
#include "base/futex.h"

/* From the last one's waking to the common start: everyone must have seen it
 * by then, and read the CPU's time. */
#define LEAD_NS		   (5 * NS_PER_US)
#define LEAD_PER_WORKER_NS 100

/* One that gets no CPU holds the others up no longer than this. */
#define PATIENCE_NS	       (250 * NS_PER_US)
#define PATIENCE_PER_WORKER_NS (5 * NS_PER_US)

/* Who wakes ten thousand at once has had so much more of the CPU than each of
 * them that the scheduler serves it last, minutes later, and no Ctrl-C is seen
 * until then: that grows with the square of their number.  Among so many,
 * everyone who wakes wakes two more; among fewer that would cost more time than
 * it saves. */
#define WAKE_AT_ONCE 2000

static bool passes_on(const struct run_setup *setup)
{
	return setup->workers > WAKE_AT_ONCE && !setup->spin;
}

static void wake(const struct run_setup *setup, struct area *area)
{
	futex_wake(&area->gate, passes_on(setup) ? 2 : INT_MAX);
}

bool gate_arrive(struct slot *slot)
{
	struct area *area = slot->area;
	unsigned gate;

	run_worker_ready(slot);
	while ((gate = atomic_load(&area->gate)) == GATE_CLOSED)
		futex_wait(&area->gate, GATE_CLOSED, INT64_MAX);
	if (passes_on(slot->setup))
		wake(slot->setup, area);
	/* Among thousands many come here long after Ctrl-C: a chunk of each
	 * would hold up the end. */
	return gate == GATE_OPEN && !atomic_load(&area->stop);
}

/* The first to set it wins. */
static void set_start(const struct run_setup *setup, struct area *area)
{
	int64_t none = 0, lead = (int64_t)setup->workers * LEAD_PER_WORKER_NS;

	atomic_compare_exchange_strong(&area->start_ns, &none,
				       clock_now() + LEAD_NS + lead);
}

static void relax(void)
{
#if defined __x86_64__ || defined __i386__
	__builtin_ia32_pause();
#elif defined __aarch64__
	__asm__ volatile("yield");
#endif
}

int64_t gate_start(struct slot *slot)
{
	const struct run_setup *setup = slot->setup;
	struct area *area = slot->area;
	int64_t latest = area->called_ns + PATIENCE_NS +
			 (int64_t)setup->workers * PATIENCE_PER_WORKER_NS;
	int64_t start;

	if (atomic_fetch_add(&area->awake, 1) + 1 == setup->workers)
		set_start(setup, area);
	while (!(start = atomic_load(&area->start_ns))) {
		relax();
		if (clock_now() > latest)
			set_start(setup, area);
	}
	return start;
}

void gate_open(struct run *run)
{
	struct area *area = run->area;

	area->called_ns = clock_now();
	atomic_store(&area->gate, GATE_OPEN);
	wake(run->setup, area);
}

void gate_abort(struct run *run)
{
	unsigned closed = GATE_CLOSED;

	atomic_compare_exchange_strong(&run->area->gate, &closed, GATE_ABORT);
	futex_wake_all(&run->area->gate);
}

int64_t gate_opened(const struct run *run)
{
	int64_t start = atomic_load(&run->area->start_ns);

	return start ? start : run->area->called_ns;
}
