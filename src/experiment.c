/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "baseline.h"
#include "kernels/kernel.h"
#include "list.h"
#include "membind.h"
#include "message.h"

/* Resolved values of the lists whose values depend on machine and range. */
struct values {
	const struct kernel **kernels;
	size_t kernel_count;
	size_t *workers;
	size_t workers_count;
};

static int add_kernel(struct values *values, const struct kernel *kernel)
{
	for (size_t i = 0; i < values->kernel_count; i++)
		if (values->kernels[i] == kernel)
			return 0;
	return list_append(&values->kernels, &values->kernel_count, &kernel,
			   sizeof kernel);
}

static int add_named(struct values *values, const char *name, uint64_t last)
{
	const struct kernel *kernel = kernel_find(name);

	if (!kernel->supported()) {
		message_error("--kernel: this CPU does not run '%s'; "
			      "--list-kernels shows what it runs",
			      name);
		return -EINVAL;
	}
	if (!kernel_applies(kernel, last)) {
		message_error("--kernel: '%s' does not apply to a range that "
			      "ends at %llu, only up to %llu",
			      name, (unsigned long long)last,
			      (unsigned long long)kernel->last_max);
		return -EINVAL;
	}
	return add_kernel(values, kernel);
}

static int add_all(struct values *values, uint64_t last)
{
	size_t count;
	const struct kernel *table = kernel_table(&count);
	int error = 0;

	for (size_t i = 0; i < count && !error; i++)
		if (kernel_applies(&table[i], last))
			error = add_kernel(values, &table[i]);
	return error;
}

static int resolve_kernels(const struct options *options, struct values *values)
{
	int error = 0;

	for (size_t i = 0; i < options->kernel_count && !error; i++) {
		const char *name = options->kernels[i];

		if (!strcmp(name, "auto"))
			error = add_kernel(
				values,
				kernel_fastest(options->first, options->last));
		else if (!strcmp(name, "all"))
			error = add_all(values, options->last);
		else
			error = add_named(values, name, options->last);
	}
	return error;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t wanted_workers(const struct experiment *e,
			     const struct workers_request *request)
{
	const struct places *places = &e->places;

	switch (request->what) {
	case WORKERS_CORES:
		return least(places->cores, places->count);
	case WORKERS_PUS:
		return least(places->distinct_pus, places->count);
	case WORKERS_NUMBER:
		break;
	}
	return (size_t)request->number;
}

static int check_fit(const struct experiment *e, size_t workers)
{
	char *usable;

	if (workers <= e->places.count || e->options->oversubscribe)
		return 0;
	usable = topology_usable_text(e->machine);
	message_error("%zu workers do not fit on %zu place%s (%s; usable CPUs: "
		      "%s); --oversubscribe lets them share",
		      workers, e->places.count, e->places.count == 1 ? "" : "s",
		      e->places.text, usable ? usable : "unknown");
	free(usable);
	return -EINVAL;
}

static bool uses_workers(const struct options *options)
{
	for (size_t i = 0; i < options->mode_count; i++)
		if (!options->modes[i]->alone)
			return true;
	return false;
}

static int resolve_workers(const struct experiment *e, struct values *values)
{
	const struct options *options = e->options;
	int error = 0;

	for (size_t i = 0; i < options->workers_count && !error; i++) {
		size_t n = wanted_workers(e, &options->workers[i]);

		if (uses_workers(options))
			error = check_fit(e, n);
		if (!error)
			error = list_append(&values->workers,
					    &values->workers_count, &n,
					    sizeof n);
	}
	return error;
}

/* Told apart by what was asked, not by where it lands. */
static bool is_known(const struct experiment *e, const struct config *new)
{
	for (size_t i = 0; i < e->count; i++) {
		const struct config *old = &e->configs[i];

		if (old->setup.executor == new->setup.executor &&
		    old->setup.workers == new->setup.workers &&
		    old->setup.kernel == new->setup.kernel &&
		    old->setup.sharing == new->setup.sharing &&
		    old->setup.ipc == new->setup.ipc &&
		    old->bind.policy == new->bind.policy &&
		    old->bind.seed == new->bind.seed)
			return true;
	}
	return false;
}

static int add_config(struct experiment *e, const struct config *config)
{
	if (is_known(e, config))
		return 0;
	return list_append(&e->configs, &e->count, config, sizeof *config);
}

static int cross_ipcs(struct experiment *e, struct config *config)
{
	const struct options *options = e->options;
	bool any = config->setup.executor->hands_back;
	int error = 0;

	for (size_t i = 0; i < (any ? options->ipc_count : 1) && !error; i++) {
		config->setup.ipc = any ? options->ipcs[i] : NULL;
		error = add_config(e, config);
	}
	return error;
}

static int cross_kernels(struct experiment *e, const struct values *values,
			 struct config *config)
{
	const struct options *options = e->options;
	int error = 0;

	for (size_t k = 0; k < values->kernel_count && !error; k++)
		for (size_t s = 0; s < options->sharing_count && !error; s++) {
			const struct sharing *sharing = options->sharings[s];

			config->setup.kernel =
				sharing->meets ? NULL : values->kernels[k];
			config->setup.sharing = sharing;
			error = cross_ipcs(e, config);
		}
	return error;
}

static int cross_workers(struct experiment *e, const struct values *values,
			 const struct executor *mode)
{
	const struct options *options = e->options;
	struct config config = {.setup = {.executor = mode}};
	int error = 0;

	for (size_t w = 0; w < values->workers_count; w++)
		for (size_t b = 0; b < options->bind_count && !error; b++) {
			config.setup.workers =
				mode->alone ? 1 : values->workers[w];
			config.bind = options->binds[b];
			error = cross_kernels(e, values, &config);
		}
	return error;
}

static int cross(struct experiment *e, const struct values *values)
{
	int error = 0;

	for (size_t m = 0; m < e->options->mode_count && !error; m++)
		error = cross_workers(e, values, e->options->modes[m]);
	return error;
}

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

/* Whether all workers are sure to have a CPU each. */
static bool has_cpu_for_each(const struct experiment *e,
			     const struct config *config)
{
	const struct plan *plan = &config->plan;
	bool *taken, each = true;

	if (!plan_policy_pins(&config->bind))
		return plan->workers <= topology_usable_pus(e->machine);
	taken = calloc(e->machine->pu_count, sizeof *taken);
	if (!taken)
		return false;
	for (size_t i = 0; i < plan->workers && each; i++)
		each = take_seat(plan, &plan->seats[i], taken);
	free(taken);
	return each;
}

static void fill_setup(const struct experiment *e, struct config *config)
{
	struct run_setup *setup = &config->setup;

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
	setup->spin = !setup->executor->alone && has_cpu_for_each(e, config);
}

static void fill_record(const struct experiment *e, struct config *config,
			size_t number)
{
	const struct run_setup *setup = &config->setup;

	config->record = (struct config_record){
		.config = (int64_t)number,
		.mode = setup->executor->name,
		.workers = (int64_t)setup->workers,
		.places = e->places.text,
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
		.host = e->host,
	};
}

static int plan_all(struct experiment *e)
{
	int error = 0;

	for (size_t i = 0; i < e->count && !error; i++) {
		struct config *config = &e->configs[i];

		error = plan_build(e->machine, &e->places, &config->bind,
				   e->options->whole_place,
				   config->setup.workers, &config->plan);
		if (error)
			break;
		fill_setup(e, config);
		error = membind_choose(e, config);
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

static int read_host(struct experiment *e)
{
	if (gethostname(e->host, sizeof e->host))
		strcpy(e->host, "unknown");
	e->host[sizeof e->host - 1] = '\0';
	e->inherited_text = topology_usable_text(e->machine);
	return e->inherited_text ? bind_get(0, &e->inherited) : -ENOMEM;
}

int experiment_build(const struct options *options,
		     const struct machine *machine, struct experiment *e)
{
	struct values values = {0};
	int error;

	*e = (struct experiment){.options = options, .machine = machine};
	error = read_host(e);
	if (!error)
		error = resolve_places(e);
	if (!error)
		error = resolve_kernels(options, &values);
	if (!error)
		error = resolve_workers(e, &values);
	if (!error)
		error = cross(e, &values);
	if (!error)
		error = plan_all(e);
	if (!error)
		error = baseline_find(e,
				      options->baseline ? options->baseline
							: "mode=single",
				      options->baseline != NULL);
	free(values.kernels);
	free(values.workers);
	if (error && error != -EINVAL)
		message_error("cannot plan the experiment: %s",
			      strerror(-error));
	return error;
}

void experiment_free(struct experiment *e)
{
	for (size_t i = 0; i < e->count; i++) {
		plan_free(&e->configs[i].plan);
		free(e->configs[i].results);
	}
	free(e->configs);
	places_free(&e->places);
	cpuset_free(&e->inherited);
	free(e->inherited_text);
}
