/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "plan/plan.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/plan-policy.h"

/* The row of the name or alias of `length` bytes, or NULL. */
static const struct policy *find_policy(const char *text, size_t length)
{
	for (const struct policy *p = plan_policies; p->name; p++) {
		const char *names[] = {p->name, p->alias};

		for (size_t i = 0; i < 2; i++)
			if (names[i] && strlen(names[i]) == length &&
			    !memcmp(names[i], text, length))
				return p;
	}
	return NULL;
}

static int parse_seed(const char *text, uint64_t *seed)
{
	char *end;

	if (!isdigit((unsigned char)*text))
		return -EINVAL;
	errno = 0;
	*seed = strtoumax(text, &end, 10);
	return errno || *end ? -EINVAL : 0;
}

int plan_parse_policy(const char *text, struct bind_request *bind, bool *seeded)
{
	size_t length = strcspn(text, ":");
	const struct policy *policy = find_policy(text, length);
	uint64_t seed = 0;

	if (!policy)
		return -EINVAL;
	if (text[length]) {
		if (!policy->seeded || parse_seed(text + length + 1, &seed))
			return -EINVAL;
	}
	*bind = (struct bind_request){.policy = policy, .seed = seed};
	*seeded = text[length] || !policy->seeded;
	return 0;
}

const char *plan_policy_text(const struct bind_request *bind, char *buffer)
{
	if (bind->policy->seeded)
		snprintf(buffer, PLAN_POLICY_MAX, "%s:%" PRIu64,
			 bind->policy->name, bind->seed);
	else
		snprintf(buffer, PLAN_POLICY_MAX, "%s", bind->policy->name);
	return buffer;
}

const char *plan_policy_name(size_t i, const char **summary)
{
	if (summary)
		*summary = plan_policies[i].summary;
	return plan_policies[i].name;
}

bool plan_policy_pins(const struct bind_request *bind)
{
	return bind->policy->deal;
}

/* Scratch space to order the PUs of one place after the other. */
struct order {
	const struct machine *machine;
	unsigned *seen;	 /* of a core's key: PUs met so far; zero in between */
	unsigned *round; /* of the place's i-th PU: its core's PUs before it */
	size_t *starts;	 /* of a round: where its next PU goes */
};

static void order_free(struct order *order)
{
	free(order->seen);
	free(order->round);
	free(order->starts);
}

static int order_init(struct order *order, const struct machine *machine,
		      const struct places *places)
{
	size_t keys = (size_t)machine->os_count + 2 * (size_t)machine->pu_count;
	size_t longest = 0;

	for (size_t i = 0; i < places->count; i++)
		if (places->places[i].count > longest)
			longest = places->places[i].count;
	*order = (struct order){
		.machine = machine,
		.seen = calloc(keys, sizeof(*order->seen)),
		.round = calloc(longest, sizeof(*order->round)),
		.starts = calloc(longest + 1, sizeof(*order->starts)),
	};
	if (order->seen && order->round && order->starts)
		return 0;
	order_free(order);
	return -ENOMEM;
}

/* The PUs of a place in the order in which its workers take them: the first
 * of every core, then the second of every core that has one, and so on. */
static void order_place(struct order *order, const unsigned *pus, size_t count,
			unsigned *ordered)
{
	unsigned rounds = 0;

	for (size_t i = 0; i < count; i++) {
		unsigned key = topology_core_key(order->machine, pus[i]);

		order->round[i] = order->seen[key]++;
		order->starts[order->round[i] + 1]++;
		if (order->round[i] >= rounds)
			rounds = order->round[i] + 1;
	}
	for (size_t i = 1; i < rounds; i++)
		order->starts[i] += order->starts[i - 1];
	for (size_t i = 0; i < count; i++) {
		ordered[order->starts[order->round[i]]++] = pus[i];
		order->seen[topology_core_key(order->machine, pus[i])] = 0;
	}
	memset(order->starts, 0, (rounds + 1) * sizeof(*order->starts));
}

/* The plan's PUs are the places', each place's in the order of its seats. */
static int order_pus(const struct machine *machine, const struct places *places,
		     unsigned *pus)
{
	struct order order;
	int err;

	if (places->pu_count == places->count) {
		memcpy(pus, places->pus, places->pu_count * sizeof(*pus));
		return 0;
	}
	err = order_init(&order, machine, places);
	if (err)
		return err;
	for (size_t i = 0; i < places->count; i++) {
		const struct place *place = &places->places[i];

		order_place(&order, places->pus + place->first, place->count,
			    pus + place->first);
	}
	order_free(&order);
	return 0;
}

/* Each worker's PUs, its place being known. */
static int take_seats(const struct places *places, bool whole_place,
		      struct plan *plan)
{
	size_t *taken = calloc(places->count, sizeof(*taken));

	if (!taken)
		return -ENOMEM;
	for (size_t i = 0; i < plan->workers; i++) {
		struct seat *seat = &plan->seats[i];
		const struct place *place = &places->places[seat->place];
		size_t *next = &taken[seat->place];

		seat->first = place->first;
		seat->count = place->count;
		if (whole_place)
			continue;
		seat->first += *next;
		seat->count = 1;
		*next = *next + 1 == place->count ? 0 : *next + 1;
	}
	free(taken);
	return 0;
}

static int build(const struct machine *machine, const struct places *places,
		 const struct bind_request *bind, bool whole_place,
		 struct plan *plan)
{
	const struct policy *policy = bind->policy;
	struct deal deal = {.machine = machine,
			    .places = places,
			    .seed = bind->seed,
			    .seats = plan->seats,
			    .workers = plan->workers};
	int err;

	if (!policy->deal) {
		for (size_t i = 0; i < plan->workers; i++)
			plan->seats[i] = (struct seat){.place = NONE_PLACE};
		return 0;
	}
	plan->pus = malloc(places->pu_count * sizeof(*plan->pus));
	if (!plan->pus)
		return -ENOMEM;
	plan->pu_count = places->pu_count;
	err = policy->deal(&deal);
	if (!err)
		err = order_pus(machine, places, plan->pus);
	return err ? err : take_seats(places, whole_place, plan);
}

int plan_build(const struct machine *machine, const struct places *places,
	       const struct bind_request *bind, bool whole_place,
	       size_t workers, struct plan *plan)
{
	int err = -ENOMEM;

	*plan = (struct plan){.workers = workers};
	plan->seats = calloc(workers, sizeof(*plan->seats));
	if (plan->seats)
		err = build(machine, places, bind, whole_place, plan);
	if (err)
		plan_free(plan);
	return err;
}

void plan_free(struct plan *plan)
{
	free(plan->seats);
	free(plan->pus);
	*plan = (struct plan){0};
}
