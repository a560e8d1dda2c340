/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/outcome.h"

#include <string.h>
#include <sys/resource.h>

#include "run/sharing.h"

static int64_t cpu_number(int cpu)
{
	return cpu == NONE ? RECORD_NA : cpu;
}

bool outcome_sum_is_right(const struct run *run)
{
	const struct run_setup *setup = run->setup;
	uint64_t count = setup->last - setup->first + 1;

	return u128_equal(run->sum, u128_sum_range(setup->first, count));
}

static bool is_finished(const struct slot *slot)
{
	return atomic_load(&slot->state) == WORKER_DONE && !slot->fault &&
	       slot->complete;
}

/* Of a worker that did not finish: what ended the run. */
static const enum status status_of_ending[] = {
	[RUN_COMPLETE] = STATUS_OK,
	[RUN_REFUSED] = STATUS_DIED, /* no row: the experiment ends */
	[RUN_PIN_REFUSED] = STATUS_LOST_PIN,
	[RUN_DIED] = STATUS_DIED,
	[RUN_TIMEOUT] = STATUS_TIMEOUT,
	[RUN_STOPPED] = STATUS_TIMEOUT, /* no row either */
};

enum status outcome_worker_status(const struct run *run, size_t worker)
{
	const struct slot *slot = &run->area->slots[worker];

	if (!is_finished(slot))
		return status_of_ending[run->ending];
	if (run->setup->sharing->own_parts &&
	    !u128_equal(slot->sum, u128_sum_range(slot->first, slot->count)))
		return STATUS_WRONG_SUM;
	return slot->pin_lost ? STATUS_LOST_PIN : STATUS_OK;
}

static int64_t off_time(int64_t wall, const struct usage *used)
{
	int64_t off;

	if (used->cpu_ns == RECORD_NA || used->wait_ns == RECORD_NA)
		return RECORD_NA;
	/* The clocks are read one after the other. */
	off = wall - used->cpu_ns - used->wait_ns;
	return off < 0 ? 0 : off;
}

static void fill_unknown(struct worker_record *record)
{
	*record = (struct worker_record){
		.cpu_first = RECORD_NA,
		.cpu_last = RECORD_NA,
		.cpu_stray = RECORD_NA,
		.compute_ns = RECORD_NA,
		.cpu_ns = RECORD_NA,
		.wait_ns = RECORD_NA,
		.off_ns = RECORD_NA,
		.migrations = RECORD_NA,
		.switches_voluntary = RECORD_NA,
		.switches_involuntary = RECORD_NA,
		.cycles = RECORD_NA,
		.instructions = RECORD_NA,
		.pid = RECORD_NA,
		.tid = RECORD_NA,
		.first = RECORD_NA,
		.last = RECORD_NA,
		.start_ns = RECORD_NA,
		.end_ns = RECORD_NA,
	};
}

static void fill_figures(const struct run *run, const struct slot *slot,
			 struct worker_record *record)
{
	const struct usage *used = &slot->used;

	record->cpu_first = cpu_number(slot->cpu_first);
	record->cpu_last = cpu_number(slot->cpu_last);
	record->cpu_stray = cpu_number(slot->cpu_stray);
	record->compute_ns = slot->end_ns - slot->start_ns;
	record->cpu_ns = used->cpu_ns;
	record->wait_ns = used->wait_ns;
	record->off_ns = off_time(record->compute_ns, used);
	record->migrations = used->migrations;
	record->switches_voluntary = used->voluntary;
	record->switches_involuntary = used->involuntary;
	record->cycles = used->counters.cycles;
	record->instructions = used->counters.instructions;
	record->start_ns = slot->start_ns - run->opened_ns;
	record->end_ns = slot->end_ns - run->opened_ns;
	record->sum = (struct maybe_sum){slot->sum,
					 run->setup->sharing->own_parts};
}

void outcome_worker(const struct run *run, size_t worker,
		    struct worker_record *record)
{
	const struct slot *slot = &run->area->slots[worker];

	fill_unknown(record);
	record->worker = (int64_t)worker;
	record->status = status_name(outcome_worker_status(run, worker));
	if (slot->pid) {
		record->pid = slot->pid;
		record->tid = slot->tid;
	}
	if (slot->count) {
		record->first = (int64_t)slot->first;
		record->last = (int64_t)(slot->first + slot->count - 1);
	}
	if (is_finished(slot))
		fill_figures(run, slot, record);
}

/* Unknown as soon as one of the terms is. */
static void add(int64_t *sum, int64_t value)
{
	*sum = *sum == RECORD_NA || value == RECORD_NA ? RECORD_NA
						       : *sum + value;
}

static void add_workers(const struct run *run, struct run_record *record)
{
	int64_t first = INT64_MAX, last = INT64_MIN, longest = 0, total = 0;

	for (size_t i = 0; i < run->setup->workers; i++) {
		struct worker_record w;

		outcome_worker(run, i, &w);
		add(&record->cpu_ns, w.cpu_ns);
		add(&record->wait_ns, w.wait_ns);
		add(&record->off_ns, w.off_ns);
		add(&record->migrations, w.migrations);
		add(&record->switches_voluntary, w.switches_voluntary);
		add(&record->switches_involuntary, w.switches_involuntary);
		add(&record->cycles, w.cycles);
		add(&record->instructions, w.instructions);
		first = w.start_ns < first ? w.start_ns : first;
		last = w.start_ns > last ? w.start_ns : last;
		longest = w.compute_ns > longest ? w.compute_ns : longest;
		total += w.compute_ns;
	}
	record->skew_ns = last - first;
	record->imbalance = (double)longest * (double)run->setup->workers /
			    (double)total;
}

static void fill_times(const struct run *run, struct run_record *record)
{
	record->wall_ns = run->ended_ns - run->created_ns;
	record->spawn_ns = run->opened_ns - run->created_ns;
	record->compute_ns = run->done_ns - run->opened_ns;
	record->collect_ns = run->ended_ns - run->done_ns;
	record->sum = (struct maybe_sum){run->sum, true};
}

/* Of the largest worker process, or of this one so far. */
static int64_t peak_memory(const struct run *run)
{
	struct rusage usage;

	if (run->maxrss_kib != RECORD_NA)
		return run->maxrss_kib;
	return getrusage(RUSAGE_SELF, &usage) ? RECORD_NA : usage.ru_maxrss;
}

static void forget_workers(struct run_record *record)
{
	record->cpu_ns = record->wait_ns = record->off_ns = RECORD_NA;
	record->migrations = RECORD_NA;
	record->switches_voluntary = RECORD_NA;
	record->switches_involuntary = RECORD_NA;
	record->cycles = record->instructions = RECORD_NA;
}

enum status outcome_run(const struct run *run, struct run_record *record)
{
	const struct run_setup *setup = run->setup;
	enum status status = status_of_ending[run->ending];

	*record = (struct run_record){
		.wall_ns = RECORD_NA,
		.spawn_ns = RECORD_NA,
		.compute_ns = RECORD_NA,
		.collect_ns = RECORD_NA,
		.skew_ns = RECORD_NA,
		.throttled_ns = run->metered.throttled_ns,
		.steal_ns = run->metered.steal_ns,
		.maxrss_kib = peak_memory(run),
		.energy_uj = run->metered.energy_uj,
		.imbalance = NAN,
	};
	if (run->ending == RUN_COMPLETE) {
		add_workers(run, record);
		fill_times(run, record);
		if (!outcome_sum_is_right(run))
			status = STATUS_WRONG_SUM;
	} else {
		forget_workers(record);
	}
	for (size_t i = 0; i < setup->workers; i++)
		status = status_worst(status, outcome_worker_status(run, i));
	record->status = status_name(status);
	return status;
}
