/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/rounds.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/message.h"
#include "base/shuffle.h"
#include "base/signals.h"
#include "experiment/outcome.h"
#include "experiment/progress.h"
#include "experiment/summary.h"
#include "plan/seat.h"

struct rounds {
	struct experiment *experiment;
	struct reports *reports;
	struct seat_text text;
	struct progress progress;
	struct meter meter;
	uint64_t random; /* state, for --order=shuffle */
	size_t number;	 /* of the round; 0 in warm-up */
};

/* Configurations that are run in rounds together. */
struct block {
	size_t *order; /* their indexes */
	size_t count;
	int64_t deadline_ns; /* of --max-time */
};

static int worker_rows(struct rounds *rounds, const struct config *config,
		       const struct run *run, const struct run_record *record)
{
	const struct experiment *e = rounds->experiment;
	int error = 0;

	if (!reports_want(rounds->reports, REPORT_WORKERS))
		return 0;
	for (size_t i = 0; i < config->setup.workers && !error; i++) {
		struct worker_record worker;
		struct seat_record seat;
		struct row row = {{[RECORD_CONFIG] = &config->record,
				   [RECORD_ORIGIN] = &e->ranks->origin,
				   [RECORD_RUN] = record,
				   [RECORD_WORKER] = &worker,
				   [RECORD_SEAT] = &seat}};

		outcome_worker(run, i, &worker);
		error = seat_describe(config->setup.machine, &config->plan, i,
				      &rounds->text, &seat);
		if (!error)
			reports_row(rounds->reports, REPORT_WORKERS, &row);
	}
	return error;
}

static int keep_result(struct config *config, const struct run_record *record,
		       enum status status)
{
	struct result result = {
		.status = status,
		.wall_ns = record->wall_ns,
		.spawn_ns = record->spawn_ns,
		.compute_ns = record->compute_ns,
		.collect_ns = record->collect_ns,
		.skew_ns = record->skew_ns,
		.cpu_ns = record->cpu_ns,
		.wait_ns = record->wait_ns,
		.off_ns = record->off_ns,
		.migrations = record->migrations,
		.throttled_ns = record->throttled_ns,
		.steal_ns = record->steal_ns,
		.cycles = record->cycles,
		.imbalance = record->imbalance,
		.sum = record->sum,
	};

	return list_append(&config->results, &config->result_count, &result,
			   sizeof result);
}

static int rows(struct rounds *rounds, struct config *config,
		const struct run *run, struct run_record *record,
		enum status status)
{
	const struct experiment *e = rounds->experiment;
	struct row row = {{[RECORD_CONFIG] = &config->record,
			   [RECORD_ORIGIN] = experiment_origin(e, config),
			   [RECORD_RUN] = record}};
	int error = keep_result(config, record, status);

	if (error)
		return error;
	if (ranks_lead(e->ranks) &&
	    reports_want(rounds->reports, REPORT_RUNS)) {
		clock_utc(&run->start, record->start);
		reports_row(rounds->reports, REPORT_RUNS, &row);
	}
	return worker_rows(rounds, config, run, record);
}

static enum rounds_end refused(int error)
{
	message_error("cannot run: %s", strerror(-error));
	return ROUNDS_REFUSED;
}

/* What a run that came to an ending means for the experiment. */
static enum rounds_end conclude(struct rounds *rounds, struct config *config,
				const struct run *run)
{
	struct run_record record;
	enum status status;
	int error = 0;

	outcome_explain(config, run, rounds->number);
	if (run->ending == RUN_STOPPED)
		return ROUNDS_STOPPED;
	if (run->ending == RUN_REFUSED)
		return ROUNDS_REFUSED;
	status = outcome_run(run, &record);
	if (run->setup->ranks)
		status = outcome_of_ranks(run, status, &record);
	config->worst = status_worst(config->worst, status);
	record.run = (int64_t)rounds->number;
	if (rounds->number)
		error = rows(rounds, config, run, &record, status);
	if (error)
		return refused(error);
	return run->alive ? ROUNDS_LOST : ROUNDS_COMPLETE;
}

/* Rows go out, and what ends the rounds in one rank ends them in all: also in
 * those that had no part in the run. */
static enum rounds_end settle(struct rounds *rounds, struct config *config,
			      enum rounds_end end)
{
	struct ranks *ranks = rounds->experiment->ranks;
	struct tally tally;

	reports_gather(rounds->reports, REPORT_WORKERS, ranks);
	if (ranks_lead(ranks))
		reports_flush(rounds->reports);
	if (rounds->reports->error)
		end = ROUNDS_UNWRITTEN;
	tally = (struct tally){.most = {(int64_t)end, (int64_t)config->worst}};
	ranks_combine(ranks, &tally);
	config->worst = (enum status)tally.most[1];
	return (enum rounds_end)tally.most[0];
}

/* Only `runs` and the sentences, which the table for people has too, tell what
 * the meter reads; it takes a while to open. */
static bool is_metered(const struct rounds *rounds)
{
	return reports_want(rounds->reports, REPORT_RUNS) ||
	       rounds->reports->count == 0 ||
	       rounds->experiment->options->explain;
}

static void execute(struct rounds *rounds, const struct config *config,
		    struct run *run)
{
	const struct machine *machine = config->setup.machine;

	if (is_metered(rounds))
		meter_before(&rounds->meter, machine);
	run_execute(&config->setup, run);
	run->metered = (struct meter_reading){RECORD_NA, RECORD_NA, RECORD_NA};
	if (is_metered(rounds))
		meter_after(&rounds->meter, machine, &config->plan,
			    run->ended_ns - run->created_ns, &run->metered);
}

static enum rounds_end run_once(struct rounds *rounds, struct config *config)
{
	struct run run;
	enum rounds_end end;
	int error;

	progress_run(&rounds->progress, config, rounds->number);
	execute(rounds, config, &run);
	end = conclude(rounds, config, &run);
	error = run_release(&run);
	if (!error)
		return end;
	message_error("cannot undo pin or policy of the calling thread: %s",
		      strerror(-error));
	return ROUNDS_REFUSED;
}

/* From now on other ranks may take as long as a run. */
static void allow(const struct experiment *e, const struct config *config)
{
	e->ranks->deadline_ns =
		clock_now() + e->options->timeout_ns + RANKS_PATIENCE_NS +
		(int64_t)config->setup.workers * RANKS_PER_WORKER_NS;
}

/* All have begun when they know that none was told to stop. */
static enum rounds_end run_config(struct rounds *rounds, struct config *config)
{
	const struct experiment *e = rounds->experiment;
	enum rounds_end end = ROUNDS_COMPLETE;

	allow(e, config);
	if (ranks_most(e->ranks, signals_stop()))
		return ROUNDS_STOPPED;
	allow(e, config);
	if (experiment_takes_part(e, config))
		end = run_once(rounds, config);
	allow(e, config);
	return settle(rounds, config, end);
}

static void reverse(size_t *order, size_t count)
{
	for (size_t i = 0; i < count / 2; i++) {
		size_t other = order[count - 1 - i];

		order[count - 1 - i] = order[i];
		order[i] = other;
	}
}

/* Every other round of --order=interleave goes backwards: a configuration that
 * always ran after the same one would have the blame for what that leaves. */
static enum rounds_end run_round(struct rounds *rounds, struct block *block)
{
	struct experiment *e = rounds->experiment;
	enum rounds_end end = ROUNDS_COMPLETE;

	if (e->options->order == ORDER_SHUFFLE)
		shuffle(&rounds->random, block->order, block->count);
	else if (rounds->number > 1)
		reverse(block->order, block->count);
	for (size_t i = 0; i < block->count && !end; i++)
		end = run_config(rounds, &e->configs[block->order[i]]);
	return end;
}

/* The configuration that is furthest from --precision, and how far. */
static double loosest(const struct experiment *e, const struct block *block,
		      size_t rounds, size_t *config)
{
	double worst = 0;

	for (size_t i = 0; i < block->count; i++) {
		const struct config *c = &e->configs[block->order[i]];
		double tightness = summary_tightness(c, rounds);

		if (isnan(tightness))
			tightness = INFINITY;
		if (i && tightness <= worst)
			continue;
		worst = tightness;
		*config = block->order[i] + 1;
	}
	return worst;
}

static void say_precise(size_t rounds, double precision)
{
	message_note("stopped by --precision after %zu rounds: the interval "
		     "of every median is within %.4g %%",
		     rounds, 100 * precision);
}

static void say_late(size_t rounds, size_t config, double tightness)
{
	const char *plural = rounds == 1 ? "" : "s";

	if (isinf(tightness))
		message_note("stopped by --max-time after %zu round%s", rounds,
			     plural);
	else
		message_note("stopped by --max-time after %zu round%s: the "
			     "interval of the median of configuration %zu is "
			     "within %.2g %%",
			     rounds, plural, config, 100 * tightness);
}

/* The stopping rule, after `rounds` rounds of the block; says which part of it
 * ended them. */
static bool decide(const struct rounds *rounds, const struct block *block,
		   size_t done)
{
	const struct options *options = rounds->experiment->options;
	double tightness = INFINITY;
	size_t config = 0;

	if (done >= options->runs && options->precision == 0)
		return true;
	if (options->precision > 0)
		tightness = loosest(rounds->experiment, block, done, &config);
	if (done >= options->runs && tightness <= options->precision) {
		say_precise(done, options->precision);
		return true;
	}
	if (!options->max_time_ns || clock_now() < block->deadline_ns)
		return false;
	say_late(done, config, tightness);
	return true;
}

/* Rank 0's clock and figures decide. */
static bool is_enough(const struct rounds *rounds, const struct block *block,
		      size_t done)
{
	struct ranks *ranks = rounds->experiment->ranks;

	return ranks_most(ranks,
			  ranks_lead(ranks) && decide(rounds, block, done));
}

static enum rounds_end run_block(struct rounds *rounds, struct block *block)
{
	const struct options *options = rounds->experiment->options;
	enum rounds_end end = ROUNDS_COMPLETE;

	rounds->number = 0;
	for (uint64_t i = 0; i < options->warmup && !end; i++)
		end = run_round(rounds, block);
	while (!end) {
		rounds->number++;
		end = run_round(rounds, block);
		if (!end && is_enough(rounds, block, rounds->number))
			break;
	}
	return end;
}

/* All configurations round after round; or, one after the other, each on its
 * own with its share of --max-time. */
static enum rounds_end run_blocks(struct rounds *rounds, size_t *order)
{
	struct experiment *e = rounds->experiment;
	bool apart = e->options->order == ORDER_SEQUENTIAL;
	size_t blocks = apart ? e->count : 1;
	int64_t share = e->options->max_time_ns / (int64_t)blocks;
	enum rounds_end end = ROUNDS_COMPLETE;

	for (size_t i = 0; i < blocks && !end; i++) {
		struct block block = {.order = order + i,
				      .count = apart ? 1 : e->count,
				      .deadline_ns = clock_now() + share};

		end = run_block(rounds, &block);
	}
	return end;
}

static void count_rounds(struct experiment *e)
{
	e->rounds = e->count ? e->configs[0].result_count : 0;
	for (size_t i = 0; i < e->count; i++)
		if (e->configs[i].result_count < e->rounds)
			e->rounds = e->configs[i].result_count;
}

static int open_meter(struct rounds *rounds)
{
	return is_metered(rounds) ? meter_open(&rounds->meter,
					       rounds->experiment->machine, "")
				  : 0;
}

enum rounds_end rounds_run(struct experiment *e, struct reports *reports)
{
	const struct options *options = e->options;
	struct rounds rounds = {.experiment = e,
				.reports = reports,
				.random = options->order_seed,
				.text = {.inherited = e->inherited_text}};
	size_t *order = calloc(e->count, sizeof *order);
	int error = order ? open_meter(&rounds) : -ENOMEM;
	enum rounds_end end;

	if (ranks_agree(e->ranks, error) || !order) {
		free(order);
		return refused(-ENOMEM);
	}
	for (size_t i = 0; i < e->count; i++)
		order[i] = i;
	if (options->order == ORDER_SHUFFLE)
		message_note("rounds are shuffled with seed %llu",
			     (unsigned long long)options->order_seed);
	progress_begin(&rounds.progress, options,
		       e->count * (size_t)(options->warmup + options->runs));
	end = run_blocks(&rounds, order);
	progress_end(&rounds.progress);
	e->ranks->deadline_ns = INT64_MAX;
	count_rounds(e);
	if (is_metered(&rounds))
		meter_close(&rounds.meter);
	seat_text_free(&rounds.text);
	free(order);
	return end;
}
