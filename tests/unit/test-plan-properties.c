/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What holds for every plan, on thousands of machines of random shape.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "machines.h"
#include "plan/places.h"
#include "plan/plan.h"
#include "tap.h"

#define MACHINES 3000

enum {
	USABLE,	  /* no PU outside of the allowed set, none twice in a seat */
	IN_PLACE, /* a seat lies in its place */
	ALONE,	  /* no two workers on a core while a core is free */
	EVEN,	  /* no place of close and spread has two workers more */
	ORDER,	  /* the places of a list of CPUs are in its order */
	SAME,	  /* the same plan every time */
	TURNS,	  /* scatter is what taking turns gives */
	RULES
};

static const char *const rules[RULES] = {
	[USABLE] = "no worker sits outside of the allowed set",
	[IN_PLACE] = "every seat is in its place",
	[ALONE] = "no core is shared while one is free",
	[EVEN] = "close and spread share places evenly",
	[ORDER] = "a list of CPUs keeps its order",
	[SAME] = "the same plan every time",
	[TURNS] = "scatter takes turns",
};

struct checks {
	unsigned broken[RULES], made[RULES];
};

static void check(struct checks *checks, int rule, bool holds)
{
	checks->made[rule]++;
	checks->broken[rule] += !holds;
}

static void *need(void *memory)
{
	if (!memory) {
		fputs("Bail out! no memory\n", stdout);
		exit(1);
	}
	return memory;
}

static struct plan plan_of(const struct machine *machine,
			   const struct places *places, const char *policy,
			   bool whole, size_t workers)
{
	struct bind_request bind;
	struct plan plan = {0};
	bool seeded;

	if (plan_parse_policy(policy, &bind, &seeded) ||
	    plan_build(machine, places, &bind, whole, workers, &plan))
		tap_ok(false, "a plan for %s", policy);
	return plan;
}

static bool in_place(const struct places *places, size_t place, unsigned pu)
{
	for (size_t i = 0; i < places->places[place].count; i++)
		if (places->pus[places->places[place].first + i] == pu)
			return true;
	return false;
}

static void check_seats(struct checks *checks, const struct machine *machine,
			const struct places *places, bool whole,
			const struct plan *plan)
{
	for (size_t i = 0; i < plan->workers; i++) {
		const struct seat *seat = &plan->seats[i];
		size_t want = whole ? places->places[seat->place].count : 1;

		check(checks, IN_PLACE, seat->count == want);
		for (size_t j = 0; j < seat->count; j++) {
			unsigned pu = plan->pus[seat->first + j];
			bool twice = false;

			for (size_t k = 0; k < j; k++)
				twice |= plan->pus[seat->first + k] == pu;
			check(checks, USABLE,
			      !twice && machine->pus[pu].usable);
			check(checks, IN_PLACE,
			      in_place(places, seat->place, pu));
		}
	}
}

/* For places that are cores: as many cores in use as can be. */
static void check_alone(struct checks *checks, const struct machine *machine,
			const struct plan *plan)
{
	size_t keys = machine->os_count + 2 * (size_t)machine->pu_count;
	unsigned char *busy = need(calloc(keys, 1));
	size_t cores = topology_usable_cores(machine), used = 0;

	for (size_t i = 0; i < plan->workers; i++) {
		unsigned pu = plan->pus[plan->seats[i].first];
		unsigned core = topology_core_key(machine, pu);

		used += !busy[core];
		busy[core] = 1;
	}
	check(checks, ALONE,
	      used == (plan->workers < cores ? plan->workers : cores));
	free(busy);
}

static void check_even(struct checks *checks, const struct places *places,
		       const struct plan *plan)
{
	size_t *taken = need(calloc(places->count, sizeof(*taken)));
	size_t most = 0, least = SIZE_MAX;

	for (size_t i = 0; i < plan->workers; i++)
		taken[plan->seats[i].place]++;
	for (size_t i = 0; i < places->count; i++) {
		most = taken[i] > most ? taken[i] : most;
		least = taken[i] < least ? taken[i] : least;
	}
	check(checks, EVEN, most - least <= 1);
	free(taken);
}

static void check_same(struct checks *checks, const struct machine *machine,
		       const struct places *places, const char *policy,
		       bool whole, const struct plan *plan)
{
	struct plan again =
		plan_of(machine, places, policy, whole, plan->workers);

	check(checks, SAME,
	      again.pu_count == plan->pu_count &&
		      !memcmp(again.seats, plan->seats,
			      plan->workers * sizeof(*plan->seats)) &&
		      !memcmp(again.pus, plan->pus,
			      plan->pu_count * sizeof(*plan->pus)));
	plan_free(&again);
}

static bool same_group(const struct machine *machine, unsigned a, unsigned b,
		       int level)
{
	const struct pu *p = &machine->pus[a], *q = &machine->pus[b];

	switch (level) {
	case 0:
		return p->package == q->package;
	case 1:
		return p->numa == q->numa;
	default:
		return p->llc == q->llc;
	}
}

/* Take turns among the groups of `level` by taking them one by one; levels
 * are packages, nodes and caches. */
static void take_turns(const struct machine *machine, size_t *items,
		       const unsigned *pus, size_t count, int level)
{
	size_t *taken = need(calloc(count, sizeof(*taken))), total = 0;
	size_t begins[1024], groups = 0;

	if (level == 3) {
		free(taken);
		return;
	}
	for (size_t i = 0; i < count; i++)
		if (!i || !same_group(machine, pus[items[i - 1]], pus[items[i]],
				      level))
			begins[groups++] = i;
	begins[groups] = count;
	for (size_t i = 0; i < groups; i++)
		take_turns(machine, items + begins[i], pus,
			   begins[i + 1] - begins[i], level + 1);
	for (size_t turn = 0; total < count; turn++)
		for (size_t i = 0; i < groups; i++)
			if (begins[i] + turn < begins[i + 1])
				taken[total++] = items[begins[i] + turn];
	memcpy(items, taken, count * sizeof(*items));
	free(taken);
}

/* Threads: the PUs are in order, and each is a place. */
static void check_turns(struct checks *checks, const struct machine *machine,
			const struct places *threads)
{
	size_t count = threads->count, total = 0;
	size_t *order = need(calloc(count, sizeof(*order)));
	struct plan plan = plan_of(machine, threads, "scatter", false, count);
	bool same = true;

	for (size_t round = 0; total < count; round++) {
		size_t begin = total, nth = 0;

		for (size_t i = 0; i < count; i++) {
			unsigned *pu = &threads->pus[i];

			nth = i && topology_core_key(machine, *pu) ==
						      topology_core_key(machine,
									pu[-1])
				      ? nth + 1
				      : 0;
			if (nth == round)
				order[total++] = i;
		}
		take_turns(machine, order + begin, threads->pus, total - begin,
			   0);
	}
	for (size_t i = 0; i < count; i++)
		same &= plan.seats[i].place == order[i];
	check(checks, TURNS, same);
	plan_free(&plan);
	free(order);
}

static void check_policies(struct checks *checks, const struct machine *machine,
			   const struct places *places, bool cores,
			   uint64_t *state)
{
	static const char *const policies[] = {"close", "spread", "primary",
					       "scatter", "random:5"};
	size_t most = 2 * places->count;
	size_t workers = (size_t)(cases_random(state) % most) + 1;

	for (size_t i = 0; i < sizeof(policies) / sizeof(*policies); i++) {
		bool whole = cases_random(state) % 2;
		struct plan plan =
			plan_of(machine, places, policies[i], whole, workers);

		check_seats(checks, machine, places, whole, &plan);
		check_same(checks, machine, places, policies[i], whole, &plan);
		if (cores && strcmp(policies[i], "primary"))
			check_alone(checks, machine, &plan);
		if (i < 2)
			check_even(checks, places, &plan);
		plan_free(&plan);
	}
}

static void check_words(struct checks *checks, const struct machine *machine,
			uint64_t *state)
{
	static const char *const words[] = {"cores", "threads", "ll_caches",
					    "sockets", "machine:all"};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct places places;
		char error[PLACES_ERROR_MAX];

		/* Some have no packages or caches. */
		if (places_parse(words[i], machine, NULL, &places, error))
			continue;
		check_policies(checks, machine, &places, i == 0, state);
		if (i == 1)
			check_turns(checks, machine, &places);
		places_free(&places);
	}
}

/* Usable CPUs in random order, some more than once. */
static void check_cpu_list(struct checks *checks, const struct machine *machine,
			   uint64_t *state)
{
	unsigned want[16];
	size_t count = 0;
	char text[256] = "", error[PLACES_ERROR_MAX];
	struct places places;
	bool same;

	while (count < 16) {
		unsigned os =
			(unsigned)(cases_random(state) % machine->os_count);
		size_t used = strlen(text);

		if (topology_cpu_state(machine, os) != CPU_USABLE)
			continue;
		snprintf(text + used, sizeof(text) - used, "%s%u",
			 count ? "," : "", os);
		want[count++] = os;
	}
	same = !places_from_cpus(text, machine, NULL, &places, error) &&
	       places.count == count;
	for (size_t i = 0; same && i < count; i++)
		same = places.places[i].count == 1 &&
		       machine->pus[places.pus[places.places[i].first]].os ==
			       want[i];
	check(checks, ORDER, same);
	if (same)
		check_policies(checks, machine, &places, false, state);
	places_free(&places);
}

/* As many workers as the largest machines have CPUs. */
static void test_large(void)
{
	struct machine *machine = machine_regular(65536, 2, 64);
	struct checks checks = {0};
	struct places places;
	char error[PLACES_ERROR_MAX];
	struct plan plan;

	tap_is_int(
		places_parse("core:all.pu:all", machine, NULL, &places, error),
		0, "131072 places");
	tap_is_int((int64_t)places.count, 131072, "one for each PU");
	plan = plan_of(machine, &places, "scatter", false, places.count);
	check_same(&checks, machine, &places, "scatter", false, &plan);
	check_even(&checks, &places, &plan);
	tap_ok(!checks.broken[SAME] && !checks.broken[EVEN],
	       "131072 workers, one in each");
	plan_free(&plan);
	places_free(&places);
	topology_free(machine);
}

int main(void)
{
	struct checks checks = {0};
	uint64_t state = 20240229;

	for (unsigned i = 0; i < MACHINES; i++) {
		struct machine *machine = machine_random(&state);

		check_words(&checks, machine, &state);
		check_cpu_list(&checks, machine, &state);
		topology_free(machine);
	}
	for (int i = 0; i < RULES; i++)
		tap_ok(checks.made[i] >= MACHINES && !checks.broken[i],
		       "%s: %u of %u broken", rules[i], checks.broken[i],
		       checks.made[i]);
	test_large();
	return tap_done();
}
