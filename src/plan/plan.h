/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The planner: places + policy + workers -> who sits where.
 *
 * Pure, and linear in workers and places.  The same arguments give the same
 * plan on every machine and with every C library.
 *
 * close, spread, primary: as OpenMP 5 deals them.  More workers than places:
 * consecutive workers share a place, and the first (workers mod places) places
 * have one worker more.
 *
 * scatter: a place stands where its first PU is.  First come the first places
 * of every core, then the second ones, and so on.  Within each of these
 * rounds packages take turns in hwloc's order, within a package its NUMA nodes
 * (nearest to the PU), within a node its last-level caches, within a cache its
 * cores; one that has no place left misses its turn.  More workers than
 * places: it begins again.
 *
 * random: a permutation of the P places by Fisher and Yates: for i from 0 to
 * P - 1, place i is exchanged with place i + r, r even below P - i, and is
 * worker i's.  Each further P workers go on from the last permutation with a
 * new one.  r is the remainder of the next number of splitmix64, whose state
 * begins with the seed; numbers below 2^64 mod (P - i) are skipped.
 */
#ifndef PINSUM_PLAN_H
#define PINSUM_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plan/places.h"
#include "topology/topology.h"

/* A row of the policy table; `deal` is private to plan.c. */
struct policy;

/* A policy as asked: "close", "random:7". */
struct bind_request {
	const struct policy *policy;
	uint64_t seed; /* of random */
};

/* One worker's place. */
struct seat {
	size_t place; /* index in places, NONE_PLACE where not pinned */
	size_t first; /* pinned PUs: plan.pus[first .. first + count - 1] */
	size_t count; /* 0: not pinned */
};

#define NONE_PLACE SIZE_MAX

struct plan {
	struct seat *seats; /* of `workers` */
	size_t workers;
	unsigned *pus; /* indexes in machine.pus */
	size_t pu_count;
};

/* Name in the table or alias, with "random:SEED"; -EINVAL where there is no
 * such policy, the seed is no number, or the policy takes none.  `random`
 * without a seed leaves `*seeded` false: the caller draws one. */
int plan_parse_policy(const char *text, struct bind_request *bind,
		      bool *seeded);

/* "close", "random:7", into a buffer of at least PLAN_POLICY_MAX; returns
 * it. */
#define PLAN_POLICY_MAX 40
const char *plan_policy_text(const struct bind_request *bind, char *buffer);

/* The i-th name of the table, or NULL at its end; `summary` may be NULL. */
const char *plan_policy_name(size_t i, const char **summary);

/* Whether workers are pinned at all (not so for `none`). */
bool plan_policy_pins(const struct bind_request *bind);

/* Deal `workers` over `places`.  `whole_place`: pin to the whole place;
 * otherwise the k-th worker of a place sits on the first usable PU of its
 * k-th core, then on siblings, and so round again.  0 or -ENOMEM; the plan is
 * the caller's. */
int plan_build(const struct machine *machine, const struct places *places,
	       const struct bind_request *bind, bool whole_place,
	       size_t workers, struct plan *plan);

void plan_free(struct plan *plan);

#endif
