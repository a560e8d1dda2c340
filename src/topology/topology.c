/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "topology/topology.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"
#include "base/message.h"
#include "topology/topology-hwloc.h"

static const char *const state_texts[] = {
	[CPU_USABLE] = "may be used",
	[CPU_ABSENT] = "does not exist",
	[CPU_OFFLINE] = "is offline",
	[CPU_NOT_IN_CPUSET] = "is not in the cpuset",
	[CPU_NOT_IN_MASK] = "is not in the affinity mask",
};

/* hwloc notes its version in what it discovers; a file has that of whoever
 * wrote it. */
static char *library_version(hwloc_topology_t topology,
			     const struct source *source)
{
	hwloc_obj_t root = hwloc_get_root_obj(topology);
	const char *version = hwloc_obj_get_info_by_name(root, "hwlocVersion");

	if (!version || source->kind == SOURCE_XML)
		version = HWLOC_VERSION;
	return strdup(version);
}

static int fill(hwloc_topology_t topology, const struct source *source,
		const struct cpuset *mask, struct machine *machine)
{
	int err;

	if (!machine)
		return -ENOMEM;
	machine->is_this_system = !source->why_not;
	machine->why_not = source->why_not;
	machine->hwloc_version = library_version(topology, source);
	if (!machine->hwloc_version)
		return -ENOMEM;
	err = levels_build(topology, machine);
	if (!err)
		err = states_build(topology, mask, machine);
	if (!err)
		err = kinds_build(topology, machine);
	return err;
}

static int build(hwloc_topology_t topology, const struct source *source,
		 const struct cpuset *mask, struct machine *machine)
{
	int err = fill(topology, source, mask, machine);

	if (err == -ENOMEM)
		message_error("cannot keep the topology: %s", strerror(ENOMEM));
	return err;
}

static int load(const struct source *source, const struct cpuset *mask,
		struct machine **machine)
{
	hwloc_topology_t topology;
	int64_t ns;
	int err = discover(source, &topology, &ns);

	if (err)
		return err;
	*machine = calloc(1, sizeof(**machine));
	err = build(topology, source, mask, *machine);
	hwloc_topology_destroy(topology);
	if (err) {
		topology_free(*machine);
		*machine = NULL;
		return err;
	}
	(*machine)->discovery_ns = ns;
	return 0;
}

/* The mask comes first: where the kernel refuses it, hwloc asks for ever. */
static int load_with_mask(const struct source *source, struct machine **machine)
{
	struct cpuset mask = {0};
	int err = bind_get(0, &mask);

	if (err)
		message_error("cannot read the affinity mask: %s",
			      strerror(-err));
	else
		err = load(source, &mask, machine);
	cpuset_free(&mask);
	return err;
}

int topology_load(const char *input, struct machine **machine)
{
	struct source source;
	int err = source_choose(input, &source);

	if (err)
		return err;
	return source.kind == SOURCE_SYSTEM ? load_with_mask(&source, machine)
					    : load(&source, NULL, machine);
}

void topology_free(struct machine *machine)
{
	if (!machine)
		return;
	for (unsigned i = 0; i < machine->level_count; i++)
		free(machine->levels[i].objects);
	for (unsigned i = 0; i < machine->kind_count; i++)
		free(machine->kinds[i].about);
	free(machine->pus);
	free(machine->levels);
	free(machine->kinds);
	free(machine->pu_of_os);
	free(machine->state_of_os);
	free(machine->hwloc_version);
	free(machine);
}

const struct level *topology_level(const struct machine *machine,
				   enum level_type type)
{
	for (unsigned i = 0; i < machine->level_count; i++)
		if (machine->levels[i].type == type)
			return &machine->levels[i];
	return NULL;
}

enum cpu_state topology_cpu_state(const struct machine *machine, unsigned os)
{
	if (os >= machine->os_count)
		return CPU_ABSENT;
	return (enum cpu_state)machine->state_of_os[os];
}

const char *topology_state_text(enum cpu_state state)
{
	return state_texts[state];
}

char *topology_usable_text(const struct machine *machine)
{
	unsigned *cpus = malloc(machine->os_count * sizeof(*cpus));
	size_t count = 0, size;
	char *text;

	if (!cpus)
		return NULL;
	for (unsigned os = 0; os < machine->os_count; os++)
		if (machine->state_of_os[os] == CPU_USABLE)
			cpus[count++] = os;
	size = cpulist_format(cpus, count, NULL, 0) + 1;
	text = malloc(size);
	if (text)
		cpulist_format(cpus, count, text, size);
	free(cpus);
	return text;
}

unsigned topology_usable_pus(const struct machine *machine)
{
	unsigned count = 0;

	for (unsigned i = 0; i < machine->pu_count; i++)
		count += machine->pus[i].usable;
	return count;
}

unsigned topology_usable_cores(const struct machine *machine)
{
	unsigned count = 0, last = 0;

	/* The PUs of a core are neighbours. */
	for (unsigned i = 0; i < machine->pu_count; i++) {
		unsigned key = topology_core_key(machine, i);

		if (!machine->pus[i].usable || (count && key == last))
			continue;
		last = key;
		count++;
	}
	return count;
}
