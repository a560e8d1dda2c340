/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Locations against the machine: which objects they name, and the places
 * made of them.
 */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/places-build.h"
#include "plan/places-location.h"

/* The one place that braces make. */
struct group {
	unsigned *pus;	       /* of machine.pu_count */
	unsigned char *member; /* of each PU */
	size_t count;
};

/* One location on its way. */
struct selection {
	struct places_build *build;
	const struct location *location;
	struct group *group; /* NULL: every object is a place */
	size_t objects;	     /* found, and with PUs that may serve */
	unsigned *refused;   /* CPUs of objects that were named by index */
	size_t refused_count, refused_room;
};

/* "3" or "3-5". */
static const char *indexes(char *buffer, size_t size, size_t first, size_t last)
{
	if (first == last)
		snprintf(buffer, size, "%zu", first);
	else
		snprintf(buffer, size, "%zu-%zu", first, last);
	return buffer;
}

/* An index that the machine, or the object before the dot, lacks. */
static int refuse_absent(const struct selection *selection,
			 const struct location_step *step, struct parent parent,
			 unsigned width)
{
	const struct location_range *range = &step->range;
	size_t last = range->first + (range->wraps ? 0 : range->count - 1);
	char lacks[64], has[64], where[64] = "on this machine";

	indexes(lacks, sizeof(lacks),
		range->first > width ? range->first : width, last);
	if (parent.level)
		snprintf(where, sizeof(where), "in %s %u", parent.level->name,
			 parent.index);
	if (range->wraps && range->first < width)
		return places_error(selection->build, selection->location->text,
				    selection->location->length, true,
				    "%zu objects of type %s named, only %u %s",
				    range->count, step->level->name, width,
				    where);
	return places_error(selection->build, selection->location->text,
			    selection->location->length, true,
			    "no %s %s %s, %s%s", step->level->name, lacks,
			    where, width ? "only " : "which has none",
			    width ? indexes(has, sizeof(has), 0, width - 1)
				  : "");
}

static int refuse_object(struct selection *selection,
			 const struct object *object)
{
	size_t need = selection->refused_count + object->count;

	if (need > selection->refused_room) {
		unsigned *grown = reallocarray(selection->refused, 2 * need,
					       sizeof(*grown));

		if (!grown)
			return -ENOMEM;
		selection->refused = grown;
		selection->refused_room = 2 * need;
	}
	for (unsigned i = 0; i < object->count; i++)
		selection->refused[selection->refused_count++] =
			selection->build->machine->pus[object->first + i].os;
	return 0;
}

static int use_object(struct selection *selection, const struct object *object)
{
	struct places_build *build = selection->build;
	struct group *group = selection->group;
	unsigned first = build->before[object->first];
	unsigned end = build->before[object->first + object->count];

	if (!group)
		return places_add(build, object->first, object->count);
	for (unsigned i = first; i < end; i++) {
		unsigned pu = build->eligible[i];

		if (!group->member[pu])
			group->pus[group->count++] = pu;
		group->member[pu] = 1;
	}
	return 0;
}

static int select_step(struct selection *selection, size_t depth,
		       struct parent parent);

/* One object, named by index or found by an open range. */
static int select_object(struct selection *selection, size_t depth,
			 unsigned index)
{
	const struct location *location = selection->location;
	const struct location_step *step = &location->steps[depth];
	const struct object *object = &step->level->objects[index];
	struct parent self = {.level = step->level, .index = index};

	if (!places_eligible(selection->build, object->first, object->count)) {
		if (step->range.open)
			return 0;
		if (!object->count)
			return places_error(selection->build, location->text,
					    location->length, true,
					    "%s %u has no CPUs",
					    step->level->name, index);
		return refuse_object(selection, object);
	}
	if (depth + 1 < location->count)
		return select_step(selection, depth + 1, self);
	selection->objects++;
	return use_object(selection, object);
}

static int select_range(struct selection *selection, size_t depth,
			struct parent parent, const struct inside *inside)
{
	const struct location_step *step = &selection->location->steps[depth];
	const struct location_range *range = &step->range;
	size_t count = range->count, width = inside->count;
	int err = 0;

	if (range->open)
		count = width > range->first
				? (width - range->first - 1) / range->step + 1
				: 0;
	else if (range->first >= width ||
		 count > (range->wraps ? width : width - range->first))
		return refuse_absent(selection, step, parent, inside->count);
	for (size_t i = 0; i < count && !err; i++) {
		size_t at = (range->first + i * range->step) % width;

		err = select_object(selection, depth,
				    inside->list
					    ? inside->list[at]
					    : inside->first + (unsigned)at);
	}
	return err;
}

static int select_step(struct selection *selection, size_t depth,
		       struct parent parent)
{
	struct inside inside;
	int err = location_inside(selection->build,
				  selection->location->steps[depth].level,
				  parent, &inside);

	if (!err)
		err = select_range(selection, depth, parent, &inside);
	free(inside.list);
	return err;
}

static int select_location(struct places_build *build, const char *text,
			   size_t length, struct group *group)
{
	struct location location;
	struct selection selection = {
		.build = build, .location = &location, .group = group};
	int err = location_parse(build, text, length, &location);

	if (!err)
		err = select_step(&selection, 0, (struct parent){0});
	if (!err && selection.refused_count)
		err = places_refuse(build, text, length, selection.refused,
				    selection.refused_count);
	else if (!err && !selection.objects)
		err = places_error(build, text, length, true,
				   "nothing there can be used");
	free(selection.refused);
	return err;
}

/* The locations between braces; `*text` moves behind them. */
static int select_group(struct places_build *build, const char **text,
			struct group *group)
{
	const char *begin = *text, *at = begin + 1;
	size_t length = strcspn(begin, "}");
	int err;

	if (!begin[length])
		return places_error(build, begin, length, false,
				    "the closing brace is missing");
	group->count = 0;
	do {
		size_t element = strcspn(at, ",}");

		err = select_location(build, at, element, group);
		at += element;
	} while (!err && *at++ == ',');
	for (size_t i = 0; i < group->count; i++)
		group->member[group->pus[i]] = 0;
	*text = begin + length + 1;
	return err ? err : places_add_pus(build, group->pus, group->count);
}

static int select_list(struct places_build *build, const char *text,
		       struct group *group)
{
	const char *at = text;
	int err;

	for (;;) {
		if (*at == '{') {
			err = select_group(build, &at, group);
		} else {
			size_t length = strcspn(at, ",");

			err = select_location(build, at, length, NULL);
			at += length;
		}
		if (err || !*at)
			return err;
		if (*at++ != ',')
			return places_error(build, text, strlen(text), false,
					    "a comma is missing before '%.40s'",
					    at - 1);
	}
}

int places_parse_locations(struct places_build *build, const char *text)
{
	const struct machine *machine = build->machine;
	struct group group = {
		.pus = calloc(machine->pu_count, sizeof(*group.pus)),
		.member = calloc(machine->pu_count, 1),
	};
	int err = -ENOMEM;

	build->ordered = location_levels_ordered(machine);
	if (group.pus && group.member && build->ordered)
		err = select_list(build, text, &group);
	free(build->ordered);
	free(group.pus);
	free(group.member);
	return err;
}
