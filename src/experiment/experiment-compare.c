/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether all ranks are about to do the same: other CPUs may have other
 * kernels, and another number of cores.
 */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>

#include "experiment/experiment.h"
#include "run/executor.h"

static const char *name_or_none(const char *name)
{
	return name ? name : "NA";
}

static void write_range(const struct options *o, FILE *text)
{
	fprintf(text,
		"%" PRIu64 " to %" PRIu64 ", %" PRIu64 " runs, %" PRIu64
		" warm-up\n",
		o->first, o->last, o->runs, o->warmup);
}

static void write_config(const struct config_record *r, FILE *text)
{
	fprintf(text,
		"configuration %" PRId64 ": mode %s, %" PRId64
		" workers, places %s, bind %s, kernel %s, sharing %s, ipc "
		"%s, ranks %" PRId64 "\n",
		r->config, r->mode, r->workers, r->places, r->bind,
		name_or_none(r->kernel), r->sharing, name_or_none(r->ipc),
		r->ranks);
}

static void describe(const void *arg, FILE *text)
{
	const struct experiment *e = arg;

	write_range(e->options, text);
	for (size_t i = 0; i < e->count; i++)
		write_config(&e->configs[i].record, text);
}

int experiment_compare(const struct experiment *e)
{
	return ranks_compare(e->ranks, describe, e, "what would run here",
			     "name it, with --workers, --kernel and the like");
}
