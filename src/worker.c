/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "worker.h"

#include <errno.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "clock.h"
#include "sharing.h"
#include "signals.h"

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

/* The set of the seat; empty where the worker is not pinned. */
static int pinned_set(const struct slot *slot, struct cpuset *set)
{
	int error = cpuset_init(set, slot->setup->machine->os_count);

	for (size_t k = 0; !error && k < seat_of(slot)->count; k++)
		cpuset_add(set, pinned_cpu(slot, k));
	return error;
}

/* Whether the kernel's mask of the caller is `want`. */
static bool mask_is(const struct cpuset *want)
{
	struct cpuset mask = {0};
	bool equal;

	if (bind_get(0, &mask))
		return false;
	equal = cpuset_equal(&mask, want);
	cpuset_free(&mask);
	return equal;
}

static bool pin(struct slot *slot)
{
	struct cpuset set;
	int error;

	if (!seat_of(slot)->count)
		return true;
	error = pinned_set(slot, &set);
	if (error) {
		run_worker_fault(slot, FAULT_MEMORY, error);
		return false;
	}
	error = bind_set(0, &set);
	if (error)
		run_worker_fault(slot, FAULT_PIN_REFUSED, error);
	else if (!mask_is(&set))
		run_worker_fault(slot, FAULT_PIN_IGNORED, error = -EPERM);
	cpuset_free(&set);
	return !error;
}

/* After the end: the mask may have changed, or the worker may have been away
 * and back between two looks.  One CPU cannot be left without a migration. */
static void check_pin(struct slot *slot)
{
	struct cpuset set;

	if (!seat_of(slot)->count)
		return;
	if (slot->cpu_stray != NONE ||
	    (seat_of(slot)->count == 1 && slot->used.migrations > 0))
		slot->pin_lost = true;
	if (pinned_set(slot, &set) == 0) {
		slot->pin_lost |= !mask_is(&set);
		cpuset_free(&set);
	}
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

bool worker_prepare(struct slot *slot)
{
	slot->pid = getpid();
	slot->tid = (pid_t)syscall(SYS_gettid);
	if (!pin(slot))
		return false;
	usage_open(&slot->probe);
	/* Touch code and data, so that no page fault is measured. */
	slot->sum = slot->setup->kernel->sum(slot->first, slot->count ? 1 : 0);
	slot->sum = (struct u128){0, 0};
	usage_read(&slot->probe, &slot->before);
	slot->before.migrations = usage_migrations(&slot->probe);
	return true;
}

static void relax(void)
{
#if defined __x86_64__ || defined __i386__
	__builtin_ia32_pause();
#elif defined __aarch64__
	__asm__ volatile("yield");
#endif
}

static void work_until_end(struct slot *slot)
{
	const struct area *area = slot->area;

	usage_read(&slot->probe, &slot->before);
	while (slot->setup->spin && clock_now() < area->deadline_ns)
		relax();
	slot->before.cpu_ns = clock_thread_cpu();
	slot->start_ns = clock_now();
	slot->cpu_first = sched_getcpu();
	slot->setup->sharing->work(slot);
	slot->end_ns = clock_now();
}

void worker_work(struct slot *slot)
{
	struct usage after;

	work_until_end(slot);
	after.cpu_ns = clock_thread_cpu();
	usage_read(&slot->probe, &after);
	slot->cpu_last = sched_getcpu();
	after.migrations = usage_migrations(&slot->probe);
	slot->used = usage_difference(&slot->before, &after);
	check_pin(slot);
	usage_close(&slot->probe);
	run_worker_done(slot);
}

void worker_body(struct slot *slot)
{
	if (!worker_prepare(slot))
		return;
	if (run_arrive(slot))
		worker_work(slot);
	else
		usage_close(&slot->probe);
}
