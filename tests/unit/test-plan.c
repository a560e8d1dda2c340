/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "machines.h"
#include "plan/places.h"
#include "plan/plan.h"
#include "tap.h"

static struct bind_request policy_of(const char *text)
{
	struct bind_request bind = {0};
	bool seeded;

	if (plan_parse_policy(text, &bind, &seeded))
		tap_ok(false, "policy %s is known", text);
	return bind;
}

static struct places places_of(const struct machine *machine, const char *text)
{
	struct places places;
	char error[PLACES_ERROR_MAX];

	if (places_parse(text, machine, NULL, &places, error))
		tap_ok(false, "%s: %s", text, error);
	return places;
}

static struct plan plan_of(const struct machine *machine,
			   const struct places *places, const char *policy,
			   bool whole, size_t workers)
{
	struct bind_request bind = policy_of(policy);
	struct plan plan;

	if (plan_build(machine, places, &bind, whole, workers, &plan))
		tap_ok(false, "a plan for %s", policy);
	return plan;
}

static void append(char *text, size_t size, const char *separator, size_t value)
{
	size_t used = strlen(text);

	snprintf(text + used, size - used, "%s%zu", used ? separator : "",
		 value);
}

/* What the policies give, from the words of the interface. */
static const struct {
	const char *drawing, *places, *policy;
	size_t workers;
	const char *want; /* each worker's place */
} literals[] = {
	{"uuuu", "threads", "close", 1, "0"},
	{"uuuu", "threads", "close", 3, "0 1 2"},
	{"uuuu", "threads", "compact", 4, "0 1 2 3"},
	{"uuuu", "threads", "close", 6, "0 0 1 1 2 3"},
	{"uuuu", "threads", "close", 8, "0 0 1 1 2 2 3 3"},
	{"uuuu", "threads", "close", 9, "0 0 0 1 1 2 2 3 3"},
	{"uuuuu", "threads", "spread", 3, "0 2 4"},
	{"uuuuuuuu", "threads", "spread", 3, "0 3 6"},
	{"uuuuuuuu", "threads", "spread", 4, "0 2 4 6"},
	{"uuuuuuuu", "threads", "spread", 5, "0 2 4 6 7"},
	{"uuuu", "threads", "spread", 6, "0 0 1 1 2 3"},
	{"uuuu", "threads", "primary", 3, "0 0 0"},
	{"uuuu", "threads", "master", 5, "0 0 0 0 0"},
	{"uuuu", "threads", "random:0", 4, "3 1 0 2"},
	{"uuuuuuuu", "threads", "random:1", 8, "1 0 2 3 5 7 4 6"},
	{"uuuuuuuu", "threads", "random:1", 3, "1 0 2"},
	{"uuuuu", "threads", "random:7", 12, "2 1 0 4 3 2 4 0 3 1 3 4"},
	{"uuu", "threads", "random:18446744073709551615", 7, "2 0 1 2 0 1 0"},
	/* Packages, then nodes, then caches, then cores, siblings last. */
	{"[(uu)(uu)][(uu)(uu)]", "cores", "scatter", 4, "0 2 1 3"},
	{"[(uu)(uu)][(uu)(uu)]", "threads", "scatter", 8, "0 4 2 6 1 5 3 7"},
	{"[{(u)(u)}{(u)(u)}][{(u)(u)}{(u)(u)}]", "cores", "scatter", 8,
	 "0 4 2 6 1 5 3 7"},
	{"[<(u)(u)><(u)(u)>][<(u)(u)><(u)(u)>]", "cores", "scatter", 8,
	 "0 4 2 6 1 5 3 7"},
	{"[{<(u)(u)><(u)(u)>}{<(u)(u)><(u)(u)>}]", "cores", "scatter", 8,
	 "0 4 2 6 1 5 3 7"},
	{"[(u)][(u)(u)(u)]", "cores", "scatter", 4, "0 1 2 3"},
	{"[(u)(u)(u)][(u)]", "cores", "scatter", 4, "0 3 1 2"},
	{"[(uu)][(uu)(uu)(uu)]", "threads", "scatter", 8, "0 2 4 6 1 3 5 7"},
	{"[(uu)(u)][(uuu)]", "threads", "scatter", 6, "0 3 2 1 4 5"},
	{"[(uu)(uu)][(uu)(uu)]", "cores", "scatter", 6, "0 2 1 3 0 2"},
	{"[(u)(u)][(u)(u)]", "core:3,core:2,core:1,core:0", "scatter", 4,
	 "3 1 2 0"},
	{"uuuu", "threads", "scatter", 4, "0 1 2 3"},
	{"[(uu)(uu)][(uu)(uu)]", "sockets", "scatter", 3, "0 1 0"},
};

static void test_literals(void)
{
	for (size_t i = 0; i < sizeof(literals) / sizeof(*literals); i++) {
		struct machine *machine =
			machine_draw(literals[i].drawing, NULL);
		struct places places = places_of(machine, literals[i].places);
		struct plan plan = plan_of(machine, &places, literals[i].policy,
					   false, literals[i].workers);
		char got[256] = "";

		for (size_t j = 0; j < plan.workers; j++)
			append(got, sizeof(got), " ", plan.seats[j].place);
		tap_is_text(got, literals[i].want, "%s of %zu on %s of %s",
			    literals[i].policy, literals[i].workers,
			    literals[i].places, literals[i].drawing);
		plan_free(&plan);
		places_free(&places);
		topology_free(machine);
	}
}

/* Which PU of a place its workers take. */
static const struct {
	const char *drawing, *places;
	bool whole;
	size_t workers;
	const char *want; /* each worker's CPUs */
} seatings[] = {
	{"(uu)(uu)", "machine:0", false, 5, "0 2 1 3 0"},
	{"(uuu)(u)(uu)", "machine:0", false, 7, "0 3 4 1 5 2 0"},
	{"(mu)(uu)", "machine:0", false, 3, "1 2 3"},
	{"(uu)(uu)", "cores", false, 2, "0 2"},
	{"(uu)(uu)", "cores", false, 4, "0 1 2 3"},
	{"(uu)(uu)", "cores", true, 2, "0,1 2,3"},
	{"(uu)(uu)", "cores", true, 3, "0,1 0,1 2,3"},
	{"(uu)(uu)", "{pu:1,pu:0,pu:3}", false, 4, "1 3 0 1"},
	{"uuuu", "machine:0", false, 4, "0 1 2 3"},
	{"(uu)(uu)", "{pu:3,pu:0}", true, 1, "3,0"},
};

static void test_seatings(void)
{
	for (size_t i = 0; i < sizeof(seatings) / sizeof(*seatings); i++) {
		struct machine *machine =
			machine_draw(seatings[i].drawing, NULL);
		struct places places = places_of(machine, seatings[i].places);
		struct plan plan =
			plan_of(machine, &places, "close", seatings[i].whole,
				seatings[i].workers);
		char got[256] = "";

		for (size_t j = 0; j < plan.workers; j++)
			for (size_t k = 0; k < plan.seats[j].count; k++) {
				size_t at = plan.seats[j].first + k;

				append(got, sizeof(got), k ? "," : " ",
				       machine->pus[plan.pus[at]].os);
			}
		tap_is_text(got, seatings[i].want, "%zu workers in %s of %s%s",
			    seatings[i].workers, seatings[i].places,
			    seatings[i].drawing,
			    seatings[i].whole ? ", whole" : "");
		plan_free(&plan);
		places_free(&places);
		topology_free(machine);
	}
}

/* OpenMP's arithmetic, said once more: worker -> place. */
static size_t want_shared(size_t worker, size_t workers, size_t places)
{
	size_t place = 0, end = 0;

	for (;; place++) {
		end += workers / places + (place < workers % places ? 1 : 0);
		if (worker < end)
			return place;
	}
}

static size_t want_close(size_t worker, size_t workers, size_t places)
{
	return workers <= places ? worker
				 : want_shared(worker, workers, places);
}

static size_t want_spread(size_t worker, size_t workers, size_t places)
{
	size_t more = places % workers;

	if (workers > places)
		return want_shared(worker, workers, places);
	return worker * (places / workers) + (worker < more ? worker : more);
}

static size_t want_primary(size_t worker, size_t workers, size_t places)
{
	(void)workers;
	(void)places;
	return worker * 0;
}

static const struct {
	const char *name;
	size_t (*want)(size_t worker, size_t workers, size_t places);
} references[] = {
	{"close", want_close},
	{"spread", want_spread},
	{"primary", want_primary},
};

/* Every number of places and workers up to this. */
#define LARGEST 64

static size_t count_wrong(const struct machine *machine,
			  const struct places *places, size_t reference)
{
	size_t wrong = 0;

	for (size_t workers = 1; workers <= LARGEST; workers++) {
		struct plan plan =
			plan_of(machine, places, references[reference].name,
				false, workers);

		for (size_t i = 0; i < workers; i++)
			wrong += plan.seats[i].place !=
				 references[reference].want(i, workers,
							    places->count);
		plan_free(&plan);
	}
	return wrong;
}

static void test_openmp(void)
{
	size_t wrong[3] = {0};

	for (unsigned count = 1; count <= LARGEST; count++) {
		struct machine *machine = machine_regular(count, 1, 4);
		struct places places = places_of(machine, "cores");

		for (size_t i = 0; i < 3; i++)
			wrong[i] += count_wrong(machine, &places, i);
		places_free(&places);
		topology_free(machine);
	}
	for (size_t i = 0; i < 3; i++)
		tap_is_int((int64_t)wrong[i], 0,
			   "%s as OpenMP deals, for P and T up to %d",
			   references[i].name, LARGEST);
}

static void test_none(void)
{
	struct machine *machine = machine_draw("(uu)(uu)", NULL);
	struct places places = places_of(machine, "cores");
	struct plan plan = plan_of(machine, &places, "none", false, 5);
	bool free_to_move = plan.workers == 5;

	for (size_t i = 0; i < plan.workers; i++)
		if (plan.seats[i].place != NONE_PLACE || plan.seats[i].count)
			free_to_move = false;
	tap_ok(free_to_move, "none pins nobody");
	plan_free(&plan);
	places_free(&places);
	topology_free(machine);
}

static const struct {
	const char *text, *want; /* NULL: refused */
	bool seeded;
} names[] = {
	{"close", "close", true},
	{"compact", "close", true},
	{"spread", "spread", true},
	{"primary", "primary", true},
	{"master", "primary", true},
	{"scatter", "scatter", true},
	{"none", "none", true},
	{"random", "random:0", false},
	{"random:0", "random:0", true},
	{"random:42", "random:42", true},
	{"random:18446744073709551615", "random:18446744073709551615", true},
	{"random:18446744073709551616", NULL, false},
	{"random:", NULL, false},
	{"random:-1", NULL, false},
	{"random:+1", NULL, false},
	{"random: 1", NULL, false},
	{"random:1x", NULL, false},
	{"random:0x10", NULL, false},
	{"close:1", NULL, false},
	{"close:", NULL, false},
	{"clos", NULL, false},
	{"closed", NULL, false},
	{"Close", NULL, false},
	{"", NULL, false},
	{":", NULL, false},
};

static void test_names(void)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct bind_request bind;
		bool seeded = false;
		char buffer[PLAN_POLICY_MAX];
		int err = plan_parse_policy(names[i].text, &bind, &seeded);

		if (!names[i].want) {
			tap_is_int(err, -EINVAL, "'%s' is no policy",
				   names[i].text);
			continue;
		}
		tap_ok(!err && seeded == names[i].seeded &&
			       !strcmp(plan_policy_text(&bind, buffer),
				       names[i].want),
		       "'%s' is %s", names[i].text, names[i].want);
	}
}

static void test_table(void)
{
	size_t count = 0, pins = 0;
	const char *name, *summary;

	for (; (name = plan_policy_name(count, &summary)); count++) {
		struct bind_request bind = policy_of(name);

		if (!summary || !*summary)
			tap_ok(false, "%s has a summary", name);
		pins += plan_policy_pins(&bind);
	}
	tap_is_int((int64_t)count, 6, "all policies are listed");
	tap_is_int((int64_t)pins, 5, "all but one pin");
}

int main(void)
{
	test_literals();
	test_seatings();
	test_openmp();
	test_none();
	test_names();
	test_table();
	return tap_done();
}
