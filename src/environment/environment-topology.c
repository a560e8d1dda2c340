/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that the topology gives, which may be that of another machine. */
#include <config.h>

#include <inttypes.h>
#include <stdlib.h>

#include "environment/environment-source.h"

static char *read_hwloc_version(struct environment_source *s,
				const char *argument)
{
	(void)argument;
	if (!s->machine->hwloc_version)
		return NULL;
	return source_format(s, "%s", s->machine->hwloc_version);
}

static char *read_topology_source(struct environment_source *s,
				  const char *argument)
{
	(void)argument;
	if (s->machine->is_this_system)
		return source_format(s, "%s", "this machine");
	if (!s->machine->why_not)
		return NULL;
	return source_format(s, "%s", s->machine->why_not);
}

static char *read_discovery(struct environment_source *s, const char *argument)
{
	(void)argument;
	return source_format(s, "%" PRId64, s->machine->discovery_ns);
}

/* "0: 8 PUs CoreType=IntelAtom; 1: 12 PUs CoreType=IntelCore" */
static char *read_kinds(struct environment_source *s, const char *argument)
{
	const struct cpu_kind *kind = s->machine->kinds;
	const struct cpu_kind *end = kind + s->machine->kind_count;
	char *list = NULL, *longer;

	(void)argument;
	for (; kind < end; kind++) {
		longer = source_format(s, "%s%s%d: %u PUs%s%s",
				       list ? list : "", list ? "; " : "",
				       (int)(kind - s->machine->kinds),
				       kind->pus, kind->about ? " " : "",
				       kind->about ? kind->about : "");
		free(list);
		list = longer;
		if (!list)
			return NULL;
	}
	return list;
}

static char *count_level(struct environment_source *s, enum level_type type)
{
	const struct level *level = topology_level(s->machine, type);

	return level ? source_format(s, "%u", level->count) : NULL;
}

/* A reader for each level: the row's argument is text. */
#define LEVEL_READER(name, type)                                               \
	static char *name(struct environment_source *s, const char *argument)  \
	{                                                                      \
		(void)argument;                                                \
		return count_level(s, type);                                   \
	}

LEVEL_READER(read_packages, LEVEL_PACKAGE)
LEVEL_READER(read_dies, LEVEL_DIE)
LEVEL_READER(read_numa_nodes, LEVEL_NUMA)
LEVEL_READER(read_l3_caches, LEVEL_L3)
LEVEL_READER(read_l2_caches, LEVEL_L2)
LEVEL_READER(read_cores, LEVEL_CORE)

static char *read_pus(struct environment_source *s, const char *argument)
{
	(void)argument;
	return source_format(s, "%u", s->machine->pu_count);
}

static char *read_allowed(struct environment_source *s, const char *argument)
{
	char *text = topology_usable_text(s->machine);

	(void)argument;
	if (!text)
		s->no_memory = true;
	return text;
}

const struct environment_row environment_topology[] = {
	{
		.key = "hwloc_version",
		.meaning = "version of hwloc that the program runs with",
		.read = read_hwloc_version,
	},
	{
		.key = "topology_source",
		.meaning = "\"this machine\", or where another one is from",
		.read = read_topology_source,
	},
	{
		.key = "discovery_ns",
		.meaning = "time that hwloc took, in nanoseconds",
		.read = read_discovery,
	},
	{
		.key = "cpu_kinds",
		.meaning = "kinds of CPUs, the most efficient first",
		.read = read_kinds,
	},
	{
		.key = "packages",
		.meaning = "number of packages",
		.read = read_packages,
	},
	{
		.key = "dies",
		.meaning = "number of dies",
		.read = read_dies,
	},
	{
		.key = "numa_nodes",
		.meaning = "number of NUMA nodes",
		.read = read_numa_nodes,
	},
	{
		.key = "l3_caches",
		.meaning = "number of third-level caches",
		.read = read_l3_caches,
	},
	{
		.key = "l2_caches",
		.meaning = "number of second-level caches",
		.read = read_l2_caches,
	},
	{
		.key = "cores",
		.meaning = "number of physical cores",
		.read = read_cores,
	},
	{
		.key = "pus",
		.meaning = "number of hardware threads",
		.read = read_pus,
	},
	{
		.key = "allowed_cpus",
		.meaning = "CPUs that may be used: online, in cpuset and mask",
		.read = read_allowed,
	},
	{0},
};
