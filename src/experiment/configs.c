/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/configs.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/message.h"
#include "experiment/sweep.h"
#include "kernels/kernel.h"

/* Resolved values of the lists whose values depend on machine and range. */
struct values {
	const struct kernel **kernels;
	size_t kernel_count;
	size_t *workers;
	size_t workers_count;
};

/* Those that there are, by what was asked of them: open addressing. */
struct known {
	size_t *bucket; /* number + 1, or 0 */
	size_t buckets; /* a power of two */
};

/* On the way through the cross product. */
struct cross {
	struct experiment *experiment;
	struct values values;
	struct known known;
	struct config config; /* so far */
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
static bool is_same(const struct config *a, const struct config *b)
{
	return a->setup.executor == b->setup.executor &&
	       a->setup.workers == b->setup.workers &&
	       a->setup.kernel == b->setup.kernel &&
	       a->setup.sharing == b->setup.sharing &&
	       a->setup.ipc == b->setup.ipc &&
	       a->setup.ranks == b->setup.ranks &&
	       a->bind.policy == b->bind.policy &&
	       a->bind.seed == b->bind.seed && a->team.first == b->team.first &&
	       a->team.second == b->team.second;
}

/* Multiplies by the golden ratio, as Knuth's multiplicative hashing. */
static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

static uint64_t hash_of(const struct config *config)
{
	const struct run_setup *setup = &config->setup;
	uint64_t hash = mix(0, (uintptr_t)setup->executor);

	hash = mix(hash, setup->workers);
	hash = mix(hash, (uintptr_t)setup->kernel);
	hash = mix(hash, (uintptr_t)setup->sharing);
	hash = mix(hash, (uintptr_t)setup->ipc);
	hash = mix(hash, setup->ranks != NULL);
	hash = mix(hash, (uintptr_t)config->bind.policy);
	hash = mix(hash, config->bind.seed);
	hash = mix(hash, config->team.first);
	return mix(hash, config->team.second);
}

/* The bucket of this configuration, or the free one where it would go. */
static size_t *find(const struct experiment *e, const struct known *known,
		    const struct config *config)
{
	size_t b = (size_t)hash_of(config) & (known->buckets - 1);

	while (known->bucket[b] &&
	       !is_same(&e->configs[known->bucket[b] - 1], config))
		b = (b + 1) & (known->buckets - 1);
	return &known->bucket[b];
}

/* At most half full, so that searches are short. */
static int make_room(const struct experiment *e, struct known *known)
{
	struct known grown = {.buckets =
				      known->buckets ? 2 * known->buckets : 64};

	if (2 * (e->count + 1) <= known->buckets)
		return 0;
	grown.bucket = calloc(grown.buckets, sizeof *grown.bucket);
	if (!grown.bucket)
		return -ENOMEM;
	for (size_t i = 0; i < e->count; i++)
		*find(e, &grown, &e->configs[i]) = i + 1;
	free(known->bucket);
	*known = grown;
	return 0;
}

static int add_config(struct cross *cross)
{
	struct experiment *e = cross->experiment;
	int error = make_room(e, &cross->known);
	size_t *bucket;

	if (error)
		return error;
	bucket = find(e, &cross->known, &cross->config);
	if (*bucket)
		return 0;
	error = list_append(&e->configs, &e->count, &cross->config,
			    sizeof cross->config);
	if (!error)
		*bucket = e->count;
	return error;
}

static int cross_ipcs(struct cross *cross)
{
	const struct options *options = cross->experiment->options;
	struct run_setup *setup = &cross->config.setup;
	size_t count = setup->executor->hands_back ? options->ipc_count : 0;
	int error = 0;

	setup->ipc = NULL;
	if (!count)
		return add_config(cross);
	for (size_t i = 0; i < count && !error; i++) {
		setup->ipc = options->ipcs[i];
		error = add_config(cross);
	}
	return error;
}

static int cross_kernels(struct cross *cross)
{
	const struct options *options = cross->experiment->options;
	const struct values *values = &cross->values;
	struct run_setup *setup = &cross->config.setup;
	int error = 0;

	for (size_t k = 0; k < values->kernel_count; k++)
		for (size_t s = 0; s < options->sharing_count && !error; s++) {
			setup->sharing = options->sharings[s];
			setup->kernel = setup->sharing->meets
						? NULL
						: values->kernels[k];
			error = cross_ipcs(cross);
		}
	return error;
}

static int cross_team(const struct team *team, void *arg)
{
	struct cross *cross = arg;

	cross->config.team = *team;
	cross->config.setup.workers = team->workers;
	cross->config.bind = cross->experiment->options->binds[0];
	return cross_kernels(cross);
}

static int cross_workers(struct cross *cross)
{
	const struct options *options = cross->experiment->options;
	const struct values *values = &cross->values;
	bool alone = cross->config.setup.executor->alone;
	int error = 0;

	if (options->sweep)
		return sweep_teams(cross->experiment, alone, cross_team, cross);
	for (size_t w = 0; w < values->workers_count; w++)
		for (size_t b = 0; b < options->bind_count && !error; b++) {
			cross->config.setup.workers =
				alone ? 1 : values->workers[w];
			cross->config.bind = options->binds[b];
			error = cross_kernels(cross);
		}
	return error;
}

/* One worker of rank 0 alone, which all is compared with, comes before one in
 * each rank. */
static int cross_ranks(struct cross *cross)
{
	struct ranks *ranks = cross->experiment->ranks;
	struct run_setup *setup = &cross->config.setup;
	int error = 0;

	setup->ranks = NULL;
	if (setup->executor->alone || ranks->count == 1)
		error = cross_workers(cross);
	setup->ranks = ranks;
	if (!error && ranks->count > 1)
		error = cross_workers(cross);
	return error;
}

static int cross_modes(struct cross *cross)
{
	const struct options *options = cross->experiment->options;
	int error = 0;

	for (size_t m = 0; m < options->mode_count && !error; m++) {
		cross->config.setup.executor = options->modes[m];
		error = cross_ranks(cross);
	}
	return error;
}

int configs_build(struct experiment *e)
{
	struct cross cross = {.experiment = e};
	int error = resolve_kernels(e->options, &cross.values);

	if (!error && !e->options->sweep)
		error = resolve_workers(e, &cross.values);
	if (!error)
		error = cross_modes(&cross);
	free(cross.values.kernels);
	free(cross.values.workers);
	free(cross.known.bucket);
	return error;
}
