/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "plan/places.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"
#include "plan/places-build.h"

/* The kind with the lowest (`sign` 1) or highest (-1) rank, or NONE where
 * hwloc does not rank them. */
static int ranked_kind(const struct machine *machine, int sign)
{
	int best = NONE;

	for (unsigned i = 0; i < machine->kind_count; i++) {
		int rank = machine->kinds[i].efficiency;

		if (rank == NONE)
			return NONE;
		if (best == NONE ||
		    sign * rank < sign * machine->kinds[best].efficiency)
			best = (int)i;
	}
	return best;
}

/* Counted from the most efficient kind, or back from the fastest. */
static const struct {
	const char *name;
	int rank;
} kinds[] = {{"efficient", 1}, {"performance", -1}};

#define KINDS (sizeof(kinds) / sizeof(*kinds))

const char *places_cpukind(size_t i)
{
	return i < KINDS ? kinds[i].name : NULL;
}

/* 0: no word. */
static int rank_of(const char *text)
{
	for (size_t i = 0; i < KINDS; i++)
		if (!strcmp(text, kinds[i].name))
			return kinds[i].rank;
	return 0;
}

static int parse_kind(struct places_build *build, const char *text)
{
	const struct machine *machine = build->machine;
	size_t length = strlen(text);
	int rank = rank_of(text);
	char *end;

	if (!machine->kind_count)
		return places_error(build, text, length, false,
				    "the kinds of this machine's CPUs are not "
				    "known; leave out --cpukind");
	if (rank) {
		build->kind = ranked_kind(machine, rank);
		if (build->kind == NONE)
			return places_error(build, text, length, false,
					    "hwloc does not rank this "
					    "machine's CPU kinds; give a "
					    "number from 0 to %u",
					    machine->kind_count - 1);
	} else {
		unsigned long n;

		errno = 0;
		n = strtoul(text, &end, 10);
		if (!isdigit((unsigned char)*text) || *end)
			return places_error(build, text, length, false,
					    "not a CPU kind: %s, %s, or a "
					    "number",
					    kinds[0].name, kinds[1].name);
		if (errno || n >= machine->kind_count)
			return places_error(build, text, length, false,
					    "no such CPU kind, only 0 to %u",
					    machine->kind_count - 1);
		build->kind = (int)n;
	}
	return 0;
}

static int find_eligible(struct places_build *build)
{
	const struct machine *machine = build->machine;
	bool no_smt = build->filter && build->filter->no_smt;
	unsigned count = 0, served = 0;
	bool any = false;

	build->eligible = calloc(machine->pu_count + 1, sizeof(unsigned));
	build->before = calloc(machine->pu_count + 1, sizeof(unsigned));
	if (!build->eligible || !build->before)
		return -ENOMEM;
	for (unsigned i = 0; i < machine->pu_count; i++) {
		const struct pu *pu = &machine->pus[i];
		unsigned core = topology_core_key(machine, i);
		bool sibling = no_smt && any && served == core;

		build->before[i] = count;
		if (!pu->usable || sibling)
			continue;
		served = core;
		any = true;
		if (build->kind == NONE || pu->kind == build->kind)
			build->eligible[count++] = i;
	}
	build->before[machine->pu_count] = count;
	if (count)
		return 0;
	if (build->kind == NONE)
		return places_error(build, NULL, 0, true, "no CPU can be used");
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): has a kind */
	return places_error(build, build->filter->cpukind,
			    strlen(build->filter->cpukind), true,
			    "no usable CPU is of that kind");
}

/* Count the distinct PUs and cores of all places. */
static int count_distinct(struct places *places, const struct machine *machine)
{
	unsigned char *marks = calloc(machine->pu_count + 1, 1);
	unsigned last = 0;

	if (!marks)
		return -ENOMEM;
	for (size_t i = 0; i < places->pu_count; i++)
		marks[places->pus[i]] = 1;
	for (unsigned i = 0; i < machine->pu_count; i++) {
		unsigned core = topology_core_key(machine, i);

		if (!marks[i])
			continue;
		places->cores += !places->distinct_pus || core != last;
		places->distinct_pus++;
		last = core;
	}
	free(marks);
	return 0;
}

static int end(struct places_build *build, int err)
{
	if (!err)
		err = count_distinct(build->places, build->machine);
	free(build->eligible);
	build->places->before = build->before;
	if (err)
		places_free(build->places);
	return err;
}

static int begin(struct places_build *build, const char *text,
		 const struct machine *machine,
		 const struct places_filter *filter, struct places *places,
		 char *error)
{
	int err = 0;

	*error = '\0';
	*places = (struct places){.text = strdup(text)};
	*build = (struct places_build){.machine = machine,
				       .filter = filter,
				       .kind = NONE,
				       .places = places,
				       .error = error};
	if (!places->text)
		return -ENOMEM;
	if (filter && filter->cpukind)
		err = parse_kind(build, filter->cpukind);
	return err ? err : find_eligible(build);
}

int places_parse(const char *text, const struct machine *machine,
		 const struct places_filter *filter, struct places *places,
		 char error[PLACES_ERROR_MAX])
{
	struct places_build build;
	int err = begin(&build, text, machine, filter, places, error);

	if (!err)
		err = places_is_word(text)
			      ? places_parse_word(&build, text)
			      : places_parse_locations(&build, text);
	return end(&build, err);
}

static int add_cpus(struct places_build *build, const char *text,
		    const struct cpulist *list)
{
	const struct machine *machine = build->machine;
	int err = 0;

	for (size_t i = 0; i < list->count && !err; i++) {
		unsigned pu, cpu = list->cpus[i];

		if (topology_cpu_state(machine, cpu) != CPU_USABLE)
			return places_refuse(build, text, strlen(text),
					     list->cpus, list->count);
		pu = (unsigned)machine->pu_of_os[cpu];
		if (!places_eligible(build, pu, 1))
			return places_refuse(build, text, strlen(text),
					     list->cpus, list->count);
		err = places_add_pus(build, &pu, 1);
	}
	return err;
}

static int parse_cpus(struct places_build *build, const char *text)
{
	struct cpulist list;
	size_t bad = 0;
	int err = cpulist_parse(text, &list, &bad);

	if (err == -ENOMEM)
		return err;
	if (err)
		return places_error(
			build, text + bad, strcspn(text + bad, ","), false,
			err == -ERANGE
				? "a number, or a list, that is too large"
				: "not a list of CPU numbers, as "
				  "0,4-6 or 0-10:2");
	err = add_cpus(build, text, &list);
	cpulist_free(&list);
	return err;
}

int places_from_cpus(const char *text, const struct machine *machine,
		     const struct places_filter *filter, struct places *places,
		     char error[PLACES_ERROR_MAX])
{
	struct places_build build;
	int err = begin(&build, text, machine, filter, places, error);

	if (!err)
		err = parse_cpus(&build, text);
	return end(&build, err);
}

void places_free(struct places *places)
{
	free(places->places);
	free(places->pus);
	free(places->text);
	free(places->before);
	*places = (struct places){0};
}
