/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The experiment: which configurations there are, and what was measured of
 * each.
 */
#ifndef PINSUM_EXPERIMENT_H
#define PINSUM_EXPERIMENT_H

#include <stddef.h>
#include <stdint.h>

#include "options/options.h"
#include "plan/places.h"
#include "plan/plan.h"
#include "ranks/ranks.h"
#include "report/record.h"
#include "run/bind.h"
#include "run/run.h"
#include "topology/topology.h"

/* What the summary and its explanation need of one counted run: fields of
 * struct run_record, or RECORD_NA and NAN. */
struct result {
	enum status status;
	int64_t wall_ns, spawn_ns, compute_ns, collect_ns;
	int64_t skew_ns, cpu_ns, wait_ns, off_ns, migrations;
	int64_t throttled_ns, steal_ns, cycles;
	double imbalance;
	struct maybe_sum sum;
};

#define NO_CONFIG SIZE_MAX

/* The workers of one configuration of a sweep: the first place and the second
 * one, or the only one, or all. */
struct team {
	size_t workers; /* 0: there is no sweep */
	size_t first, second;
};

struct config {
	struct config_record record;
	struct run_setup setup;
	struct bind_request bind;
	char bind_text[PLAN_POLICY_MAX];
	char membind_text[24]; /* "numanode:0", or empty */
	struct team team;
	char *places_text; /* of the team; NULL: as asked */
	struct plan plan;
	size_t baseline; /* the configuration it is compared with, NO_CONFIG
			  * where there is none */
	struct result *results; /* by round */
	size_t result_count;
	enum status worst; /* of all runs, warm-up included */
};

struct experiment {
	const struct options *options;
	const struct machine *machine;
	struct ranks *ranks;
	struct places places;
	struct cpuset inherited;
	char *inherited_text; /* "0-3" */
	char **place_names;   /* of a sweep: "core:3" */
	struct config *configs;
	size_t count;
	size_t rounds; /* complete ones */
};

/* Configurations and plans of this rank from what was asked.  0, or a negative
 * errno with a message written; to be freed in either case. */
int experiment_build(const struct options *options,
		     const struct machine *machine, struct ranks *ranks,
		     struct experiment *experiment);

/* The ranks that run a configuration together: 1, or all. */
size_t experiment_ranks(const struct config *config);

/* Whose the row of a run or of a configuration is. */
const struct origin_record *
experiment_origin(const struct experiment *experiment,
		  const struct config *config);

/* Whether this rank takes part in it. */
bool experiment_takes_part(const struct experiment *experiment,
			   const struct config *config);

/* Whether all ranks have the same configurations.  Collective.  0, or a
 * negative errno with a message written. */
int experiment_compare(const struct experiment *experiment);

void experiment_free(struct experiment *experiment);

#endif
