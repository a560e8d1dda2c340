/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "rounds.h"

#include <errno.h>
#include <string.h>

#include "list.h"
#include "message.h"
#include "outcome.h"
#include "seat.h"
#include "signals.h"

struct rounds {
	struct experiment *experiment;
	struct reports *reports;
	struct seat_text text;
	size_t number; /* of the round; 0 in warm-up */
};

static int worker_rows(struct rounds *rounds, const struct config *config,
		       const struct run *run, const struct run_record *record)
{
	int error = 0;

	if (!reports_want(rounds->reports, REPORT_WORKERS))
		return 0;
	for (size_t i = 0; i < config->setup.workers && !error; i++) {
		struct worker_record worker;
		struct seat_record seat;
		struct row row = {{[RECORD_CONFIG] = &config->record,
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
		.sum = record->sum,
	};

	return list_append(&config->results, &config->result_count, &result,
			   sizeof result);
}

static int rows(struct rounds *rounds, struct config *config,
		const struct run *run, struct run_record *record,
		enum status status)
{
	struct row row = {
		{[RECORD_CONFIG] = &config->record, [RECORD_RUN] = record}};
	int error = keep_result(config, record, status);

	if (error)
		return error;
	reports_row(rounds->reports, REPORT_RUNS, &row);
	error = worker_rows(rounds, config, run, record);
	return error ? error : reports_flush(rounds->reports);
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
	config->worst = status_worst(config->worst, status);
	record.run = (int64_t)rounds->number;
	if (rounds->number)
		error = rows(rounds, config, run, &record, status);
	if (rounds->reports->error)
		return ROUNDS_UNWRITTEN;
	if (error)
		return refused(error);
	return run->alive ? ROUNDS_LOST : ROUNDS_COMPLETE;
}

static enum rounds_end run_config(struct rounds *rounds, struct config *config)
{
	struct run run;
	enum rounds_end end;
	int error;

	if (signals_stop())
		return ROUNDS_STOPPED;
	run_execute(&config->setup, &run);
	end = conclude(rounds, config, &run);
	error = run_release(&run);
	if (!error)
		return end;
	message_error("cannot undo the pin of the calling thread: %s",
		      strerror(-error));
	return ROUNDS_REFUSED;
}

static enum rounds_end run_round(struct rounds *rounds)
{
	struct experiment *e = rounds->experiment;
	enum rounds_end end = ROUNDS_COMPLETE;

	for (size_t i = 0; i < e->count && end == ROUNDS_COMPLETE; i++)
		end = run_config(rounds, &e->configs[i]);
	return end;
}

enum rounds_end rounds_run(struct experiment *e, struct reports *reports)
{
	struct rounds rounds = {.experiment = e,
				.reports = reports,
				.text = {.inherited = e->inherited_text}};
	enum rounds_end end = ROUNDS_COMPLETE;

	for (uint64_t i = 0; i < e->options->warmup && !end; i++)
		end = run_round(&rounds);
	while (!end && e->rounds < e->options->runs) {
		rounds.number = e->rounds + 1;
		end = run_round(&rounds);
		e->rounds += !end;
	}
	seat_text_free(&rounds.text);
	return end;
}
