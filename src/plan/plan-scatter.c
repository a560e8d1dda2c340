/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scatter.  Places are told apart by their first PU.  First come the first
 * places of every core, then the second ones, and so on; within each of these
 * rounds packages take turns, within a package its NUMA nodes, within a node
 * its last-level caches, within a cache its cores.  One that has no place
 * left misses its turn.
 *
 * Taking turns is a stable sort by the position that a place has in its own
 * group, so the order is built from the innermost groups outwards with one
 * counting sort a level: linear.
 */
#include <config.h>

#include "plan/plan-policy.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Outermost first. */
enum border { ROUND, PACKAGE, NODE, CACHE, CORE };

/* A place on its way into the order. */
struct item {
	size_t place;
	size_t rank; /* its position within its group */
	unsigned pu; /* its first */
};

struct scatter {
	const struct machine *machine;
	struct item *items, *spare;
	unsigned char *borders; /* of positions: the outermost level in which
				 * an item differs from the one before */
	size_t *counts;		/* for sorting */
	size_t count;
};

static bool is_sorted(const struct item *items, size_t count,
		      size_t (*key)(const struct item *item))
{
	for (size_t i = 1; i < count; i++)
		if (key(&items[i]) < key(&items[i - 1]))
			return false;
	return true;
}

/* Stable sort of items[first .. first + count - 1] by keys below `bound`. */
static void sort_items(struct scatter *s, size_t first, size_t count,
		       size_t bound, size_t (*key)(const struct item *item))
{
	struct item *items = s->items + first;

	if (is_sorted(items, count, key))
		return;
	memset(s->counts, 0, (bound + 1) * sizeof(*s->counts));
	for (size_t i = 0; i < count; i++)
		s->counts[key(&items[i]) + 1]++;
	for (size_t i = 1; i < bound; i++)
		s->counts[i] += s->counts[i - 1];
	for (size_t i = 0; i < count; i++)
		s->spare[s->counts[key(&items[i])]++] = items[i];
	memcpy(items, s->spare, count * sizeof(*items));
}

static size_t pu_key(const struct item *item)
{
	return item->pu;
}

static size_t rank_key(const struct item *item)
{
	return item->rank;
}

static bool same_core(const struct machine *machine, unsigned a, unsigned b)
{
	return topology_core_key(machine, a) == topology_core_key(machine, b);
}

/* Number the places of each core; the items are in the order of PUs.  Returns
 * the most that a core has. */
static size_t rank_items(struct scatter *s)
{
	size_t most = 1;

	for (size_t i = 1; i < s->count; i++) {
		struct item *item = &s->items[i];

		if (same_core(s->machine, item->pu, item[-1].pu))
			item->rank = item[-1].rank + 1;
		if (item->rank >= most)
			most = item->rank + 1;
	}
	return most;
}

static enum border border_of(const struct machine *machine,
			     const struct item *a, const struct item *b)
{
	const struct pu *p = &machine->pus[a->pu], *q = &machine->pus[b->pu];

	if (a->rank != b->rank)
		return ROUND;
	if (p->package != q->package)
		return PACKAGE;
	if (p->numa != q->numa)
		return NODE;
	if (p->llc != q->llc || p->llc_level != q->llc_level)
		return CACHE;
	return CORE;
}

/* In every group of `level`, let the groups inside it take turns. */
static void take_turns(struct scatter *s, enum border level)
{
	size_t first = 0, inner = 0, longest = 0;

	for (size_t i = 0; i <= s->count; i++) {
		enum border at = i < s->count ? s->borders[i] : ROUND;

		if (i && at <= level + 1) {
			if (i - inner > longest)
				longest = i - inner;
			inner = i;
		}
		if (i && at <= level) {
			sort_items(s, first, i - first, longest, rank_key);
			first = i;
			longest = 0;
		}
		if (i < s->count)
			s->items[i].rank = i - inner;
	}
}

static void order_items(struct scatter *s)
{
	size_t pus = s->machine->pu_count;

	sort_items(s, 0, s->count, pus, pu_key);
	sort_items(s, 0, s->count, rank_items(s), rank_key);
	s->borders[0] = ROUND;
	for (size_t i = 1; i < s->count; i++)
		s->borders[i] = (unsigned char)border_of(
			s->machine, &s->items[i - 1], &s->items[i]);
	take_turns(s, NODE);
	take_turns(s, PACKAGE);
	take_turns(s, ROUND);
}

int plan_deal_scatter(const struct deal *deal)
{
	const struct places *places = deal->places;
	size_t count = places->count, pus = deal->machine->pu_count;
	struct scatter s = {
		.machine = deal->machine,
		.items = calloc(count, sizeof(*s.items)),
		.spare = calloc(count, sizeof(*s.spare)),
		.borders = calloc(count, 1),
		.counts = calloc((pus > count ? pus : count) + 1,
				 sizeof(*s.counts)),
		.count = count,
	};
	int err = -ENOMEM;

	if (s.items && s.spare && s.borders && s.counts) {
		for (size_t i = 0; i < count; i++)
			s.items[i] = (struct item){
				.place = i,
				.pu = places->pus[places->places[i].first],
			};
		order_items(&s);
		for (size_t i = 0; i < deal->workers; i++)
			deal->seats[i].place = s.items[i % count].place;
		err = 0;
	}
	free(s.items);
	free(s.spare);
	free(s.borders);
	free(s.counts);
	return err;
}
