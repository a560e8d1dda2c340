/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Machines of all shapes, read and held against what hwloc-calc says of them.
 */
#include <config.h>

#include "topology/topology.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TEXT_MAX     1024

/* Columns of numbers in the order of PUs, `-` for none; a column that is
 * NULL has none at all. */
static const struct machine_case {
	const char *input;  /* a name in tests/topologies, or a description */
	const char *levels; /* their names and how many there are of each */
	const char *states; /* by CPU number, as in state_letters */
	const char *os, *core, *die, *package, *l2, *l3, *llc, *numa, *kind;
	unsigned cores; /* with a usable PU */
} cases[] = {
	{
		.input = "hybrid.xml",
		.levels = "machine:1 package:1 numanode:1 l3:1 l2:3 l1d:6 "
			  "core:6 pu:8",
		.states = "uuuuuuuu",
		.os = "0 1 2 3 4 5 6 7",
		.core = "0 0 1 1 2 3 4 5",
		.package = "0 0 0 0 0 0 0 0",
		.l2 = "0 0 1 1 2 2 2 2",
		.l3 = "0 0 0 0 0 0 0 0",
		.llc = "0 0 0 0 0 0 0 0",
		.numa = "0 0 0 0 0 0 0 0",
		.kind = "1 1 1 1 0 0 0 0",
		.cores = 6,
	},
	{
		/* hwloc has cores 0 and 1 below their caches, 2 and 3 above. */
		.input = "depths.xml",
		.levels = "machine:1 numanode:1 package:2 l3:2 l2:4 core:4 "
			  "l1d:6 pu:6",
		.states = "uccuuuuu",
		.os = "0 3 4 5 6 7",
		.core = "0 1 2 2 3 3",
		.package = "0 0 1 1 1 1",
		.l2 = "0 1 2 2 3 3",
		.l3 = "0 0 1 1 1 1",
		.llc = "0 0 1 1 1 1",
		.numa = "0 0 0 0 0 0",
		.cores = 4,
	},
	{
		.input = "no-cores.xml",
		.levels = "machine:1 numanode:1 package:2 pu:3",
		.states = "ucuu",
		.os = "0 2 3",
		.package = "0 1 1",
		.numa = "0 0 0",
		.cores = 3,
	},
	{
		/* Node 1 has no memory; node 8, without CPUs, is not near. */
		.input = "nodes.xml",
		.levels = "machine:1 package:2 numanode:3 core:4 group:1 pu:4",
		.states = "uuuu",
		.os = "0 1 2 3",
		.core = "0 1 2 3",
		.package = "0 0 1 1",
		.numa = "0 0 0 0",
		.cores = 4,
	},
	{
		.input = "offline.xml",
		.levels = "machine:1 numanode:1 package:2 l3:2 l2:4 l1d:4 "
			  "core:4 pu:6",
		.states = "uuuc.c..cuuu",
		.os = "0 2 10 1 9 11",
		.core = "0 1 1 2 2 3",
		.package = "0 0 0 1 1 1",
		.l2 = "0 1 1 2 2 3",
		.l3 = "0 0 0 1 1 1",
		.llc = "0 0 0 1 1 1",
		.numa = "0 0 0 0 0 0",
		.cores = 4,
	},
	{
		.input = "sparse.xml",
		.levels = "machine:1 package:2 numanode:2 l2:4 l1d:4 core:4 "
			  "pu:16",
		.states = "u...u...u...u..................."
			  "u...u...u...u..................."
			  "u...u...u...u..................."
			  "u...u...u...u",
		.os = "0 4 8 12 32 36 40 44 64 68 72 76 96 100 104 108",
		.core = "0 0 0 0 1 1 1 1 2 2 2 2 3 3 3 3",
		.package = "0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 1",
		.l2 = "0 0 0 0 1 1 1 1 2 2 2 2 3 3 3 3",
		.llc = "0 0 0 0 1 1 1 1 2 2 2 2 3 3 3 3",
		.numa = "0 0 0 0 0 0 0 0 1 1 1 1 1 1 1 1",
		.cores = 4,
	},
	{
		.input = "groups.xml",
		.levels = "machine:1 group:2 package:4 die:8 numanode:8 "
			  "core:16 pu:16",
		.states = "uuuuuuuuuuuuuuuu",
		.os = "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
		.core = "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
		.die = "0 0 1 1 2 2 3 3 4 4 5 5 6 6 7 7",
		.package = "0 0 0 0 1 1 1 1 2 2 2 2 3 3 3 3",
		.numa = "0 0 1 1 2 2 3 3 4 4 5 5 6 6 7 7",
		.cores = 16,
	},
	{
		.input = "asymmetric.xml",
		.levels = "machine:1 numanode:1 package:2 l3:1 l2:3 l1d:2 "
			  "core:5 pu:5",
		.states = "uuuuu",
		.os = "0 1 2 3 4",
		.core = "0 1 2 3 4",
		.package = "0 0 1 1 1",
		.l2 = "0 1 2 2 -",
		.l3 = "0 0 - - -",
		.llc = "0 0 2 2 -",
		.numa = "0 0 0 0 0",
		.cores = 5,
	},
	{
		.input = "partly.xml",
		.levels = "machine:1 package:1 numanode:1 l2:3 l1d:3 core:3 "
			  "pu:4",
		.states = "ucuccc"
			  "uu",
		.os = "0 2 6 7",
		.core = "0 1 1 2",
		.package = "0 0 0 0",
		.l2 = "0 1 1 2",
		.llc = "0 1 1 2",
		.numa = "0 0 0 0",
		.cores = 3,
	},
	{
		.input = "pu:2",
		.levels = "machine:1 numanode:1 pu:2",
		.states = "uu",
		.os = "0 1",
		.numa = "0 0",
		.cores = 2,
	},
	{
		/* Two nodes for a package: the first is as near. */
		.input = "package:2 [numa] [numa] core:1 "
			 "pu:2(indexes=0,2,1,3)",
		.levels = "machine:1 package:2 numanode:4 core:2 pu:4",
		.states = "uuuu",
		.os = "0 2 1 3",
		.core = "0 0 1 1",
		.package = "0 0 1 1",
		.numa = "0 0 2 2",
		.cores = 2,
	},
};

static const char state_letters[] = {
	[CPU_USABLE] = 'u',	   [CPU_ABSENT] = '.',	    [CPU_OFFLINE] = 'o',
	[CPU_NOT_IN_CPUSET] = 'c', [CPU_NOT_IN_MASK] = 'm',
};

/* " NUMBER", or " -", after what is in `text`. */
static void append(char *text, int number)
{
	size_t used = strlen(text);
	const char *blank = used ? " " : "";

	if (number == NONE)
		snprintf(text + used, TEXT_MAX - used, "%s-", blank);
	else
		snprintf(text + used, TEXT_MAX - used, "%s%d", blank, number);
}

enum column { OS, CORE, DIE, PACKAGE, L2, L3, LLC, NUMA, KIND };

static int column_of(const struct pu *pu, enum column column)
{
	const int values[] = {
		[OS] = (int)pu->os,	 [CORE] = pu->core, [DIE] = pu->die,
		[PACKAGE] = pu->package, [L2] = pu->l2,	    [L3] = pu->l3,
		[LLC] = pu->llc,	 [NUMA] = pu->numa, [KIND] = pu->kind,
	};

	return values[column];
}

static void check_column(const struct machine_case *c,
			 const struct machine *machine, enum column column,
			 const char *name, const char *want)
{
	char got[TEXT_MAX] = "", none[TEXT_MAX] = "";

	for (unsigned i = 0; i < machine->pu_count; i++) {
		append(got, column_of(&machine->pus[i], column));
		append(none, NONE);
	}
	tap_is_text(got, want ? want : none, "%s: %s", c->input, name);
}

static void check_levels(const struct machine_case *c,
			 const struct machine *machine)
{
	char got[TEXT_MAX] = "";

	for (unsigned i = 0; i < machine->level_count; i++) {
		const struct level *level = &machine->levels[i];
		size_t used = strlen(got);

		snprintf(got + used, TEXT_MAX - used, "%s%s:%u",
			 used ? " " : "", level->name, level->count);
	}
	tap_is_text(got, c->levels, "%s: levels", c->input);
}

static void check_states(const struct machine_case *c,
			 const struct machine *machine)
{
	char got[TEXT_MAX] = "";

	for (unsigned os = 0; os < machine->os_count; os++)
		got[os] = state_letters[topology_cpu_state(machine, os)];
	tap_is_text(got, c->states, "%s: states", c->input);
	tap_is_int(topology_cpu_state(machine, machine->os_count), CPU_ABSENT,
		   "%s: none after the last", c->input);
}

/* Objects of a type do not overlap, and a PU's own index of it is that of the
 * object whose range it is in. */
static void check_ranges(const struct machine_case *c,
			 const struct machine *machine, enum level_type type,
			 enum column column)
{
	const struct level *level = topology_level(machine, type);
	unsigned wrong = 0;

	for (unsigned p = 0; level && p < machine->pu_count; p++) {
		int in = NONE;

		for (unsigned i = 0; i < level->count; i++) {
			const struct object *object = &level->objects[i];

			if (p < object->first ||
			    p - object->first >= object->count)
				continue;
			wrong += in != NONE;
			in = (int)i;
		}
		wrong += in != column_of(&machine->pus[p], column);
	}
	tap_is_int(wrong, 0, "%s: ranges of type %d", c->input, type);
}

/* The file's path in the sources, or the description as it is; freed by the
 * caller. */
static char *find_input(const char *input)
{
	const char *sources = getenv("top_srcdir");
	char *path = NULL;
	int length;

	if (!strstr(input, ".xml"))
		return strdup(input);
	length = asprintf(&path, "%s/tests/topologies/%s",
			  sources ? sources : ".", input);
	return length < 0 ? NULL : path;
}

static struct machine *load(const char *input)
{
	struct machine *machine = NULL;
	char *path = find_input(input);

	if (tap_ok(path && topology_load(path, &machine) == 0, "%s: read",
		   input))
		tap_ok(!machine->is_this_system &&
			       !strcmp(machine->why_not, "--input"),
		       "%s: is not this system", input);
	free(path);
	return machine;
}

static void check_case(const struct machine_case *c)
{
	struct machine *machine = load(c->input);

	if (!machine)
		return;
	check_levels(c, machine);
	check_states(c, machine);
	check_column(c, machine, OS, "os", c->os);
	check_column(c, machine, CORE, "core", c->core);
	check_column(c, machine, DIE, "die", c->die);
	check_column(c, machine, PACKAGE, "package", c->package);
	check_column(c, machine, L2, "l2", c->l2);
	check_column(c, machine, L3, "l3", c->l3);
	check_column(c, machine, LLC, "llc", c->llc);
	check_column(c, machine, NUMA, "numa", c->numa);
	check_column(c, machine, KIND, "kind", c->kind);
	check_ranges(c, machine, LEVEL_CORE, CORE);
	check_ranges(c, machine, LEVEL_PACKAGE, PACKAGE);
	check_ranges(c, machine, LEVEL_L2, L2);
	tap_is_int(topology_usable_cores(machine), c->cores, "%s: cores",
		   c->input);
	topology_free(machine);
}

static const struct object *object_of(const struct machine *machine,
				      enum level_type type, unsigned i)
{
	return &topology_level(machine, type)->objects[i];
}

static void check_totals(void)
{
	struct machine *machine = load("partly.xml");
	const struct object *core;

	if (!machine)
		return;
	core = object_of(machine, LEVEL_CORE, 0);
	tap_is_int(core->count, 1, "one PU of the first core is allowed");
	tap_is_int(core->total, 2, "of two");
	tap_is_int(object_of(machine, LEVEL_CORE, 1)->total, 2, "second");
	tap_is_int(object_of(machine, LEVEL_CORE, 2)->os, 3, "core number 3");
	tap_is_int(object_of(machine, LEVEL_MACHINE, 0)->total, 8, "in all");
	topology_free(machine);
}

static void check_empty_node(void)
{
	struct machine *machine = load("nodes.xml");
	const struct object *node;

	if (!machine)
		return;
	node = object_of(machine, LEVEL_NUMA, 2);
	tap_is_int(node->os, 8, "node number 8");
	tap_is_int(node->count, 0, "has no PU");
	tap_is_int(topology_level(machine, LEVEL_NUMA)->depth, NONE,
		   "nodes have no depth");
	topology_free(machine);
}

static void check_kinds(void)
{
	struct machine *machine = load("hybrid.xml");

	if (!machine)
		return;
	if (tap_is_int(machine->kind_count, 2, "two kinds")) {
		tap_is_int(machine->kinds[0].efficiency, 0, "the lower rank");
		tap_is_int(machine->kinds[0].pus, 4, "PUs of that kind");
		tap_is_text(machine->kinds[1].about,
			    "CoreType=IntelCore FrequencyMaxMHz=4800",
			    "about the other");
	}
	topology_free(machine);
}

/* More CPUs than a cpu_set_t of the C library holds. */
static void check_wide(void)
{
	struct machine *machine = load("package:8 l3:4 core:16 pu:4");
	char *text;

	if (!machine)
		return;
	text = topology_usable_text(machine);
	tap_is_text(text, "0-2047", "2,048 CPUs");
	tap_is_int(topology_usable_pus(machine), 2048, "all are usable");
	tap_is_int(topology_usable_cores(machine), 512, "in 512 cores");
	tap_is_int(machine->pus[2047].l3, 31, "the last is in the last L3");
	tap_ok(topology_core_key(machine, 4) == topology_core_key(machine, 7) &&
		       topology_core_key(machine, 4) !=
			       topology_core_key(machine, 8),
	       "siblings have one key, neighbours two");
	free(text);
	topology_free(machine);
}

int main(void)
{
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(&cases[i]);
	check_totals();
	check_empty_node();
	check_kinds();
	check_wide();
	return tap_done();
}
