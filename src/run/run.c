/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/run.h"

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>

#include "base/clock.h"
#include "base/futex.h"
#include "base/signals.h"
#include "run/executor.h"
#include "run/ipc.h"
#include "run/run-memory.h"
#include "run/run-ranks.h"
#include "run/sharing.h"

/* From the opening of the gate to the common start: the sleepers must all be
 * awake and spinning by then. */
#define LEAD_NS		   (60 * NS_PER_US)
#define LEAD_PER_WORKER_NS (1 * NS_PER_US)

static void notify(struct area *area)
{
	atomic_fetch_add(&area->events, 1);
	futex_wake_all(&area->events);
}

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

static void wake_at_gate(const struct run_setup *setup, struct area *area)
{
	futex_wake(&area->gate, passes_on(setup) ? 2 : INT_MAX);
}

bool run_arrive(struct slot *slot)
{
	struct area *area = slot->area;
	unsigned gate;

	atomic_store(&slot->state, WORKER_READY);
	if (atomic_fetch_add(&area->ready, 1) + 1 == slot->setup->workers)
		notify(area);
	while ((gate = atomic_load(&area->gate)) == GATE_CLOSED)
		futex_wait(&area->gate, GATE_CLOSED, INT64_MAX);
	if (passes_on(slot->setup))
		wake_at_gate(slot->setup, area);
	/* Among thousands many come here long after Ctrl-C: a chunk of each
	 * would hold up the end. */
	return gate == GATE_OPEN && !atomic_load(&area->stop);
}

void run_worker_done(struct slot *slot)
{
	struct area *area = slot->area;

	atomic_store(&slot->state, WORKER_DONE);
	if (atomic_fetch_add(&area->done, 1) + 1 == slot->setup->workers)
		notify(area);
}

void run_worker_fault(struct slot *slot, enum worker_fault fault, int error)
{
	slot->error = error;
	slot->fault = fault;
	atomic_store(&slot->state, WORKER_DONE);
	atomic_fetch_add(&slot->area->faults, 1);
	notify(slot->area);
}

/* Over ranks, then workers. */
static void cut_range(struct run *run)
{
	const struct run_setup *setup = run->setup;
	struct part whole = {setup->first, setup->last - setup->first + 1};
	struct part part = run_ranks_part(whole, setup->ranks);

	run->area->first = part.first;
	run->area->count = part.count;
	for (size_t i = 0; i < setup->workers; i++) {
		struct slot *slot = &run->area->slots[i];
		struct part own = part_of(part, i, setup->workers);

		*slot = (struct slot){.setup = setup,
				      .area = run->area,
				      .index = i,
				      .first = own.first,
				      .count = own.count,
				      .probe = {-1, -1, {-1, -1}},
				      .cpu_first = NONE,
				      .cpu_last = NONE,
				      .cpu_stray = NONE};
	}
}

/* As large as the tool's own mask, which the kernel has filled.  A worker that
 * allocated would first have to get an arena, or a copy of a page. */
static void lend_sets(struct run *run)
{
	size_t workers = run->setup->workers;
	size_t size = run->setup->inherited->size;
	char *memory = (char *)&run->area->slots[workers];

	for (size_t i = 0; i < workers; i++, memory += 2 * size) {
		struct slot *slot = &run->area->slots[i];

		cpuset_lend(&slot->pin, memory, size);
		cpuset_lend(&slot->mask, memory + size, size);
	}
}

static int area_map(struct run *run)
{
	size_t sets = 2 * run->setup->inherited->size;
	void *p;

	run->area_size =
		sizeof *run->area +
		run->setup->workers * (sizeof *run->area->slots + sets);
	p = mmap(NULL, run->area_size, PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return -errno;
	run->area = p; /* zeroes: the gate is closed */
	cut_range(run);
	lend_sets(run);
	return run_memory_map(run);
}

void run_look(struct run *run)
{
	const struct run_setup *setup = run->setup;

	if (setup->executor->poll)
		setup->executor->poll(run);
	if (run->ending == RUN_COMPLETE && signals_stop())
		run->ending = RUN_STOPPED;
}

int run_sleep_until(struct run *run, bool (*ready)(const struct run *),
		    int64_t deadline_ns)
{
	for (;;) {
		unsigned seen = atomic_load(&run->area->events);

		run_look(run);
		if (ready(run))
			return 0;
		if (clock_now() >= deadline_ns)
			return -ETIMEDOUT;
		futex_wait(&run->area->events, seen,
			   run->look_ns < deadline_ns ? run->look_ns
						      : deadline_ns);
	}
}

bool run_is_over(const struct run *run)
{
	return run->ending != RUN_COMPLETE ||
	       atomic_load(&run->area->done) == run->setup->workers;
}

static bool has_gathered(const struct run *run)
{
	return run->ending != RUN_COMPLETE || atomic_load(&run->area->faults) ||
	       atomic_load(&run->area->ready) == run->setup->workers;
}

static void find_fault(struct run *run)
{
	for (size_t i = 0; i < run->setup->workers; i++) {
		const struct slot *slot = &run->area->slots[i];

		if (atomic_load(&slot->state) != WORKER_DONE || !slot->fault)
			continue;
		run->culprit = i;
		run->error = slot->error;
		run->ending = slot->fault == FAULT_REFUSED ||
					      slot->fault == FAULT_SCHED
				      ? RUN_REFUSED
				      : RUN_PIN_REFUSED;
		return;
	}
}

/* Whether the worker's only CPU is the one that the coordinator is on now. */
static bool sits_on(const struct run_setup *setup, size_t i, int cpu)
{
	const struct seat *seat = &setup->plan->seats[i];

	return seat->count == 1 && cpu >= 0 &&
	       setup->machine->pus[setup->plan->pus[seat->first]].os ==
		       (unsigned)cpu;
}

static void refuse(struct run *run, size_t i, int error)
{
	run->ending = RUN_REFUSED;
	run->culprit = i;
	run->error = error;
}

/* The word of events is 0 until there is something to look for; a signal may
 * have come before it was listened to. */
static bool launch(struct run *run, size_t i)
{
	int error = 0;

	if (atomic_load(&run->area->events) || signals_stop())
		run_look(run);
	if (run->ending == RUN_COMPLETE &&
	    clock_now() - run->created_ns > run->setup->timeout_ns)
		run->ending = RUN_TIMEOUT;
	if (run->ending == RUN_COMPLETE)
		error = run->setup->executor->launch(run, i);
	if (error)
		refuse(run, i, error);
	return run->ending == RUN_COMPLETE;
}

/* A worker pinned to the creator's CPU pre-empts the creator for some
 * milliseconds: those are created last. */
static void launch_all(struct run *run)
{
	int here = sched_getcpu();

	for (int last = 0; last < 2; last++)
		for (size_t i = 0; i < run->setup->workers; i++)
			if (sits_on(run->setup, i, here) == last &&
			    !launch(run, i))
				return;
}

static void gather(struct run *run)
{
	int64_t deadline = run->created_ns + run->setup->timeout_ns;

	if (run_sleep_until(run, has_gathered, deadline))
		run->ending = RUN_TIMEOUT;
	else if (atomic_load(&run->area->faults) && run->ending == RUN_COMPLETE)
		find_fault(run);
}

static void open_gate(struct run *run)
{
	struct area *area = run->area;
	size_t workers = run->setup->workers;

	run->called_ns = run->opened_ns = clock_now();
	if (run->setup->spin)
		run->opened_ns +=
			LEAD_NS + (int64_t)workers * LEAD_PER_WORKER_NS;
	area->deadline_ns = run->opened_ns;
	atomic_store(&area->gate, GATE_OPEN);
	wake_at_gate(run->setup, area);
}

static void attend(struct run *run)
{
	int64_t deadline = run->created_ns + run->setup->timeout_ns;

	open_gate(run);
	if (run->setup->executor->attend(run, deadline) &&
	    run->ending == RUN_COMPLETE)
		run->ending = RUN_TIMEOUT;
}

/* The parts of workers that are done. */
static void collect(struct run *run)
{
	const struct ipc *ipc = run->setup->ipc;
	int64_t deadline = run->created_ns + run->setup->timeout_ns;
	int error = 0;

	if (ipc && ipc->collect)
		error = ipc->collect(run, deadline);
	if (run->ending != RUN_COMPLETE || !error)
		return;
	if (error == -ETIMEDOUT) {
		run->ending = RUN_TIMEOUT;
	} else {
		run->refused = "the parts of the workers";
		refuse(run, 0, error);
	}
}

/* Let go of everyone who waits or works. */
static void abort_run(struct run *run)
{
	unsigned closed = GATE_CLOSED;

	atomic_store(&run->area->stop, 1);
	futex_wake_all(&run->area->stop);
	atomic_compare_exchange_strong(&run->area->gate, &closed, GATE_ABORT);
	futex_wake_all(&run->area->gate);
	run->setup->executor->end(run);
}

/* Each needs a little CPU time to end: many take long together.  Waits for as
 * long as some do. */
static void reap_ended(struct run *run)
{
	int64_t last_ns = clock_now();

	while (run->alive && clock_now() - last_ns < RUN_REAP_NS) {
		size_t alive = run->alive;

		run->setup->executor->reap(run,
					   clock_now() + RUN_REAP_NS / 10);
		if (run->alive < alive)
			last_ns = clock_now();
	}
}

static void reap(struct run *run)
{
	const struct executor *executor = run->setup->executor;
	int64_t deadline = run->created_ns + run->setup->timeout_ns;

	if (run->ending == RUN_COMPLETE) {
		executor->reap(run, deadline);
		if (!run->alive && run->ending == RUN_COMPLETE)
			return;
		if (run->ending == RUN_COMPLETE)
			run->ending = RUN_TIMEOUT;
	}
	abort_run(run);
	reap_ended(run);
}

static void add_up(struct run *run)
{
	run->sum = (struct u128){0, 0};
	run->done_ns = run->opened_ns;
	for (size_t i = 0; i < run->setup->workers; i++) {
		const struct slot *slot = &run->area->slots[i];

		run->sum = u128_add(run->sum, slot->sum);
		if (slot->end_ns > run->done_ns)
			run->done_ns = slot->end_ns;
	}
	if (run->setup->sharing->rest)
		run->sum = u128_add(
			run->sum, run->setup->sharing->rest(run->area->shared));
	run->ended_ns = clock_now();
}

void run_execute(const struct run_setup *setup, struct run *run)
{
	int error;

	*run = (struct run){
		.setup = setup, .look_ns = INT64_MAX, .maxrss_kib = RECORD_NA};
	error = area_map(run);
	if (!error)
		error = setup->executor->prepare(run);
	if (error) {
		refuse(run, 0, error);
		run_ranks_meet(run);
		run_ranks_total(run);
		return;
	}
	signals_set_word(&run->area->events);
	run->start = clock_wall();
	run->created_ns = clock_now();
	launch_all(run);
	if (run->ending == RUN_COMPLETE)
		gather(run);
	run_ranks_meet(run);
	if (run->ending == RUN_COMPLETE)
		attend(run);
	if (run->ending == RUN_COMPLETE)
		collect(run);
	reap(run);
	if (run->ending == RUN_COMPLETE)
		add_up(run);
	run_ranks_total(run);
	signals_set_word(NULL);
}

int run_release(struct run *run)
{
	int error = run->data ? run->setup->executor->release(run) : 0;

	/* A worker that could not be ended may still write there. */
	if (run->area && !run->alive) {
		run_memory_unmap(run);
		munmap(run->area, run->area_size);
	}
	run->area = NULL;
	return error;
}
