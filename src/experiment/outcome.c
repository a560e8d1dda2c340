/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/outcome.h"

#include <string.h>
#include <sys/resource.h>

#include "ranks/ranks.h"
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
	int64_t first = INT64_MAX, last = INT64_MIN;

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
		record->work_ns += w.compute_ns;
		if (w.compute_ns > record->longest_ns)
			record->longest_ns = w.compute_ns;
	}
	record->skew_ns = last - first;
}

/* The slowest over the mean. */
static double imbalance(const struct run_record *record, double workers)
{
	return (double)record->longest_ns * workers / (double)record->work_ns;
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

/* What is of a host, and not of a rank, counts once. */
static int64_t once(const struct ranks *ranks, int64_t value)
{
	return ranks->leads_host ? value : 0;
}

/* Fields of all ranks' records that are added up. */
static void totals(struct run_record *record, int64_t *fields[TALLY_TOTAL])
{
	int64_t *const all[TALLY_TOTAL] = {
		&record->cpu_ns,
		&record->wait_ns,
		&record->off_ns,
		&record->migrations,
		&record->switches_voluntary,
		&record->switches_involuntary,
		&record->cycles,
		&record->instructions,
		&record->steal_ns,
		&record->throttled_ns,
		&record->energy_uj,
		&record->work_ns,
	};

	memcpy(fields, all, sizeof all);
}

enum status outcome_of_ranks(const struct run *run, enum status status,
			     struct run_record *record)
{
	struct ranks *ranks = run->setup->ranks;
	int64_t *fields[TALLY_TOTAL];
	struct tally tally = {.most = {(int64_t)status, record->maxrss_kib,
				       record->skew_ns, record->longest_ns}};

	record->throttled_ns = once(ranks, record->throttled_ns);
	record->energy_uj = once(ranks, record->energy_uj);
	totals(record, fields);
	for (size_t i = 0; i < TALLY_TOTAL; i++)
		tally.total[i] = *fields[i];
	ranks_combine(ranks, &tally);
	for (size_t i = 0; i < TALLY_TOTAL; i++)
		*fields[i] = tally.total[i];
	record->maxrss_kib = tally.most[1];
	record->skew_ns = tally.most[2];
	record->longest_ns = tally.most[3];
	if (run->ending == RUN_COMPLETE)
		record->imbalance = imbalance(
			record,
			(double)(run->setup->workers * ranks->count));
	status = (enum status)tally.most[0];
	record->status = status_name(status);
	return status;
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
		record->imbalance = imbalance(record, (double)setup->workers);
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
