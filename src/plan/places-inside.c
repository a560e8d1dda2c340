/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The objects of one level inside of an object of another one: PUs are its
 * range, others are found by binary search, so that a chain under every object
 * of a machine takes no time to speak of.
 */
#include <config.h>

#include <errno.h>
#include <stdlib.h>

#include "plan/places-location.h"

static unsigned end_of(const struct object *object)
{
	return object->first + object->count;
}

/* The first object of an ordered level that begins at PU `pu` or after, and
 * the first that ends after it. */
static unsigned first_from(const struct level *level, unsigned pu)
{
	unsigned low = 0, high = level->count;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;

		if (level->objects[middle].first >= pu)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static unsigned first_past(const struct level *level, unsigned pu)
{
	unsigned low = 0, high = level->count;

	while (low < high) {
		unsigned middle = low + (high - low) / 2;

		if (end_of(&level->objects[middle]) > pu)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* An object without CPUs belongs to the machine alone. */
static bool is_inside(const struct machine *machine,
		      const struct object *object, const struct object *parent)
{
	if (!object->count)
		return parent->count == machine->pu_count;
	return object->first >= parent->first &&
	       end_of(object) <= end_of(parent);
}

/* Levels that cannot be searched are those of NUMA nodes that overlap, some
 * being a package's and some the machine's, and of objects without CPUs. */
static int scan(const struct machine *machine, const struct level *level,
		const struct object *parent, struct inside *inside)
{
	inside->list = calloc(level->count, sizeof(*inside->list));
	if (!inside->list)
		return -ENOMEM;
	for (unsigned i = 0; i < level->count; i++)
		if (is_inside(machine, &level->objects[i], parent))
			inside->list[inside->count++] = i;
	return 0;
}

static void find_range(const struct level *level, const struct object *parent,
		       struct inside *inside)
{
	unsigned end = first_past(level, end_of(parent));

	inside->first = first_from(level, parent->first);
	inside->count = end > inside->first ? end - inside->first : 0;
}

int location_inside(const struct places_build *build, const struct level *level,
		    struct parent parent, struct inside *inside)
{
	const struct object *object;

	*inside = (struct inside){.count = level->count};
	if (!parent.level)
		return 0;
	object = &parent.level->objects[parent.index];
	if (level == parent.level) {
		*inside = (struct inside){.first = parent.index, .count = 1};
		return 0;
	}
	if (level->type == LEVEL_PU) {
		*inside = (struct inside){.first = object->first,
					  .count = object->count};
		return 0;
	}
	inside->count = 0;
	if (!build->ordered[level - build->machine->levels])
		return scan(build->machine, level, object, inside);
	find_range(level, object, inside);
	return 0;
}

/* Whether the objects of a level lie one after the other. */
static bool is_ordered(const struct level *level)
{
	unsigned end = 0;

	for (unsigned i = 0; i < level->count; i++) {
		if (!level->objects[i].count || level->objects[i].first < end)
			return false;
		end = end_of(&level->objects[i]);
	}
	return true;
}

bool *location_levels_ordered(const struct machine *machine)
{
	bool *ordered = calloc(machine->level_count, sizeof(*ordered));

	for (unsigned i = 0; ordered && i < machine->level_count; i++)
		ordered[i] = is_ordered(&machine->levels[i]);
	return ordered;
}
