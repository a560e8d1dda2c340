/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "targets.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/machines.h"
#include "base/cpulist.h"
#include "base/number.h"
#include "options/option-table.h"
#include "options/option-values.h"
#include "options/options.h"
#include "plan/places.h"
#include "plan/plan.h"
#include "run/sched-policy.h"

void target_fail(const char *condition, const char *file, int line)
{
	printf("# %s:%d: not so: %s\n", file, line, condition);
	fflush(stdout);
	abort();
}

static void run_count(const char *text)
{
	uint64_t value = 0, again = 0;
	char formatted[NUMBER_U64_MAX + 1];

	if (number_parse_count(text, &value))
		return;
	formatted[number_format_u64(formatted, value)] = '\0';
	REQUIRE(!number_parse_count(formatted, &again) && again == value);
}

static void run_duration(const char *text)
{
	int64_t ns = 0;

	REQUIRE(number_parse_duration(text, &ns) || ns >= 0);
}

static void run_decimal(const char *text)
{
	double value = 0;
	char formatted[NUMBER_RATIO_MAX];

	if (number_parse_decimal(text, &value))
		return;
	REQUIRE(value >= 0);
	if (value < 1e14)
		REQUIRE(number_format_ratio(formatted, value) <=
			sizeof formatted);
}

static void run_cpulist(const char *text)
{
	struct cpulist list, again;
	size_t bad = 0;
	char *formatted;
	size_t length;

	if (cpulist_parse(text, &list, &bad)) {
		REQUIRE(bad <= strlen(text) && !list.count);
		return;
	}
	length = cpulist_format(list.cpus, list.count, NULL, 0);
	for (size_t i = 1; i < list.count; i++)
		if (list.cpus[i] <= list.cpus[i - 1])
			length = 0; /* is formatted in ascending order only */
	formatted = malloc(length + 1);
	if (formatted && length) {
		cpulist_format(list.cpus, list.count, formatted, length + 1);
		REQUIRE(!cpulist_parse(formatted, &again, NULL));
		REQUIRE(again.count == list.count);
		REQUIRE(!memcmp(again.cpus, list.cpus,
				list.count * sizeof *list.cpus));
		cpulist_free(&again);
	}
	free(formatted);
	cpulist_free(&list);
}

/* Machines with all that a location can name: groups, nodes, packages, caches,
 * cores; with CPUs that may not be used, and of two kinds. */
static const char *const drawings[] = {
	"/[{<(uu)(um)>}]\\/[{<(uu)(uu)>}{(uc)(oo)}]\\",
	"[(0)(0)(1)(1)-(1)]",
	"uuum",
};

#define DRAWINGS (sizeof drawings / sizeof *drawings)

/* Every policy deals what was parsed, to more workers than there are places
 * too. */
static void deal(const struct machine *machine, const struct places *places)
{
	for (size_t i = 0; plan_policy_name(i, NULL); i++) {
		struct bind_request bind = {0};
		struct plan plan;
		bool seeded = true;

		REQUIRE(!plan_parse_policy(plan_policy_name(i, NULL), &bind,
					   &seeded));
		if (plan_build(machine, places, &bind, i & 1,
			       places->count % 64 + 1, &plan))
			continue;
		for (size_t k = 0; k < plan.pu_count; k++)
			REQUIRE(machine->pus[plan.pus[k]].usable);
		plan_free(&plan);
	}
}

static void check_places(const struct machine *machine,
			 const struct places *places)
{
	REQUIRE(places->count > 0);
	for (size_t i = 0; i < places->count; i++)
		REQUIRE(places->places[i].count > 0 &&
			places->places[i].first + places->places[i].count <=
				places->pu_count);
	for (size_t i = 0; i < places->pu_count; i++)
		REQUIRE(places->pus[i] < machine->pu_count &&
			machine->pus[places->pus[i]].usable);
	deal(machine, places);
}

typedef int (*places_parser)(const char *text, const struct machine *machine,
			     const struct places_filter *filter,
			     struct places *places,
			     char error[PLACES_ERROR_MAX]);

static void on_machines(const char *text, places_parser parse)
{
	for (size_t i = 0; i < DRAWINGS; i++) {
		struct machine *machine = machine_draw(drawings[i], NULL);
		struct places_filter filter = {.no_smt = i == 1};
		char error[PLACES_ERROR_MAX] = "";
		struct places places;

		if (!parse(text, machine, &filter, &places, error)) {
			check_places(machine, &places);
			places_free(&places);
		} else {
			REQUIRE(*error && memchr(error, '\0', sizeof error));
		}
		topology_free(machine);
	}
}

static void run_places(const char *text)
{
	on_machines(text, places_parse);
}

static void run_cpus(const char *text)
{
	on_machines(text, places_from_cpus);
}

static void run_cpukind(const char *text)
{
	struct machine *machine = machine_draw(drawings[1], NULL);
	struct places_filter filter = {.cpukind = text};
	char error[PLACES_ERROR_MAX] = "";
	struct places places;

	if (!places_parse("cores", machine, &filter, &places, error)) {
		check_places(machine, &places);
		places_free(&places);
	} else {
		REQUIRE(*error);
	}
	topology_free(machine);
}

static void run_policy(const char *text)
{
	char spelled[PLAN_POLICY_MAX];
	struct bind_request bind = {0}, again = {0};
	bool seeded = true;

	if (plan_parse_policy(text, &bind, &seeded))
		return;
	REQUIRE(!plan_parse_policy(plan_policy_text(&bind, spelled), &again,
				   &seeded));
	REQUIRE(again.policy == bind.policy && again.seed == bind.seed);
}

static void run_sched(const char *text)
{
	struct sched_request request = {0}, again = {0};

	if (sched_policy_parse(text, &request))
		return;
	REQUIRE(!sched_policy_parse(request.text, &again));
	REQUIRE(again.policy == request.policy &&
		again.priority == request.priority);
}

/* "NAME=VALUE", of any option that takes one; then what follows from all. */
static void run_option(const char *text)
{
	struct options options = {0};
	size_t length = strcspn(text, "=");
	const struct option_row *row;

	for (size_t i = 0; (row = option_at(i)); i++)
		if (row->argument && text[length] &&
		    strlen(row->name) == length &&
		    !strncmp(row->name, text, length) &&
		    !row->parse(&options, text + length + 1))
			option_values_reports(&options);
	options_free(&options);
}

static const struct target targets[] = {
	{"count", run_count, 64, 1},
	{"duration", run_duration, 64, 1},
	{"decimal", run_decimal, 64, 1},
	{"cpulist", run_cpulist, 64, 4},
	{"places", run_places, 256, 20},
	{"cpus", run_cpus, 64, 20},
	{"cpukind", run_cpukind, 32, 5},
	{"policy", run_policy, 64, 1},
	{"sched", run_sched, 32, 1},
	{"option", run_option, 128, 2},
	{"columns", target_columns, 128, 5},
	{"baseline", target_baseline, 128, 20},
	{"synthetic", target_synthetic, 64, 40},
	{"xml", target_xml, 16384, 80},
	{"tsv", target_tsv, 4096, 5},
};

const struct target *target_at(size_t i)
{
	return i < sizeof targets / sizeof *targets ? &targets[i] : NULL;
}

const struct target *target_find(const char *name)
{
	const struct target *target;

	for (size_t i = 0; (target = target_at(i)); i++)
		if (!strcmp(target->name, name))
			return target;
	return NULL;
}
