/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hwloc's objects as ranges of PUs, in one walk from each PU to the root:
 * linear in the number of PUs, where hwloc's own look-ups by CPU number or
 * inside a set are linear in each call.
 */
#include <config.h>

#include "topology/topology-hwloc.h"

#include <errno.h>
#include <stdlib.h>

#include "base/cpulist.h"
#include "base/message.h"

/* hwloc's types of objects that have a depth, and of NUMA nodes. */
static const enum level_type level_types[HWLOC_OBJ_TYPE_MAX] = {
	[HWLOC_OBJ_MACHINE] = LEVEL_MACHINE, [HWLOC_OBJ_GROUP] = LEVEL_GROUP,
	[HWLOC_OBJ_PACKAGE] = LEVEL_PACKAGE, [HWLOC_OBJ_DIE] = LEVEL_DIE,
	[HWLOC_OBJ_NUMANODE] = LEVEL_NUMA,   [HWLOC_OBJ_L5CACHE] = LEVEL_L5,
	[HWLOC_OBJ_L4CACHE] = LEVEL_L4,	     [HWLOC_OBJ_L3CACHE] = LEVEL_L3,
	[HWLOC_OBJ_L2CACHE] = LEVEL_L2,	     [HWLOC_OBJ_L1CACHE] = LEVEL_L1,
	[HWLOC_OBJ_L3ICACHE] = LEVEL_L3I,    [HWLOC_OBJ_L2ICACHE] = LEVEL_L2I,
	[HWLOC_OBJ_L1ICACHE] = LEVEL_L1I,    [HWLOC_OBJ_CORE] = LEVEL_CORE,
	[HWLOC_OBJ_PU] = LEVEL_PU,
};

static const char *const level_names[LEVEL_TYPES] = {
	[LEVEL_MACHINE] = "machine", [LEVEL_GROUP] = "group",
	[LEVEL_PACKAGE] = "package", [LEVEL_DIE] = "die",
	[LEVEL_NUMA] = "numanode",   [LEVEL_L5] = "l5",
	[LEVEL_L4] = "l4",	     [LEVEL_L3] = "l3",
	[LEVEL_L2] = "l2",	     [LEVEL_L1] = "l1d",
	[LEVEL_L3I] = "l3i",	     [LEVEL_L2I] = "l2i",
	[LEVEL_L1I] = "l1i",	     [LEVEL_CORE] = "core",
	[LEVEL_PU] = "pu",
};

struct build {
	hwloc_topology_t topology;
	struct machine *machine;
	unsigned depths;
	unsigned numa_at; /* index of the level of NUMA nodes */
	bool complete;	  /* nothing of the machine is offline or disallowed */
};

static struct level *level_at(const struct build *build, int depth)
{
	unsigned i = (unsigned)depth;

	return &build->machine->levels[i < build->numa_at ? i : i + 1];
}

static hwloc_obj_t first_numa(const struct build *build)
{
	return hwloc_get_obj_by_depth(build->topology,
				      HWLOC_TYPE_DEPTH_NUMANODE, 0);
}

/* NUMA nodes hang at the side of hwloc's tree: their level goes below that
 * of the smallest object with PUs which has one. */
static void find_numa_level(struct build *build)
{
	build->numa_at = 1;
	for (hwloc_obj_t obj = first_numa(build); obj; obj = obj->next_cousin) {
		unsigned below = (unsigned)node_parent(obj)->depth + 1;

		if (below > build->numa_at && !hwloc_bitmap_iszero(obj->cpuset))
			build->numa_at = below;
	}
}

static int index_or_none(unsigned os)
{
	return os == HWLOC_UNKNOWN_INDEX ? NONE : (int)os;
}

/* What the hardware has is all in the range where nothing is missing: the
 * weight of a set takes time with the width of the machine. */
static unsigned total_of(const struct build *build, hwloc_obj_t obj)
{
	int weight;

	if (build->complete)
		return 0;
	weight = hwloc_bitmap_weight(obj->complete_cpuset);
	return weight > 0 ? (unsigned)weight : 0;
}

static int add_level(const struct build *build, struct level *level, int depth)
{
	hwloc_topology_t topology = build->topology;
	hwloc_obj_t obj = hwloc_get_obj_by_depth(topology, depth, 0);
	unsigned count = (unsigned)hwloc_get_nbobjs_by_depth(topology, depth);

	level->type = level_types[hwloc_get_depth_type(topology, depth)];
	level->depth = depth < 0 ? NONE : depth;
	level->name = level_names[level->type];
	level->objects = calloc(count ? count : 1, sizeof(*level->objects));
	if (!level->objects)
		return -ENOMEM;
	level->count = count;
	for (unsigned i = 0; obj; obj = obj->next_cousin, i++) {
		level->objects[i].os = index_or_none(obj->os_index);
		level->objects[i].total = total_of(build, obj);
	}
	return 0;
}

static int add_levels(struct build *build)
{
	struct machine *machine = build->machine;
	unsigned levels = build->depths + 1;
	int err;

	machine->levels = calloc(levels, sizeof(*machine->levels));
	if (!machine->levels)
		return -ENOMEM;
	machine->level_count = levels;
	err = add_level(build, &machine->levels[build->numa_at],
			HWLOC_TYPE_DEPTH_NUMANODE);
	for (int depth = 0; !err && depth < (int)build->depths; depth++)
		err = add_level(build, level_at(build, depth), depth);
	return err;
}

/* Where a PU keeps the index of its object of that type, or NULL. */
static int *index_in(struct pu *pu, enum level_type type)
{
	switch (type) {
	case LEVEL_CORE:
		return &pu->core;
	case LEVEL_DIE:
		return &pu->die;
	case LEVEL_PACKAGE:
		return &pu->package;
	case LEVEL_L2:
		return &pu->l2;
	case LEVEL_L3:
		return &pu->l3;
	default:
		return NULL;
	}
}

static bool is_data_cache(enum level_type type)
{
	return type >= LEVEL_L5 && type <= LEVEL_L1;
}

static int add_to_range(const struct level *level, unsigned i, unsigned pu)
{
	struct object *object = &level->objects[i];

	if (object->count == 0)
		object->first = pu;
	if (object->first + object->count != pu) {
		message_error("cannot use this topology: the CPUs of %s %u "
			      "are not neighbours in hwloc's order",
			      level->name, i);
		return -EOPNOTSUPP;
	}
	object->count++;
	return 0;
}

/* Tell all that a PU is part of. */
static int climb(const struct build *build, hwloc_obj_t leaf, unsigned pu)
{
	int err = 0;

	for (hwloc_obj_t obj = leaf; !err && obj; obj = obj->parent)
		err = add_to_range(level_at(build, obj->depth),
				   obj->logical_index, pu);
	return err;
}

static int add_pu(const struct build *build, hwloc_obj_t obj, unsigned i)
{
	struct machine *machine = build->machine;

	/* A file may say anything. */
	if (obj->os_index >= machine->os_count ||
	    machine->pu_of_os[obj->os_index] != NONE) {
		message_error("cannot use this topology: CPU number %u of PU "
			      "%u is out of range or there twice",
			      obj->os_index, i);
		return -EINVAL;
	}
	machine->pu_of_os[obj->os_index] = (int)i;
	machine->pus[i] = (struct pu){
		.os = obj->os_index,
		.core = NONE,
		.die = NONE,
		.package = NONE,
		.l2 = NONE,
		.l3 = NONE,
		.numa = NONE,
		.llc = NONE,
		.llc_level = NONE,
		.kind = NONE,
	};
	return climb(build, obj, i);
}

static int add_pus(const struct build *build)
{
	hwloc_obj_t obj =
		hwloc_get_obj_by_type(build->topology, HWLOC_OBJ_PU, 0);
	int err = 0;

	for (unsigned i = 0; !err && obj; obj = obj->next_cousin, i++)
		err = add_pu(build, obj, i);
	return err;
}

static void tell_object(struct machine *machine, unsigned l, unsigned i)
{
	const struct level *level = &machine->levels[l];
	const struct object *object = &level->objects[i];

	for (unsigned p = 0; p < object->count; p++) {
		struct pu *pu = &machine->pus[object->first + p];
		int *index = index_in(pu, level->type);

		if (index)
			*index = (int)i;
		if (is_data_cache(level->type)) {
			pu->llc = (int)i;
			pu->llc_level = (int)l;
		}
	}
}

/* Tell PUs what they are part of, from the smallest to the largest. */
static void tell_pus(struct machine *machine)
{
	for (unsigned l = machine->level_count; l-- > 0;) {
		const struct level *level = &machine->levels[l];

		if (!is_data_cache(level->type) &&
		    !index_in(machine->pus, level->type))
			continue;
		for (unsigned i = 0; i < level->count; i++)
			tell_object(machine, l, i);
	}
}

/* The fast path of total_of(). */
static void complete_totals(const struct build *build)
{
	const struct machine *machine = build->machine;

	for (unsigned l = 0; build->complete && l < machine->level_count; l++)
		for (unsigned i = 0; i < machine->levels[l].count; i++)
			machine->levels[l].objects[i].total =
				machine->levels[l].objects[i].count;
}

/* Room for all PUs and CPU numbers, of what is not there too. */
static int allocate(const struct build *build)
{
	struct machine *machine = build->machine;
	hwloc_obj_t root = hwloc_get_root_obj(build->topology);
	int pus = hwloc_get_nbobjs_by_type(build->topology, HWLOC_OBJ_PU);
	int last = hwloc_bitmap_last(root->complete_cpuset);

	if (pus <= 0 || last < 0 || last >= (int)CPULIST_CPU_LIMIT) {
		message_error("cannot use this topology: CPU numbers must be "
			      "below %u",
			      CPULIST_CPU_LIMIT);
		return -EINVAL;
	}
	machine->pu_count = (unsigned)pus;
	machine->os_count = (unsigned)last + 1;
	machine->pus = calloc(machine->pu_count, sizeof(*machine->pus));
	machine->pu_of_os = malloc(machine->os_count * sizeof(int));
	if (!machine->pus || !machine->pu_of_os)
		return -ENOMEM;
	for (unsigned os = 0; os < machine->os_count; os++)
		machine->pu_of_os[os] = NONE;
	return 0;
}

int levels_build(hwloc_topology_t topology, struct machine *machine)
{
	hwloc_obj_t root = hwloc_get_root_obj(topology);
	struct build build = {
		.topology = topology,
		.machine = machine,
		.depths = (unsigned)hwloc_topology_get_depth(topology),
		.complete = hwloc_bitmap_isequal(root->cpuset,
						 root->complete_cpuset),
	};
	int err = allocate(&build);

	if (err)
		return err;
	find_numa_level(&build);
	err = add_levels(&build);
	if (!err)
		err = add_pus(&build);
	if (!err)
		err = nodes_build(topology, machine,
				  &machine->levels[build.numa_at]);
	if (!err)
		err = levels_merge(machine);
	if (err)
		return err;
	tell_pus(machine);
	complete_totals(&build);
	return 0;
}
