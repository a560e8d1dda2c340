/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The policies: which worker gets which place.  Private to plan*.c.
 */
#ifndef PINSUM_PLAN_POLICY_H
#define PINSUM_PLAN_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plan/places.h"
#include "plan/plan.h"
#include "topology/topology.h"

/* What a policy deals: `seats[i].place` for each worker. */
struct deal {
	const struct machine *machine;
	const struct places *places; /* at least one */
	uint64_t seed;
	struct seat *seats;
	size_t workers;
};

struct policy {
	const char *name;
	const char *alias; /* or NULL */
	const char *summary;
	int (*deal)(const struct deal *deal); /* NULL: nobody is pinned */
	bool seeded;
};

/* The table's end has no name. */
extern const struct policy plan_policies[];

/* Round robin over packages, then NUMA nodes, then last-level caches, then
 * cores, siblings last.  0 or -ENOMEM. */
int plan_deal_scatter(const struct deal *deal);

#endif
