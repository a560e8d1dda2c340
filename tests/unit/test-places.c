/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machines.h"
#include "plan/places.h"
#include "tap.h"

/* Two packages of two cores of two threads. */
#define PLAIN "[(uu)(uu)][(uu)(uu)]"
/* As PLAIN, with nodes and caches that are no packages. */
#define RICH "[{<(uu)>}{<(uu)>}][{<(uu)(uu)>}]"
/* Performance cores with siblings, efficient ones without. */
#define HYBRID "[(11)(11)(0)(0)]"

/* What is given as `--cpu-list`. */
#define CPUS "cpus="

/* PLACES, or CPUS and a list, as the CPU numbers of each place. */
static int parse(const char *text, const struct machine *machine,
		 const struct places_filter *filter, struct places *places,
		 char *error)
{
	size_t prefix = strlen(CPUS);

	if (!strncmp(text, CPUS, prefix))
		return places_from_cpus(text + prefix, machine, filter, places,
					error);
	return places_parse(text, machine, filter, places, error);
}

static void spell(const struct places *places, const struct machine *machine,
		  char *text, size_t size)
{
	size_t used = 0;

	*text = '\0';
	for (size_t i = 0; i < places->count; i++)
		for (size_t j = 0; j < places->places[i].count; j++) {
			size_t at = places->places[i].first + j;

			used = strlen(text);
			snprintf(text + used, size - used, "%s%u",
				 j   ? ","
				 : i ? " "
				     : "",
				 machine->pus[places->pus[at]].os);
		}
}

static const struct {
	const char *drawing, *text;
	const char *want; /* CPUs, or NULL and the error: */
	const char *error;
	struct places_filter filter;
} cases[] = {
	/* Words */
	{PLAIN, "cores", .want = "0,1 2,3 4,5 6,7"},
	{PLAIN, "Cores", .want = "0,1 2,3 4,5 6,7"},
	{PLAIN, "cores(1)", .want = "0,1"},
	{PLAIN, "cores(4)", .want = "0,1 2,3 4,5 6,7"},
	{PLAIN, "threads(3)", .want = "0 1 2"},
	{PLAIN, "sockets", .want = "0,1,2,3 4,5,6,7"},
	{PLAIN, "numa_domains", .want = "0,1,2,3,4,5,6,7"},
	{RICH, "numa_domains", .want = "0,1 2,3 4,5,6,7"},
	{RICH, "ll_caches", .want = "0,1 2,3 4,5,6,7"},
	{RICH, "ll_caches(2)", .want = "0,1 2,3"},
	{"(um)(mm)(ou)", "cores", .want = "0 5"},
	{"[(um)][(mm)][(uu)]", "sockets", .want = "0 4,5"},
	{"uum", "cores", .want = "0 1"},
	{"{(uu)}{}{(uu)}", "numa_domains", .want = "0,1 2,3"},
	{"{{(uu)}{(uu)}}", "numa_domains", .want = "0,1 2,3"},
	/* Chains, relative to what stands before the dot */
	{PLAIN, "core:0", .want = "0,1"},
	{PLAIN, "core:1-2", .want = "2,3 4,5"},
	{PLAIN, "core:2-", .want = "4,5 6,7"},
	{PLAIN, "core:all", .want = "0,1 2,3 4,5 6,7"},
	{PLAIN, "core:odd", .want = "2,3 6,7"},
	{PLAIN, "core:even", .want = "0,1 4,5"},
	{PLAIN, "core:3:2", .want = "6,7 0,1"},
	{PLAIN, "core:2:4", .want = "4,5 6,7 0,1 2,3"},
	{PLAIN, "package:1.core:0", .want = "4,5"},
	{PLAIN, "package:1.core:1:2", .want = "6,7 4,5"},
	{PLAIN, "package:all.core:odd.pu:0", .want = "2 6"},
	{PLAIN, "core:all.pu:1", .want = "1 3 5 7"},
	{PLAIN, "machine:0.package:0.pu:3", .want = "3"},
	{PLAIN, "core:3,core:0", .want = "6,7 0,1"},
	{PLAIN, "core:0,core:0", .want = "0,1 0,1"},
	{PLAIN, "core:1.core:0", .want = "2,3"},
	{RICH, "l3:2.core:1.pu:0", .want = "6"},
	{RICH, "numa:0-1", .want = "0,1 2,3"},
	{RICH, "package:0.numa:1.pu:all", .want = "2 3"},
	{"{{(uu)}{(uu)}}", "numa:0.numa:0", .want = "0,1,2,3"},
	{"{{(uu)}{(uu)}}", "numa:0.numa:all", .want = "0,1,2,3"},
	{"{{(uu)}{(uu)}}", "numa:0.core:1", .want = "2,3"},
	{"/(uu)\\/(uu)\\", "group:1", .want = "2,3"},
	{"/(uu)\\/(uu)\\", "group0:0", .want = "0,1"},
	/* Open selections pass by what cannot be used */
	{"(um)(mm)(uu)", "core:all", .want = "0 4,5"},
	{"(um)(mm)(uu)", "pu:odd", .want = "5"},
	{"[(um)][(mm)][(uu)]", "package:all.core:0", .want = "0 4,5"},
	/* Names, as hwloc takes them */
	{RICH, "PACKAGE:0", .want = "0,1,2,3"},
	{RICH, "Socket:0", .want = "0,1,2,3"},
	{RICH, "pa:0", .want = "0,1,2,3"},
	{RICH, "so:0", .want = "0,1,2,3"},
	{RICH, "NUMANode:0", .want = "0,1"},
	{RICH, "node:0", .want = "0,1"},
	{RICH, "nu:0", .want = "0,1"},
	{RICH, "L3:0", .want = "0,1"},
	{RICH, "l3u:0", .want = "0,1"},
	{RICH, "L3dCache:0", .want = "0,1"},
	{RICH, "l3ca:0", .want = "0,1"},
	{RICH, "co:0", .want = "0,1"},
	{RICH, "PU:0", .want = "0"},
	{RICH, "ma:0", .want = "0,1,2,3,4,5,6,7"},
	/* Braces: one place */
	{PLAIN, "{pu:0,pu:4}", .want = "0,4"},
	{PLAIN, "{pu:4,pu:0}", .want = "4,0"},
	{PLAIN, "{core:0,pu:1,pu:2}", .want = "0,1,2"},
	{PLAIN, "{core:all.pu:0}", .want = "0,2,4,6"},
	{PLAIN, "{pu:0},core:1,{pu:6-7,pu:0}", .want = "0 2,3 6,7,0"},
	/* CPU numbers */
	{PLAIN, CPUS "0,4-6", .want = "0 4 5 6"},
	{PLAIN, CPUS "7,0,7", .want = "7 0 7"},
	{PLAIN, CPUS "1-7:2", .want = "1 3 5 7"},
	/* Filters */
	{PLAIN, "cores", .filter.no_smt = true, .want = "0 2 4 6"},
	{PLAIN, "threads", .filter.no_smt = true, .want = "0 2 4 6"},
	{PLAIN, "pu:all", .filter.no_smt = true, .want = "0 2 4 6"},
	{PLAIN, "package:1", .filter.no_smt = true, .want = "4,6"},
	{"(mu)(uu)", "threads", .filter.no_smt = true, .want = "1 2"},
	{"(mu)(uu)", CPUS "1", .filter.no_smt = true, .want = "1"},
	{"uuu", "threads", .filter.no_smt = true, .want = "0 1 2"},
	{HYBRID, "cores", .filter.cpukind = "efficient", .want = "4 5"},
	{HYBRID, "cores", .filter.cpukind = "performance", .want = "0,1 2,3"},
	{HYBRID, "cores", .filter.cpukind = "0", .want = "4 5"},
	{HYBRID, "pu:all", .filter = {true, "1"}, .want = "0 2"},
	{HYBRID, "package:0", .filter.cpukind = "0", .want = "4,5"},
	/* Indexes that are not there, or not to be used */
	{PLAIN, "core:4",
	 .error = "'core:4': no core 4 on this machine, only 0-3; usable "
		  "CPUs: 0-7"},
	{PLAIN, "core:2-9",
	 .error = "'core:2-9': no core 4-9 on this machine, only 0-3; usable "
		  "CPUs: 0-7"},
	{PLAIN, "core:0,core:9",
	 .error = "'core:9': no core 9 on this machine, only 0-3; usable "
		  "CPUs: 0-7"},
	{PLAIN, "package:1.core:2",
	 .error = "'package:1.core:2': no core 2 in package 1, only 0-1; "
		  "usable CPUs: 0-7"},
	{PLAIN, "core:0:5",
	 .error = "'core:0:5': 5 objects of type core named, only 4 on this "
		  "machine; usable CPUs: 0-7"},
	{PLAIN, "core:4:1",
	 .error = "'core:4:1': no core 4 on this machine, only 0-3; usable "
		  "CPUs: 0-7"},
	{PLAIN, "pu:0.core:0",
	 .error = "'pu:0.core:0': no core 0 in pu 0, which has none; usable "
		  "CPUs: 0-7"},
	{PLAIN, "core:9-",
	 .error = "'core:9-': nothing there can be used; usable CPUs: 0-7"},
	{PLAIN, "pu:99999999999999999999",
	 .error = "'pu:99999999999999999999': no pu 2147483647 on this "
		  "machine, only 0-7; usable CPUs: 0-7"},
	{"(um)(mm)(uu)", "core:1",
	 .error = "'core:1': CPU 2,3 is not in the affinity mask; usable "
		  "CPUs: 0,4,5"},
	{"(um)(mm)(uu)", "core:all.pu:1",
	 .error = "'core:all.pu:1': CPU 1 is not in the affinity mask; usable "
		  "CPUs: 0,4,5"},
	{"(um)(mm)(uu)", "{pu:0,pu:3}",
	 .error = "'pu:3': CPU 3 is not in the affinity mask; usable CPUs: "
		  "0,4,5"},
	{"{(uu)}{}", "numa:1",
	 .error = "'numa:1': numanode 1 has no CPUs; usable CPUs: 0,1"},
	{"(uu)(mo)(cu)", CPUS "0-5,9",
	 .error = "'0-5,9': CPU 2 is not in the affinity mask; CPU 3 is "
		  "offline; CPU 4 is not in the cpuset; CPU 9 does not "
		  "exist; usable CPUs: 0,1,5"},
	{"mmm", "cores", .error = "no CPU can be used; usable CPUs: none"},
	{"(uu)", "{numa:0.numa:1}",
	 .error = "'numa:0.numa:1': no numanode 1 in numanode 0, only 0; "
		  "usable CPUs: 0,1"},
	/* Counts */
	{PLAIN, "cores(5)",
	 .error = "'cores(5)': 5 asked for, but only 4 can be used; usable "
		  "CPUs: 0-7"},
	{PLAIN, "cores(0)",
	 .error = "'cores(0)': not a number of places; write cores(4) for "
		  "the first four"},
	{PLAIN, "cores()",
	 .error = "'cores()': not a number of places; write cores(4) for the "
		  "first four"},
	{PLAIN, "cores(2",
	 .error = "'cores(2': not a number of places; write cores(4) for the "
		  "first four"},
	{PLAIN, "cores(2)x",
	 .error = "'cores(2)x': not a number of places; write cores(4) for "
		  "the first four"},
	/* Levels that the machine lacks */
	{PLAIN, "ll_caches",
	 .error = "'ll_caches': this machine has no caches to place by; "
		  "usable CPUs: 0-7"},
	{"uu", "sockets",
	 .error = "'sockets': this machine has no packages to place by; "
		  "usable CPUs: 0,1"},
	{"uu", "core:0",
	 .error = "'core:0': this machine has no objects of type core; usable "
		  "CPUs: 0,1"},
	{PLAIN, "die:0",
	 .error = "'die:0': this machine has no objects of type die; usable "
		  "CPUs: 0-7"},
	{"/u\\", "group1:0",
	 .error = "'group1:0': no group1 on this machine, only group0 to "
		  "group0"},
	/* Filters */
	{PLAIN, CPUS "0,1,3", .filter.no_smt = true,
	 .error = "'0,1,3': CPU 1,3 is not the first of its core, as --no-smt "
		  "asks; usable CPUs: 0-7"},
	{PLAIN, "pu:0-1", .filter.no_smt = true,
	 .error = "'pu:0-1': CPU 1 is not the first of its core, as --no-smt "
		  "asks; usable CPUs: 0-7"},
	{HYBRID, "core:1-2", .filter.cpukind = "efficient",
	 .error = "'core:1-2': CPU 2,3 is not of the kind 'efficient'; usable "
		  "CPUs: 0-5"},
	{HYBRID, CPUS "4,0", .filter.cpukind = "0",
	 .error = "'4,0': CPU 0 is not of the kind '0'; usable CPUs: 0-5"},
	{HYBRID, "cores", .filter.cpukind = "2",
	 .error = "'2': no such CPU kind, only 0 to 1"},
	{HYBRID, "cores", .filter.cpukind = "fast",
	 .error = "'fast': not a CPU kind: efficient, performance, or a "
		  "number"},
	{HYBRID, "cores", .filter.cpukind = "",
	 .error = "'': not a CPU kind: efficient, performance, or a number"},
	{PLAIN, "cores", .filter.cpukind = "efficient",
	 .error = "'efficient': the kinds of this machine's CPUs are not "
		  "known; leave out --cpukind"},
	/* Not locations */
	{PLAIN, "0-3",
	 .error = "'0-3': a bare number: give --cpu-list for the operating "
		  "system's CPU numbers, or pu:INDEX for hwloc's"},
	{PLAIN, "core:0,4",
	 .error = "'4': a bare number: give --cpu-list for the operating "
		  "system's CPU numbers, or pu:INDEX for hwloc's"},
	{PLAIN, "core",
	 .error = "'core': not a location; write TYPE:INDEX, as core:0-3 or "
		  "package:1.core:all"},
	{PLAIN, "nosuch:0",
	 .error = "'nosuch:0': 'nosuch' is none of machine, group, package, "
		  "die, numanode, l1 to l5, l1i to l3i, core, pu"},
	{PLAIN, "core:x",
	 .error = "'core:x': 'x' is no index; write 2, 2-5, 2-, 6:4 (4 from "
		  "6), all, odd or even"},
	{PLAIN, "{core:0", .error = "'{core:0': the closing brace is missing"},
	{PLAIN, "{core:0}core:1",
	 .error = "'{core:0}core:1': a comma is missing before 'core:1'"},
	{PLAIN, "",
	 .error = "'': not a location; write TYPE:INDEX, as core:0-3 or "
		  "package:1.core:all"},
	{PLAIN, CPUS "0,3-1",
	 .error = "'3-1': not a list of CPU numbers, as 0,4-6 or 0-10:2"},
};

static void test_cases(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct machine *machine = machine_draw(cases[i].drawing, NULL);
		struct places places;
		char got[256], error[PLACES_ERROR_MAX];
		int err = parse(cases[i].text, machine, &cases[i].filter,
				&places, error);

		spell(&places, machine, got, sizeof(got));
		tap_is_text(err ? error : got,
			    cases[i].want ? cases[i].want : cases[i].error,
			    "%s of %s", cases[i].text, cases[i].drawing);
		places_free(&places);
		topology_free(machine);
	}
}

/* Each is refused, with some error. */
static const char *const refused[] = {
	"core:",
	"core:-1",
	"core:1-0",
	"core:1:0",
	"core:1:",
	"core:1-2-3",
	"core:1:2:3",
	"core:+1",
	"core: 1",
	"core:0x1",
	"core:0 ",
	" core:0",
	"core:All",
	"core:allx",
	"core:0.",
	".core:0",
	"core:0..pu:0",
	"core:0.pu",
	"c:0",
	"p:0",
	"corex:0",
	"cores:0",
	"cor e:0",
	"core0:0",
	"l0:0",
	"l6:0",
	"l4i:0",
	"l1x:0",
	"l:0",
	"l3cachex:0",
	"root",
	"all",
	"all:0",
	"~core:0",
	"x,core:0",
	"^core:0",
	"P#0",
	"core:P#0",
	"core:0,",
	",core:0",
	"core:0,,pu:1",
	"{}",
	"{core:0,}",
	"{{core:0}}",
	"core:0}",
	"}",
	"{",
	"{core:0},",
	"{0,1}",
	"misc:0",
	"pci:0",
	"os:0",
	"memcache:0",
	"core[0]:0",
	"2:0",
	"0x3",
	"group:0",
	"cores,core:0",
	"threads(-1)",
	"cores(1)(1)",
	"cores(99999999999999999999)",
};

static void test_refused(void)
{
	struct machine *machine = machine_draw(PLAIN, NULL);

	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		struct places places;
		char error[PLACES_ERROR_MAX];
		int err =
			places_parse(refused[i], machine, NULL, &places, error);

		tap_ok(err == -EINVAL && *error && !places.places,
		       "'%s' is refused: %s", refused[i], error);
		places_free(&places);
	}
	topology_free(machine);
}

/* A long argument is cut, and so is what does not fit. */
static void test_long(void)
{
	struct machine *machine = machine_draw(PLAIN, NULL);
	static char text[100000];
	struct places places;
	char error[PLACES_ERROR_MAX];

	memset(text, 'x', sizeof(text) - 1);
	tap_is_int(places_parse(text, machine, NULL, &places, error), -EINVAL,
		   "a long argument is refused");
	tap_ok(strlen(error) < PLACES_ERROR_MAX && strstr(error, "..."),
	       "and quoted in part");
	for (size_t i = 0; i + 1 < sizeof(text); i++)
		text[i] = i % 2 ? ',' : '9';
	text[sizeof(text) - 2] = '9';
	tap_is_int(places_from_cpus(text, machine, NULL, &places, error),
		   -EINVAL, "a long list is refused");
	tap_ok(strstr(error, "CPU 9 does not exist") != NULL,
	       "with each CPU named once");
	topology_free(machine);
}

static const struct {
	const char *drawing, *text;
	size_t cores, pus;
} counts[] = {
	{PLAIN, "cores", 4, 8},	     {PLAIN, "core:all.pu:0", 4, 4},
	{PLAIN, "threads(3)", 2, 3}, {PLAIN, CPUS "0,0,1,7", 2, 3},
	{PLAIN, "machine:0", 4, 8},  {"uuuu", "threads", 4, 4},
	{"(um)(uu)", "cores", 2, 3}, {PLAIN, "{pu:7,pu:0},pu:6", 2, 3},
};

static void test_counts(void)
{
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
		struct machine *machine = machine_draw(counts[i].drawing, NULL);
		struct places places;
		char error[PLACES_ERROR_MAX];

		if (parse(counts[i].text, machine, NULL, &places, error))
			tap_ok(false, "%s", error);
		tap_ok(places.cores == counts[i].cores &&
			       places.distinct_pus == counts[i].pus,
		       "%s of %s: %zu cores, %zu PUs", counts[i].text,
		       counts[i].drawing, places.cores, places.distinct_pus);
		tap_is_text(places.text,
			    strncmp(counts[i].text, CPUS, strlen(CPUS))
				    ? counts[i].text
				    : counts[i].text + strlen(CPUS),
			    "kept as asked");
		places_free(&places);
		topology_free(machine);
	}
}

/* What hwloc knows of a machine of two kinds may be less. */
static void test_kinds(void)
{
	struct machine *machine = machine_draw(HYBRID, NULL);
	struct places_filter filter = {.cpukind = "efficient"};
	char error[PLACES_ERROR_MAX];
	struct places places;

	for (unsigned i = 0; i < machine->pu_count; i++) {
		struct pu *pu = &machine->pus[i];

		if (pu->kind)
			continue;
		pu->usable = false;
		machine->state_of_os[pu->os] = CPU_NOT_IN_MASK;
	}
	places_parse("cores", machine, &filter, &places, error);
	tap_is_text(error,
		    "'efficient': no usable CPU is of that kind; usable "
		    "CPUs: 0-3",
		    "a kind that is not to be used");
	machine->kinds[0].efficiency = NONE;
	places_parse("cores", machine, &filter, &places, error);
	tap_is_text(error,
		    "'efficient': hwloc does not rank this machine's CPU "
		    "kinds; give a number from 0 to 1",
		    "kinds without a rank");
	topology_free(machine);
}

/* Every other CPU: no list of ranges is short. */
static void test_many_usable(void)
{
	static char drawing[1001];
	struct machine *machine;
	char error[PLACES_ERROR_MAX];
	struct places places;

	for (size_t i = 0; i + 1 < sizeof drawing; i++)
		drawing[i] = i % 2 ? 'm' : 'u';
	machine = machine_draw(drawing, NULL);
	places_parse("pu:1000", machine, NULL, &places, error);
	tap_ok(strlen(error) == PLACES_ERROR_MAX - 1 &&
		       !strcmp(error + PLACES_ERROR_MAX - 4, "..."),
	       "a long list of usable CPUs is cut");
	topology_free(machine);
}

int main(void)
{
	test_cases();
	test_refused();
	test_long();
	test_counts();
	test_kinds();
	test_many_usable();
	return tap_done();
}
