/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sweeps: names of places, how near pairs are, and what a census finds.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "experiment/census.h"
#include "experiment/sweep.h"
#include "machines.h"
#include "plan/places.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* All names of the places that a text gives, with blanks between them. */
static const struct {
	const char *drawing, *places;
	struct places_filter filter;
	const char *names;
} names[] = {
	{"[(uu)(uu)][(uu)(uu)]", "cores", {0}, "core:0 core:1 core:2 core:3"},
	{"[(uu)(uu)]", "threads", {0}, "pu:0 pu:1 pu:2 pu:3"},
	{"[(u)(u)]", "threads", {0}, "pu:0 pu:1"},
	{"[(u)(u)]", "cores", {0}, "core:0 core:1"},
	{"[(uu)(u)]", "pu:0,pu:2", {0}, "pu:0 pu:2"},
	{"[(uu)(uu)]", "cores", {.no_smt = true}, "core:0 core:1"},
	{"[(uu)(um)]", "cores", {0}, "core:0 core:1"},
	{"[<(u)(u)><(u)(u)>]", "ll_caches", {0}, "l3:0 l3:1"},
	{"[<(u)(u)>][<(u)(u)>]", "sockets", {0}, "package:0 package:1"},
	{"[{(u)(u)}{(u)(u)}]", "numa_domains", {0}, "numanode:0 numanode:1"},
	{"[(u)(u)][(u)(u)]", "package:1.core:1,core:0", {0}, "core:3 core:0"},
	{"[(u)(u)][(u)(u)]", "core:0,package:1", {0}, "core:0 package:1"},
	{"[(u)(u)(u)]", "{core:0,core:2}", {0}, "{pu:0,pu:2}"},
	{"uuu", "cores", {0}, "pu:0 pu:1 pu:2"},
};

static void check_names(void)
{
	for (size_t i = 0; i < COUNT(names); i++) {
		struct machine *machine = machine_draw(names[i].drawing, NULL);
		char error[PLACES_ERROR_MAX], got[200] = "";
		struct places places;
		char **list = NULL;

		tap_is_int(places_parse(names[i].places, machine,
					&names[i].filter, &places, error),
			   0, "%s", names[i].places);
		tap_is_int(places_names(machine, &places, false, &list), 0,
			   "named");
		for (size_t k = 0; list && k < places.count; k++) {
			strcat(got, k ? " " : "");
			strcat(got, list[k]);
		}
		tap_is_text(got, names[i].names, "%s of %s", names[i].places,
			    names[i].drawing);
		free(list);
		places_free(&places);
		topology_free(machine);
	}
}

static bool gives_again(const struct machine *machine,
			const struct places *places, size_t which,
			const char *name)
{
	char error[PLACES_ERROR_MAX];
	struct places again;
	const struct place *place = &places->places[which];
	bool same;

	if (places_parse(name, machine, NULL, &again, error))
		return false;
	same = again.count == 1 && again.pu_count == place->count &&
	       !memcmp(again.pus, places->pus + place->first,
		       place->count * sizeof *again.pus);
	places_free(&again);
	return same;
}

/* Whatever the machine and the word: a name gives its place again. */
static void check_random(void)
{
	static const char *const words[] = {"cores", "threads", "ll_caches",
					    "numa_domains", "sockets"};
	size_t wrong = 0, tried = 0;
	uint64_t state = 1;

	for (int round = 0; round < 300; round++) {
		struct machine *machine = machine_random(&state);
		const char *word = words[round % 5];
		char error[PLACES_ERROR_MAX];
		struct places places;
		char **list = NULL;

		if (!places_parse(word, machine, NULL, &places, error)) {
			if (places_names(machine, &places, false, &list))
				abort();
			for (size_t i = 0; i < places.count; i++, tried++)
				wrong += !gives_again(machine, &places, i,
						      list[i]);
			free(list);
			places_free(&places);
		}
		topology_free(machine);
	}
	tap_is_int((int64_t)wrong, 0, "names that do not give the place again");
	tap_ok(tried > 300, "%zu names of random machines", tried);
}

static const struct {
	const char *drawing;
	unsigned one, other;
	const char *level;
} distances[] = {
	{"[(uu)(uu)]", 0, 1, "core"},
	{"[(uu)(uu)]", 0, 0, "pu"},
	{"[<(u)(u)><(u)(u)>]", 0, 1, "l3"},
	{"[{(u)(u)}{(u)(u)}]", 1, 0, "numanode"},
	{"[{(u)(u)}{(u)(u)}]", 1, 2, "package"},
	{"[(u)(u)][(u)(u)]", 3, 2, "package"},
	{"[{(u)}][{(u)}]", 0, 1, "machine"},
	{"/[{(u)}][{(u)}]\\/[{(u)}][{(u)}]\\", 0, 1, "group"},
	{"/[{(u)}][{(u)}]\\/[{(u)}][{(u)}]\\", 1, 2, "machine"},
};

static void check_nearest(void)
{
	for (size_t i = 0; i < COUNT(distances); i++) {
		struct machine *machine =
			machine_draw(distances[i].drawing, NULL);
		unsigned pus[] = {distances[i].one, distances[i].other};
		struct seat seats[] = {{0, 0, 1}, {1, 1, 1}};
		struct config config = {
			.team = {.workers = 2},
			.plan = {seats, 2, pus, 2},
		};

		tap_is_text(sweep_nearest(machine, &config), distances[i].level,
			    "PUs %u and %u of %s", pus[0], pus[1],
			    distances[i].drawing);
		config.team.workers = 1;
		tap_ok(!sweep_nearest(machine, &config), "none of one worker");
		topology_free(machine);
	}
}

#define ROUNDS 7
#define PLACES 5

/* A census of five CPUs, three of kind 0 and two of kind 1. */
static size_t take(const int64_t times[PLACES][ROUNDS],
		   struct finding **findings)
{
	struct machine *machine = machine_draw("[(0)(0)(0)(1)(1)]", NULL);
	const struct options options = {.sweep = SWEEP_PLACES};
	struct result results[PLACES][ROUNDS] = {0};
	struct config configs[PLACES] = {0};
	struct experiment e = {.options = &options,
			       .configs = configs,
			       .count = PLACES,
			       .rounds = ROUNDS};
	struct seat seat = {0, 0, 1};
	unsigned pus[PLACES];
	size_t count;

	for (unsigned i = 0; i < PLACES; i++) {
		pus[i] = i;
		for (size_t k = 0; k < ROUNDS; k++)
			results[i][k].compute_ns = times[i][k];
		configs[i] = (struct config){
			.team = {1, i, i},
			.plan = {&seat, 1, &pus[i], 1},
			.setup = {.machine = machine},
			.results = results[i],
		};
	}
	tap_is_int(census_take(&e, findings, &count), 0, "a census");
	topology_free(machine);
	return count;
}

static void check_census(void)
{
	static const int64_t quiet[PLACES][ROUNDS] = {
		{1000, 1000, 1010, 990, 1000, 1000, 5000},
		{1040, 1040, 1040, 1040, 1040, 1040, 1040},
		{960, 960, 960, 960, 960, 960, 960},
		{2000, 2000, 2000, 2000, 2000, 2000, 2000},
		{2090, 2090, 2090, 2090, 2090, 2090, 2090},
	};
	static const int64_t odd[PLACES][ROUNDS] = {
		{1000, 1000, 1010, 990, 1000, 1000, 1000},
		{1060, 1060, 1060, 1060, 1060, 1060, 1060},
		{900, 1000, 1100, 950, 1050, 800, 1200},
		{2200, 2200, 2200, 2200, 2200, 2200, 2200},
		{2000, 2000, 2000, 2000, 2000, 2000, 2000},
	};
	struct finding *f;

	tap_is_int((int64_t)take(quiet, &f), 0, "within 5 %% of its kind");
	free(f);
	tap_is_int((int64_t)take(odd, &f), 3, "three beyond");
	tap_ok(f[0].config == 1 && f[0].slow && !f[0].noisy, "6 %% slower");
	tap_ok(f[1].config == 2 && !f[1].slow && f[1].noisy, "10 %% of noise");
	tap_ok(f[2].config == 3 && f[2].slow && !f[2].noisy,
	       "of two, the slower one");
	tap_is_int((int64_t)(f[2].slower * 1000 + 0.5), 100, "by 10 %%");
	free(f);
}

int main(void)
{
	check_names();
	check_random();
	check_nearest();
	check_census();
	return tap_done();
}
