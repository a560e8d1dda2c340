/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * NUMA nodes: which PUs are near which memory.
 */
#include <config.h>

#include "topology-hwloc.h"

#include <errno.h>
#include <stdlib.h>

#include "message.h"

/* How near a node is to a PU; the least wins, the first of equals. */
struct nearness {
	unsigned char rank;
	unsigned span; /* PUs that share the node: fewer are nearer */
};

enum {
	RANK_LOCAL,   /* its own node, with memory */
	RANK_REMOTE,  /* memory without CPUs, attached somewhere above */
	RANK_MEMLESS, /* its own node, without memory */
	RANK_NONE
};

/* The PUs of a node.  hwloc gives one attached to a part of the machine the
 * CPUs of that part. */
static int find_range(const struct machine *machine, hwloc_const_bitmap_t set,
		      struct object *node, unsigned index)
{
	unsigned first = machine->pu_count, last = 0, count = 0;
	int os;

	hwloc_bitmap_foreach_begin(os, set)
	{
		int pu = (unsigned)os < machine->os_count
				 ? machine->pu_of_os[os]
				 : NONE;

		if (pu == NONE)
			continue;
		if ((unsigned)pu < first)
			first = (unsigned)pu;
		if ((unsigned)pu > last)
			last = (unsigned)pu;
		count++;
	}
	hwloc_bitmap_foreach_end();
	if (count && last - first + 1 != count) {
		message_error("cannot use this topology: the CPUs of NUMA "
			      "node %u are not neighbours in hwloc's order",
			      index);
		return -EOPNOTSUPP;
	}
	node->first = count ? first : 0;
	node->count = count;
	return 0;
}

/* A node without CPUs serves the part of the machine it is attached to. */
static int find_served(const struct machine *machine, hwloc_obj_t obj,
		       const struct object *node, struct object *served)
{
	*served = *node;
	if (node->count)
		return 0;
	while (obj->parent && hwloc_bitmap_iszero(obj->cpuset))
		obj = obj->parent;
	return find_range(machine, obj->cpuset, served, 0);
}

static unsigned char rank_of(hwloc_obj_t obj, const struct object *node)
{
	if (!obj->attr->numanode.local_memory)
		return node->count ? RANK_MEMLESS : RANK_NONE;
	return node->count ? RANK_LOCAL : RANK_REMOTE;
}

static bool is_nearer(struct nearness a, struct nearness b)
{
	return a.rank != b.rank ? a.rank < b.rank : a.span < b.span;
}

static int offer(const struct machine *machine, hwloc_obj_t obj,
		 const struct object *node, struct nearness *best)
{
	struct nearness nearness = {.rank = rank_of(obj, node)};
	struct object served;
	int err = find_served(machine, obj, node, &served);

	if (err)
		return err;
	nearness.span = served.count;
	for (unsigned i = served.first; i < served.first + served.count; i++) {
		if (!is_nearer(nearness, best[i]))
			continue;
		best[i] = nearness;
		machine->pus[i].numa = (int)obj->logical_index;
	}
	return 0;
}

int nodes_build(hwloc_topology_t topology, struct machine *machine,
		struct level *level)
{
	hwloc_obj_t obj =
		hwloc_get_obj_by_depth(topology, HWLOC_TYPE_DEPTH_NUMANODE, 0);
	struct nearness *best = calloc(machine->pu_count, sizeof(*best));
	int err = 0;

	if (!best)
		return -ENOMEM;
	for (unsigned i = 0; i < machine->pu_count; i++)
		best[i].rank = RANK_NONE;
	for (; !err && obj; obj = obj->next_cousin) {
		struct object *node = &level->objects[obj->logical_index];

		err = find_range(machine, obj->cpuset, node,
				 obj->logical_index);
		if (!err)
			err = offer(machine, obj, node, best);
	}
	free(best);
	return err;
}
