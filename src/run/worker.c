/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/worker.h"

#include <errno.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/futex.h"
#include "base/signals.h"
#include "run/gate.h"
#include "run/ipc.h"
#include "run/sharing.h"

static const struct seat *seat_of(const struct slot *slot)
{
	return &slot->setup->plan->seats[slot->index];
}

/* Operating system's number of the k-th PU of the worker's pin. */
static unsigned pinned_cpu(const struct slot *slot, size_t k)
{
	const struct plan *plan = slot->setup->plan;
	unsigned pu = plan->pus[seat_of(slot)->first + k];

	return slot->setup->machine->pus[pu].os;
}

static bool is_pinned_to(const struct slot *slot, unsigned cpu)
{
	const struct seat *seat = seat_of(slot);

	for (size_t k = 0; k < seat->count; k++)
		if (pinned_cpu(slot, k) == cpu)
			return true;
	return false;
}

void worker_leave(struct slot *slot)
{
	usage_close(&slot->probe);
}

static enum worker_fault set_pin(struct slot *slot, int *error)
{
	for (size_t k = 0; k < seat_of(slot)->count; k++)
		cpuset_add(&slot->pin, pinned_cpu(slot, k));
	if ((*error = bind_set(0, &slot->pin)))
		return FAULT_PIN_REFUSED;
	if ((*error = bind_get(0, &slot->mask)))
		return FAULT_PIN_UNREAD;
	return cpuset_equal(&slot->mask, &slot->pin) ? FAULT_NONE
						     : FAULT_PIN_IGNORED;
}

static bool pin(struct slot *slot)
{
	enum worker_fault fault = FAULT_NONE;
	int error;

	if (seat_of(slot)->count)
		fault = set_pin(slot, &error);
	if (!fault)
		return true;
	worker_leave(slot);
	run_worker_fault(slot, fault, error);
	return false;
}

/* After the end: the mask may have changed, or the worker may have been away
 * and back between two looks.  One CPU cannot be left without a migration. */
static void check_pin(struct slot *slot)
{
	if (!seat_of(slot)->count)
		return;
	if (slot->cpu_stray != NONE ||
	    (seat_of(slot)->count == 1 && slot->used.migrations > 0))
		slot->pin_lost = true;
	slot->pin_error = bind_get(0, &slot->mask);
	if (slot->pin_error || !cpuset_equal(&slot->mask, &slot->pin))
		slot->pin_lost = true;
}

static bool set_policy(struct slot *slot)
{
	int error = sched_policy_apply(slot->setup->sched);

	if (!error)
		return true;
	worker_leave(slot);
	run_worker_fault(slot, FAULT_SCHED, error);
	return false;
}

bool worker_look(struct slot *slot)
{
	int cpu = sched_getcpu();

	if (seat_of(slot)->count && cpu >= 0 &&
	    !is_pinned_to(slot, (unsigned)cpu))
		slot->cpu_stray = cpu;
	return !atomic_load_explicit(&slot->area->stop, memory_order_relaxed) &&
	       !signals_stop();
}

uint64_t worker_step(const struct slot *slot, uint64_t added, uint64_t chunk)
{
	uint64_t every = slot->setup->block_count, n = slot->count - added;

	if (n > chunk)
		n = chunk;
	if (every && n > every - added % every)
		n = every - added % every;
	return n;
}

bool worker_block_is_due(const struct slot *slot, uint64_t added)
{
	uint64_t every = slot->setup->block_count;

	return every && added % every == 0;
}

/* On the word that aborts the run, so that the sleep ends with it. */
void worker_block(const struct slot *slot)
{
	int64_t until = clock_now() + slot->setup->block_ns;

	while (clock_now() < until && !signals_stop() &&
	       !atomic_load(&slot->area->stop))
		futex_wait(&slot->area->stop, 0, until);
}

bool worker_between(struct slot *slot, uint64_t added)
{
	if (worker_block_is_due(slot, added))
		worker_block(slot);
	return worker_look(slot);
}

/* A part of about 10 us: to open and read the files that tell of waiting and
 * moving would take several times as long.  It is seldom switched out, and then
 * neither is known. */
#define BRIEF_PARTS 100 /* of a chunk */

static bool is_brief(const struct slot *slot)
{
	const struct run_setup *setup = slot->setup;
	bool alone = !setup->sharing->size && !setup->block_count;

	return setup->kernel && alone &&
	       slot->count <= setup->kernel->chunk / BRIEF_PARTS;
}

bool worker_prepare(struct slot *slot)
{
	slot->pid = getpid();
	slot->tid = (pid_t)syscall(SYS_gettid);
	if (!pin(slot) || !set_policy(slot))
		return false;
	usage_open(&slot->probe, !is_brief(slot), slot->setup->counters);
	/* Touch code and data, so that no page fault is measured. */
	if (slot->setup->kernel)
		slot->sum = slot->setup->kernel->sum(slot->first,
						     slot->count ? 1 : 0);
	slot->sum = (struct u128){0, 0};
	usage_read(&slot->probe, &slot->before);
	slot->before.migrations = usage_migrations(&slot->probe);
	return true;
}

/* The thread's CPU clock takes a system call, some longer than others: it is
 * read just before the start, and runs as the other does while the worker
 * spins. */
#define MARK_NS (2 * NS_PER_US)
#define LATE_NS (NS_PER_US / 2)

static void begin_now(struct slot *slot)
{
	usage_mark(&slot->probe, &slot->before);
	slot->start_ns = clock_now();
}

static void begin_together(struct slot *slot)
{
	int64_t start = gate_start(slot), marked;

	while (clock_now() < start - MARK_NS)
		;
	usage_mark(&slot->probe, &slot->before);
	marked = clock_now();
	while ((slot->start_ns = clock_now()) < start)
		;
	slot->before.cpu_ns += slot->start_ns - marked;
	/* It may not have had the CPU; counters counted the spinning. */
	if (slot->start_ns > start + LATE_NS || slot->setup->counters)
		begin_now(slot);
}

static void work_until_end(struct slot *slot)
{
	usage_read(&slot->probe, &slot->before);
	if (slot->setup->spin)
		begin_together(slot);
	else
		begin_now(slot);
	slot->cpu_first = sched_getcpu();
	slot->setup->sharing->work(slot);
	slot->end_ns = clock_now();
}

/* The slot keeps the part back where it is to travel another way. */
static void hand_over(struct slot *slot)
{
	const struct ipc *ipc = slot->setup->ipc;
	struct u128 part = slot->sum;

	if (!ipc || !ipc->give) {
		run_worker_done(slot);
		return;
	}
	slot->sum = (struct u128){0, 0};
	run_worker_done(slot);
	ipc->give(slot, part);
}

void worker_work(struct slot *slot)
{
	struct usage after;

	work_until_end(slot);
	usage_mark(&slot->probe, &after);
	usage_read(&slot->probe, &after);
	slot->cpu_last = sched_getcpu();
	after.migrations = usage_migrations(&slot->probe);
	slot->used = usage_difference(&slot->before, &after);
	check_pin(slot);
	worker_leave(slot);
	hand_over(slot);
}

void worker_body(struct slot *slot)
{
	if (!worker_prepare(slot))
		return;
	if (gate_arrive(slot))
		worker_work(slot);
	else
		worker_leave(slot);
}
