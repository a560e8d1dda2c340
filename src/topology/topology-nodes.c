/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * NUMA nodes: which PUs they have, and which of them is nearest to a PU.
 *
 * Nodes hang at the side of hwloc's tree, each on the object that it serves.
 * While this works, `userdata` of an object in the tree is the node that is
 * nearest to it, an element of `nodes`, or NULL.
 */
#include <config.h>

#include "topology/topology-hwloc.h"

#include <errno.h>

#include "base/message.h"

struct walk {
	hwloc_obj_t first; /* of the nodes */
	const struct level *nodes;
	bool sized; /* whether the sizes of memories are known */
};

hwloc_obj_t node_parent(hwloc_obj_t node)
{
	/* A cache on the memory's side may stand between. */
	do
		node = node->parent;
	while (node->depth < 0);
	return node;
}

static struct object *node_of(const struct walk *walk, hwloc_obj_t obj)
{
	return &walk->nodes->objects[obj->logical_index];
}

static bool has_memory(const struct walk *walk, hwloc_obj_t obj)
{
	return !walk->sized || obj->attr->numanode.local_memory;
}

static const struct object *find_object(const struct machine *machine,
					hwloc_obj_t obj)
{
	const struct level *level = machine->levels;

	while (level->depth != obj->depth)
		level++;
	return &level->objects[obj->logical_index];
}

/* A node has the PUs of the object that it hangs on, or none at all. */
static int set_range(const struct machine *machine, hwloc_obj_t obj,
		     struct object *node)
{
	const struct object *parent = find_object(machine, node_parent(obj));
	int weight = hwloc_bitmap_weight(obj->cpuset);

	if (weight == 0)
		return 0;
	if (weight < 0 || (unsigned)weight != parent->count) {
		message_error("cannot use this topology: NUMA node %u has "
			      "other CPUs than what it is part of",
			      obj->logical_index);
		return -EOPNOTSUPP;
	}
	node->first = parent->first;
	node->count = parent->count;
	return 0;
}

static int set_ranges(const struct machine *machine, struct walk *walk)
{
	int err = 0;

	for (hwloc_obj_t obj = walk->first; !err && obj;
	     obj = obj->next_cousin) {
		err = set_range(machine, obj, node_of(walk, obj));
		if (obj->attr->numanode.local_memory)
			walk->sized = true;
	}
	return err;
}

/* First come, first served: in the order of hwloc's indexes. */
static void offer(hwloc_obj_t obj, struct object *node)
{
	if (!obj->userdata)
		obj->userdata = node;
}

/* Nodes with memory to the objects that they hang on. */
static void offer_local(const struct walk *walk)
{
	for (hwloc_obj_t obj = walk->first; obj; obj = obj->next_cousin) {
		struct object *node = node_of(walk, obj);

		if (node->count && has_memory(walk, obj))
			offer(node_parent(obj), node);
	}
}

/* Nodes with memory to all that they are in. */
static void offer_remote(const struct walk *walk)
{
	for (hwloc_obj_t obj = walk->first; obj; obj = obj->next_cousin)
		for (hwloc_obj_t up = obj->parent; up && has_memory(walk, obj);
		     up = up->parent)
			offer(up, node_of(walk, obj));
}

/* Each PU that has no node yet takes the one of the smallest object. */
static void take(const struct walk *walk, const struct machine *machine,
		 hwloc_obj_t first_pu)
{
	struct pu *pu = machine->pus;

	for (hwloc_obj_t obj = first_pu; obj; obj = obj->next_cousin, pu++) {
		hwloc_obj_t up = obj;

		while (up && !up->userdata)
			up = up->parent;
		if (up && pu->numa == NONE)
			pu->numa = (int)((struct object *)up->userdata -
					 walk->nodes->objects);
	}
}

int nodes_build(hwloc_topology_t topology, struct machine *machine,
		const struct level *nodes)
{
	hwloc_obj_t pu = hwloc_get_obj_by_type(topology, HWLOC_OBJ_PU, 0);
	struct walk walk = {
		.first = hwloc_get_obj_by_depth(topology,
						HWLOC_TYPE_DEPTH_NUMANODE, 0),
		.nodes = nodes,
	};
	int err = set_ranges(machine, &walk);

	if (err)
		return err;
	offer_local(&walk);
	take(&walk, machine, pu);
	offer_remote(&walk);
	take(&walk, machine, pu);
	return 0;
}
