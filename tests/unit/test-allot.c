/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who takes what of the CPUs that the ranks of a host were given.
 */
#include <config.h>

#include "ranks/allot.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/cpulist.h"
#include "machines.h"
#include "tap.h"

enum { RANKS_MAX = 8 };

/* Two packages of two cores of two threads. */
#define SMALL "[(uu)(uu)][(uu)(uu)]"

/* What each rank was given, and takes: lists of CPUs. */
static const struct {
	const char *drawing;
	const char *given[RANKS_MAX + 1], *own[RANKS_MAX];
	enum allotment allotment[RANKS_MAX];
} cases[] = {
	{SMALL, {"0-7"}, {"0-7"}, {ALLOT_GIVEN}},
	{SMALL, {"0-3", "4-7"}, {"0-3", "4-7"}, {ALLOT_GIVEN, ALLOT_GIVEN}},
	{SMALL, {"0-7", "0-7"}, {"0-3", "4-7"}, {ALLOT_SPLIT, ALLOT_SPLIT}},
	{SMALL,
	 {"0-7", "0-7", "0-7"},
	 {"0-3", "4,5", "6,7"},
	 {ALLOT_SPLIT, ALLOT_SPLIT, ALLOT_SPLIT}},
	/* Cores for three, PUs for five. */
	{SMALL,
	 {"0-7", "0-7", "0-7", "0-7", "0-7"},
	 {"0,1", "2,3", "4,5", "6", "7"},
	 {ALLOT_SPLIT, ALLOT_SPLIT, ALLOT_SPLIT, ALLOT_SPLIT, ALLOT_SPLIT}},
	/* Halves of cores are cores. */
	{SMALL, {"1,3,5", "1,3,5"}, {"1,3", "5"}, {ALLOT_SPLIT, ALLOT_SPLIT}},
	/* Only those with the very same set. */
	{SMALL,
	 {"0-3", "4-7", "0-3"},
	 {"0,1", "4-7", "2,3"},
	 {ALLOT_SPLIT, ALLOT_GIVEN, ALLOT_SPLIT}},
	{SMALL, {"0-7", "0-3"}, {"0-7", "0-3"}, {ALLOT_OVERLAP, ALLOT_OVERLAP}},
	{SMALL,
	 {"0-3", "0-3", "3,4", "6,7"},
	 {"0-3", "0-3", "3,4", "6,7"},
	 {ALLOT_OVERLAP, ALLOT_OVERLAP, ALLOT_OVERLAP, ALLOT_GIVEN}},
	{SMALL,
	 {"0,1", "0,1", "0,1", "0,1", "0,1"},
	 {"0", "0", "0", "1", "1"},
	 {ALLOT_SHARED, ALLOT_SHARED, ALLOT_SHARED, ALLOT_SHARED,
	  ALLOT_SHARED}},
	/* A hole in the numbering, and a machine without cores. */
	{"[(u-u)(u)]",
	 {"0,2,3", "0,2,3"},
	 {"0,2", "3"},
	 {ALLOT_SPLIT, ALLOT_SPLIT}},
	{"[uuuu]", {"0-3", "0-3"}, {"0,1", "2,3"}, {ALLOT_SPLIT, ALLOT_SPLIT}},
};

static void fill(const char *list, struct cpuset *set)
{
	struct cpulist cpus = {0};

	if (cpuset_init(set, 64) || cpulist_parse(list, &cpus, NULL))
		exit(EXIT_FAILURE);
	for (size_t i = 0; i < cpus.count; i++)
		cpuset_add(set, cpus.cpus[i]);
	cpulist_free(&cpus);
}

static void show(const struct cpuset *set, char *text, size_t size)
{
	unsigned cpus[64];
	size_t count = 0;

	for (unsigned os = 0; os < 64; os++)
		if (cpuset_has(set, os))
			cpus[count++] = os;
	cpulist_format(cpus, count, text, size);
}

static void check_rank(const struct machine *machine, const struct cpuset *sets,
		       size_t count, size_t c, size_t rank)
{
	struct cpuset own;
	enum allotment allotment;
	char text[200];

	if (cpuset_init(&own, machine->os_count))
		exit(EXIT_FAILURE);
	allotment = allot(machine, sets, count, rank, &own);
	show(&own, text, sizeof text);
	tap_is_text(text, cases[c].own[rank], "case %zu: what rank %zu takes",
		    c, rank);
	tap_is_text(allot_name(allotment), allot_name(cases[c].allotment[rank]),
		    "and how it came by "
		    "that");
	cpuset_free(&own);
}

static void check_case(size_t c)
{
	struct machine *machine = machine_draw(cases[c].drawing, NULL);
	struct cpuset sets[RANKS_MAX];
	size_t count = 0;

	for (; cases[c].given[count]; count++)
		fill(cases[c].given[count], &sets[count]);
	for (size_t rank = 0; rank < count; rank++)
		check_rank(machine, sets, count, c, rank);
	for (size_t i = 0; i < count; i++)
		cpuset_free(&sets[i]);
	topology_free(machine);
}

int main(void)
{
	for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
		check_case(c);
	return tap_done();
}
