/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Levels of one type that hwloc has at several depths.
 *
 * Where some cores have one PU and others two with caches of their own, the
 * cores are below those caches here and above them there, each time numbered
 * from 0.
 */
#include <config.h>

#include "topology/topology-hwloc.h"

#include <errno.h>
#include <stdlib.h>

/* Put the objects of two levels in the order of their PUs. */
static int merge_objects(struct level *into, const struct level *from)
{
	unsigned count = into->count + from->count;
	struct object *objects = calloc(count, sizeof(*objects));
	unsigned a = 0, b = 0;

	if (!objects)
		return -ENOMEM;
	for (unsigned i = 0; i < count; i++) {
		bool first = b == from->count ||
			     (a < into->count &&
			      into->objects[a].first < from->objects[b].first);

		objects[i] = first ? into->objects[a++] : from->objects[b++];
	}
	free(into->objects);
	into->objects = objects;
	into->count = count;
	return 0;
}

static void remove_level(struct machine *machine, unsigned i)
{
	free(machine->levels[i].objects);
	machine->level_count--;
	for (; i < machine->level_count; i++)
		machine->levels[i] = machine->levels[i + 1];
}

/* Groups alone are not the same thing at every depth. */
int levels_merge(struct machine *machine)
{
	for (unsigned i = 0; i < machine->level_count; i++)
		for (unsigned j = machine->level_count - 1; j > i; j--) {
			struct level *level = &machine->levels[i];

			if (level->type != machine->levels[j].type ||
			    level->type == LEVEL_GROUP)
				continue;
			if (merge_objects(level, &machine->levels[j]))
				return -ENOMEM;
			remove_level(machine, j);
		}
	return 0;
}
