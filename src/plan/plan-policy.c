/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "plan/plan-policy.h"

#include <errno.h>
#include <stdlib.h>

#include "base/shuffle.h"

/* More workers than places: consecutive workers share a place, and the first
 * (workers mod places) places have one more. */
static void deal_shared(const struct deal *deal)
{
	size_t places = deal->places->count, workers = deal->workers;
	size_t each = workers / places, more = workers % places;
	size_t worker = 0;

	for (size_t place = 0; place < places; place++)
		for (size_t i = each + (place < more); i; i--)
			deal->seats[worker++].place = place;
}

static int deal_close(const struct deal *deal)
{
	if (deal->workers > deal->places->count) {
		deal_shared(deal);
		return 0;
	}
	for (size_t i = 0; i < deal->workers; i++)
		deal->seats[i].place = i;
	return 0;
}

/* Each worker on the first place of a subpartition of its own; the first
 * (places mod workers) subpartitions have one place more. */
static int deal_spread(const struct deal *deal)
{
	size_t places = deal->places->count, workers = deal->workers;
	size_t place = 0;

	if (workers > places) {
		deal_shared(deal);
		return 0;
	}
	for (size_t i = 0; i < workers; i++) {
		deal->seats[i].place = place;
		place += places / workers + (i < places % workers);
	}
	return 0;
}

static int deal_primary(const struct deal *deal)
{
	for (size_t i = 0; i < deal->workers; i++)
		deal->seats[i].place = 0;
	return 0;
}

static int deal_random(const struct deal *deal)
{
	size_t places = deal->places->count;
	size_t *order = calloc(places, sizeof(*order));
	uint64_t state = deal->seed;

	if (!order)
		return -ENOMEM;
	for (size_t i = 0; i < places; i++)
		order[i] = i;
	for (size_t i = 0; i < deal->workers; i++) {
		size_t at = i % places;

		/* A few of a new order for each round over the places. */
		shuffle_draw(&state, order, at, places);
		deal->seats[i].place = order[at];
	}
	free(order);
	return 0;
}

const struct policy plan_policies[] = {
	{
		.name = "close",
		.alias = "compact",
		.summary = "consecutive workers on consecutive places",
		.deal = deal_close,
	},
	{
		.name = "spread",
		.summary = "as far apart as the list of places allows",
		.deal = deal_spread,
	},
	{
		.name = "primary",
		.alias = "master",
		.summary = "all workers on the first place",
		.deal = deal_primary,
	},
	{
		.name = "scatter",
		.summary = "round robin over packages, NUMA nodes, caches, "
			   "cores",
		.deal = plan_deal_scatter,
	},
	{
		.name = "random",
		.summary = "a permutation of the places, drawn from a seed",
		.deal = deal_random,
		.seeded = true,
	},
	{
		.name = "none",
		.summary = "no pinning: the scheduler decides",
	},
	{.name = NULL},
};
