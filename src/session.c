/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/message.h"
#include "base/signals.h"
#include "environment/environment.h"
#include "experiment/experiment.h"
#include "experiment/preflight.h"
#include "experiment/remarks.h"
#include "experiment/rounds.h"
#include "experiment/summary.h"
#include "explain/explain.h"
#include "plan/seat.h"
#include "ranks/divide.h"
#include "report/picture.h"
#include "report/reports.h"
#include "report/table.h"
#include "topology/topology.h"

static int refuse_memory(int error)
{
	/* -EINVAL: what is wrong with the request has been said. */
	if (error && error != -EINVAL)
		message_error("cannot report: %s", strerror(-error));
	return error;
}

/* A table or a picture in place of rows: nobody reads tab-separated text on a
 * terminal, unless asked for it. */
static bool for_people(const struct options *options)
{
	return options->for_people && isatty(STDOUT_FILENO);
}

/* Once for each host. */
static int write_environment(const struct experiment *e, int argc,
			     char *argv[], struct reports *reports)
{
	struct environment environment;
	int error;

	if (!e->ranks->leads_host || !reports_want(reports, REPORT_ENVIRONMENT))
		return 0;
	error = refuse_memory(
		environment_read(e->machine, argc, argv, &environment));
	if (error)
		return error;
	for (size_t i = 0; i < environment.count; i++) {
		struct environment_record record = {
			environment.entries[i].key,
			environment.entries[i].value};
		struct row row = {{[RECORD_ORIGIN] = &e->ranks->origin,
				   [RECORD_ENVIRONMENT] = &record}};

		reports_row(reports, REPORT_ENVIRONMENT, &row);
	}
	environment_free(&environment);
	return 0;
}

static int write_plan_of(const struct experiment *e,
			 const struct config *config, struct seat_text *text,
			 struct reports *reports)
{
	int error = 0;

	for (size_t i = 0; i < config->setup.workers && !error; i++) {
		struct seat_record seat;
		struct row row = {{[RECORD_CONFIG] = &config->record,
				   [RECORD_ORIGIN] = &e->ranks->origin,
				   [RECORD_SEAT] = &seat}};

		error = refuse_memory(seat_describe(
			config->setup.machine, &config->plan, i, text, &seat));
		if (!error)
			reports_row(reports, REPORT_PLAN, &row);
	}
	return error;
}

static int write_plan(const struct experiment *e, struct reports *reports)
{
	struct seat_text text = {.inherited = e->inherited_text};
	int error = 0;

	if (e->options->dry_run && for_people(e->options))
		return picture_write(e, stdout);
	if (!reports_want(reports, REPORT_PLAN))
		return 0;
	for (size_t i = 0; i < e->count && !error; i++)
		if (experiment_takes_part(e, &e->configs[i]))
			error = write_plan_of(e, &e->configs[i], &text,
					      reports);
	seat_text_free(&text);
	return error;
}

static void note_sentence(void *arg, const char *sentence)
{
	(void)arg;
	message_note("%s", sentence);
}

/* The table for people has the sentences below it. */
static int explain(const struct experiment *e)
{
	if (for_people(e->options))
		return 0;
	return refuse_memory(explain_write(e, note_sentence, NULL));
}

static int write_summary(const struct experiment *e, struct reports *reports)
{
	struct unsteady unsteady = {0};

	if (for_people(e->options) && table_write(e, stdout))
		return -EIO;
	for (size_t i = 0; i < e->count && e->rounds; i++) {
		struct summary_record record;
		struct row row = {
			{[RECORD_CONFIG] = &e->configs[i].record,
			 [RECORD_ORIGIN] = experiment_origin(e, &e->configs[i]),
			 [RECORD_SUMMARY] = &record}};
		int error = refuse_memory(summary_of(e, i, &record));

		if (error)
			return error;
		reports_row(reports, REPORT_SUMMARY, &row);
		unsteady_note(&unsteady, e->configs[i].record.config, &record);
	}
	unsteady_remark(&unsteady);
	if (!e->options->explain)
		return for_people(e->options) ? 0
					      : refuse_memory(remark_places(e));
	return reports_flush(reports) ? -EIO : explain(e);
}

static int exit_status(const struct experiment *e, enum rounds_end end)
{
	enum status worst = STATUS_OK;

	for (size_t i = 0; i < e->count; i++)
		worst = status_worst(worst, e->configs[i].worst);
	if (worst == STATUS_OK && end != ROUNDS_COMPLETE)
		return EXIT_FAILURE;
	return status_exit(worst);
}

static int check_machine(const struct experiment *e)
{
	if (e->machine->is_this_system || e->options->dry_run)
		return 0;
	message_error("the topology is not this machine's (%s): nothing can be "
		      "measured; --dry-run shows the plan",
		      e->machine->why_not);
	return -EINVAL;
}

static int measure(struct experiment *e, struct reports *reports)
{
	int status, unwritten = 0;

	ranks_speak(e->ranks);
	preflight(e, "");
	status = exit_status(e, rounds_run(e, reports));
	if (ranks_lead(e->ranks))
		unwritten = write_summary(e, reports);
	return status == EXIT_SUCCESS && unwritten ? EXIT_FAILURE : status;
}

/* Before the first run: what every rank knows of its host. */
static int write_first(const struct experiment *e, struct reports *reports,
		       int argc, char *argv[])
{
	int error = write_environment(e, argc, argv, reports);

	if (!error)
		error = write_plan(e, reports);
	reports_gather(reports, REPORT_ENVIRONMENT, e->ranks);
	reports_gather(reports, REPORT_PLAN, e->ranks);
	if (!error && ranks_lead(e->ranks))
		error = reports_flush(reports);
	return error ? error : reports->error;
}

static int experiment(struct experiment *e, struct reports *reports, int argc,
		      char *argv[])
{
	int error = check_machine(e);

	/* Before a report is opened: an old one is not to be lost over it. */
	if (!error && ranks_lead(e->ranks))
		error = reports_open(reports);
	if (ranks_agree(e->ranks, error))
		return EXIT_FAILURE;
	error = write_first(e, reports, argc, argv);
	if (ranks_agree(e->ranks, error))
		return EXIT_FAILURE;
	return e->options->dry_run ? EXIT_SUCCESS : measure(e, reports);
}

/* Reports first: they get their names at any orderly end.  Then the end that
 * was asked for, of which the other ranks are told. */
static int end(struct reports *reports, struct ranks *ranks, int status)
{
	int error = reports_close(reports);

	ranks_leave(ranks);
	if (signals_stop())
		return signals_die(signals_stop());
	if (error == -EPIPE) {
		signals_die_of_pipe();
		message_error("cannot write to standard output: %s",
			      strerror(EPIPE));
	}
	return error && status == EXIT_SUCCESS ? EXIT_FAILURE : status;
}

/* The machine, and this rank's part of it. */
static int find_machine(const struct options *options, struct ranks *ranks,
			struct machine **machine)
{
	int error = topology_load(options->input, machine);

	if (options->input)
		ranks_set_host(ranks, options->input);
	error = ranks_agree(ranks, error);
	if (!error)
		error = ranks_divide(ranks, *machine, options->oversubscribe);
	return ranks_agree(ranks, error);
}

static int build(const struct options *options, const struct machine *machine,
		 struct ranks *ranks, struct experiment *e)
{
	int error = experiment_build(options, machine, ranks, e);

	error = ranks_agree(ranks, error);
	return error ? error : experiment_compare(e);
}

int session(const struct options *options, struct ranks *ranks, int argc,
	    char *argv[])
{
	struct machine *machine = NULL;
	struct experiment e = {0};
	struct reports reports = {0};
	int status = EXIT_FAILURE;
	size_t count = for_people(options) ? 0 : options->report_count;

	if (ranks_agree(ranks,
			refuse_memory(reports_new(options->reports, count,
						  ranks->columns,
						  &reports))) == 0 &&
	    find_machine(options, ranks, &machine) == 0 &&
	    build(options, machine, ranks, &e) == 0)
		status = experiment(&e, &reports, argc, argv);
	status = end(&reports, ranks, status);
	experiment_free(&e);
	topology_free(machine);
	return status;
}
