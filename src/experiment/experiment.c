/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/experiment.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "experiment/baseline.h"
#include "experiment/configs.h"
#include "experiment/membind.h"
#include "experiment/sweep.h"

/* A worker may sit on any of its CPUs: none of them is another's. */
static bool take_seat(const struct plan *plan, const struct seat *seat,
		      bool *taken)
{
	for (size_t k = 0; k < seat->count; k++) {
		bool *pu = &taken[plan->pus[seat->first + k]];

		if (*pu)
			return false;
		*pu = true;
	}
	return true;
}

/* Whether all workers are sure to have a CPU each: 1 or 0, or -ENOMEM. */
static int has_cpu_for_each(const struct experiment *e,
			    const struct config *config)
{
	const struct plan *plan = &config->plan;
	bool *taken, each = true;

	if (!plan_policy_pins(&config->bind))
		return plan->workers <= topology_usable_pus(e->machine);
	taken = calloc(e->machine->pu_count, sizeof *taken);
	if (!taken)
		return -ENOMEM;
	for (size_t i = 0; i < plan->workers && each; i++)
		each = take_seat(plan, &plan->seats[i], taken);
	free(taken);
	return each;
}

static int fill_setup(const struct experiment *e, struct config *config)
{
	struct run_setup *setup = &config->setup;
	int each = has_cpu_for_each(e, config);

	setup->machine = e->machine;
	setup->plan = &config->plan;
	setup->inherited = &e->inherited;
	setup->sched = &e->options->sched;
	setup->first = e->options->first;
	setup->last = e->options->last;
	setup->block_ns = e->options->block_ns;
	setup->block_count = e->options->block_count;
	setup->gil_interval_ns = e->options->gil_interval_ns;
	setup->counters = e->options->counters;
	setup->timeout_ns = e->options->timeout_ns;
	/* Nor has another rank that CPU. */
	setup->spin = !setup->executor->alone && each > 0 &&
		      e->ranks->allotment <= ALLOT_SPLIT;
	return each < 0 ? each : 0;
}

static void fill_record(const struct experiment *e, struct config *config,
			size_t number)
{
	const struct run_setup *setup = &config->setup;
	bool pairs = e->options->sweep == SWEEP_PAIRS;

	config->record = (struct config_record){
		.config = (int64_t)number,
		.mode = setup->executor->name,
		.workers = (int64_t)setup->workers,
		.places = config->places_text ? config->places_text
					      : e->places.text,
		.bind = plan_policy_text(&config->bind, config->bind_text),
		.kernel = setup->kernel ? setup->kernel->name : NULL,
		.sharing = setup->sharing->name,
		.first = (int64_t)setup->first,
		.last = (int64_t)setup->last,
		.ipc = setup->ipc ? setup->ipc->name : NULL,
		.block_ns = setup->block_count ? setup->block_ns : RECORD_NA,
		.membind =
			config->membind_text[0] ? config->membind_text : NULL,
		.sched = setup->sched->set ? setup->sched->text : "inherited",
		.nearest = pairs ? sweep_nearest(e->machine, config) : NULL,
		.ranks = e->ranks->calls ? (int64_t)experiment_ranks(config)
					 : RECORD_NA,
	};
}

static int plan(const struct experiment *e, struct config *config)
{
	if (config->team.workers)
		return sweep_plan(e, config);
	return plan_build(e->machine, &e->places, &config->bind,
			  e->options->whole_place, config->setup.workers,
			  &config->plan);
}

static int plan_all(struct experiment *e)
{
	int error = 0;

	for (size_t i = 0; i < e->count && !error; i++) {
		struct config *config = &e->configs[i];

		error = plan(e, config);
		if (!error)
			error = fill_setup(e, config);
		if (!error)
			error = membind_choose(e, config);
		if (error)
			break;
		fill_record(e, config, i + 1);
	}
	return error;
}

static int resolve_places(struct experiment *e)
{
	const struct options *options = e->options;
	char text[PLACES_ERROR_MAX];
	int error;

	if (options->cpu_list)
		error = places_from_cpus(options->cpu_list, e->machine,
					 &options->filter, &e->places, text);
	else
		error = places_parse(
			options->places ? options->places : "cores", e->machine,
			&options->filter, &e->places, text);
	if (error == -EINVAL)
		message_error("%s", text);
	return error;
}

static int read_mask(struct experiment *e)
{
	e->inherited_text = topology_usable_text(e->machine);
	return e->inherited_text ? bind_get(0, &e->inherited) : -ENOMEM;
}

static const char *default_baseline(const struct ranks *ranks)
{
	return ranks->count > 1 ? "mode=single,ranks=1" : "mode=single";
}

int experiment_build(const struct options *options,
		     const struct machine *machine, struct ranks *ranks,
		     struct experiment *e)
{
	int error;

	*e = (struct experiment){
		.options = options, .machine = machine, .ranks = ranks};
	error = read_mask(e);
	if (!error)
		error = resolve_places(e);
	if (!error && options->sweep)
		error = sweep_begin(e);
	if (!error)
		error = configs_build(e);
	if (!error)
		error = plan_all(e);
	if (!error)
		error = baseline_find(e,
				      options->baseline
					      ? options->baseline
					      : default_baseline(ranks),
				      options->baseline != NULL);
	if (error && error != -EINVAL)
		message_error("cannot plan the experiment: %s",
			      strerror(-error));
	return error;
}

size_t experiment_ranks(const struct config *config)
{
	return config->setup.ranks ? config->setup.ranks->count : 1;
}

const struct origin_record *experiment_origin(const struct experiment *e,
					      const struct config *config)
{
	static const struct origin_record all = {.rank = RECORD_NA};

	return config->setup.ranks ? &all : &e->ranks->origin;
}

bool experiment_takes_part(const struct experiment *e,
			   const struct config *config)
{
	return config->setup.ranks || ranks_lead(e->ranks);
}

void experiment_free(struct experiment *e)
{
	for (size_t i = 0; i < e->count; i++) {
		plan_free(&e->configs[i].plan);
		free(e->configs[i].places_text);
		free(e->configs[i].results);
	}
	free(e->configs);
	free(e->place_names);
	places_free(&e->places);
	cpuset_free(&e->inherited);
	free(e->inherited_text);
}
