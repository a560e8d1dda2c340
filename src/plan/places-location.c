/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "plan/places-location.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <strings.h>

/* Part of the user's text. */
struct span {
	const char *text;
	size_t length;
};

/* hwloc takes any beginning of a name that has at least `least` letters. */
static const struct type_name {
	const char *name;
	size_t least;
	enum level_type type;
} type_names[] = {
	{.name = "machine", .least = 2, .type = LEVEL_MACHINE},
	{.name = "numanode", .least = 2, .type = LEVEL_NUMA},
	{.name = "node", .least = 2, .type = LEVEL_NUMA},
	{.name = "package", .least = 2, .type = LEVEL_PACKAGE},
	{.name = "socket", .least = 2, .type = LEVEL_PACKAGE},
	{.name = "die", .least = 2, .type = LEVEL_DIE},
	{.name = "core", .least = 2, .type = LEVEL_CORE},
	{.name = "pu", .least = 2, .type = LEVEL_PU},
	{.name = "group", .least = 2, .type = LEVEL_GROUP},
};

static const enum level_type caches[] = {
	LEVEL_L1, LEVEL_L2, LEVEL_L3, LEVEL_L4, LEVEL_L5,
};

static const enum level_type instruction_caches[] = {
	LEVEL_L1I,
	LEVEL_L2I,
	LEVEL_L3I,
};

/* Digits from the front of `span`, which shrinks; too large is INT_MAX,
 * which no machine has. */
static bool take_number(struct span *span, size_t *number)
{
	size_t n = 0, used = 0;

	for (; used < span->length && isdigit((unsigned char)span->text[used]);
	     used++) {
		size_t digit = (size_t)(span->text[used] - '0');

		n = n > (INT_MAX - digit) / 10 ? INT_MAX : n * 10 + digit;
	}
	span->text += used;
	span->length -= used;
	*number = n;
	return used;
}

static bool begins(const struct span *span, const char *name, size_t least)
{
	return span->length >= least && span->length <= strlen(name) &&
	       !strncasecmp(span->text, name, span->length);
}

/* "l2", "L1d", "l3ucache", "l1icache" and their beginnings. */
static bool parse_cache(struct span span, enum level_type *type)
{
	const enum level_type *table = caches;
	size_t rows = sizeof(caches) / sizeof(*caches), number;

	span.text++;
	span.length--;
	if (!take_number(&span, &number))
		return false;
	if (span.length && strchr("iIdDuU", *span.text)) {
		if (tolower((unsigned char)*span.text) == 'i') {
			table = instruction_caches;
			rows = sizeof(instruction_caches) /
			       sizeof(*instruction_caches);
		}
		span.text++;
		span.length--;
	}
	if (!number || number > rows || !begins(&span, "cache", 0))
		return false;
	*type = table[number - 1];
	return true;
}

/* A type; `*group` is the number behind "group", SIZE_MAX without one. */
static bool parse_type(struct span span, enum level_type *type, size_t *group)
{
	size_t letters = 0;

	*group = SIZE_MAX;
	if (span.length > 1 && strchr("lL", *span.text))
		return parse_cache(span, type);
	while (letters < span.length &&
	       isalpha((unsigned char)span.text[letters]))
		letters++;
	for (size_t i = 0; i < sizeof(type_names) / sizeof(*type_names); i++) {
		const struct type_name *row = &type_names[i];
		struct span name = {.text = span.text, .length = letters};
		struct span rest = {.text = span.text + letters,
				    .length = span.length - letters};

		if (!begins(&name, row->name, row->least))
			continue;
		*type = row->type;
		return !rest.length ||
		       (row->type == LEVEL_GROUP && take_number(&rest, group) &&
			!rest.length);
	}
	return false;
}

/* Groups are the only type with several levels. */
static int find_group(struct places_build *build, struct span whole,
		      size_t number, const struct level **level)
{
	const struct machine *machine = build->machine;
	size_t groups = 0;

	*level = NULL;
	for (unsigned i = 0; i < machine->level_count; i++) {
		if (machine->levels[i].type != LEVEL_GROUP)
			continue;
		if (groups++ == number || number == SIZE_MAX)
			*level = &machine->levels[i];
	}
	if (number == SIZE_MAX && groups > 1)
		return places_error(build, whole.text, whole.length, false,
				    "this machine has %zu levels of groups; "
				    "write group0 to group%zu",
				    groups, groups - 1);
	if (!*level && groups)
		return places_error(build, whole.text, whole.length, false,
				    "no group%zu on this machine, only group0 "
				    "to group%zu",
				    number, groups - 1);
	return 0;
}

static int parse_level(struct places_build *build, struct span whole,
		       struct span span, const struct level **level)
{
	enum level_type type;
	size_t group;
	int err = 0;

	if (!parse_type(span, &type, &group))
		return places_error(build, whole.text, whole.length, false,
				    "'%.*s' is none of machine, group, "
				    "package, die, numanode, l1 to l5, l1i to "
				    "l3i, core, pu",
				    (int)(span.length < 40 ? span.length : 40),
				    span.text);
	if (type == LEVEL_GROUP)
		err = find_group(build, whole, group, level);
	else
		*level = topology_level(build->machine, type);
	if (!err && !*level)
		err = places_error(build, whole.text, whole.length, true,
				   "this machine has no objects of type %.*s",
				   (int)span.length, span.text);
	return err;
}

static bool parse_word(struct span span, struct location_range *range)
{
	static const struct {
		const char *name;
		struct location_range range;
	} words[] = {
		{.name = "all", .range = {.step = 1, .open = true}},
		{.name = "even", .range = {.step = 2, .open = true}},
		{.name = "odd", .range = {.first = 1, .step = 2, .open = true}},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (strlen(words[i].name) != span.length ||
		    memcmp(words[i].name, span.text, span.length))
			continue;
		*range = words[i].range;
		return true;
	}
	return false;
}

/* "2", "2-5", "2-", "6:4", "all", "odd", "even". */
static bool parse_range(struct span span, struct location_range *range)
{
	size_t last;
	char separator;

	if (parse_word(span, range))
		return true;
	*range = (struct location_range){.count = 1, .step = 1};
	if (!take_number(&span, &range->first))
		return false;
	if (!span.length)
		return true;
	separator = *span.text++;
	span.length--;
	if (separator == ':') {
		range->wraps = true;
		return take_number(&span, &range->count) && !span.length &&
		       range->count;
	}
	if (separator != '-')
		return false;
	range->open = !span.length;
	if (range->open)
		return true;
	if (!take_number(&span, &last) || span.length || last < range->first)
		return false;
	range->count = last - range->first + 1;
	return true;
}

/* What is wrong with a step that has no colon. */
static int refuse_step(struct places_build *build, struct span whole)
{
	bool bare = whole.length && isdigit((unsigned char)*whole.text);

	return places_error(
		build, whole.text, whole.length, false, "%s",
		bare ? "a bare number: give --cpu-list for the "
		       "operating system's CPU numbers, or pu:INDEX "
		       "for hwloc's"
		     : "not a location; write TYPE:INDEX, as "
		       "core:0-3 or package:1.core:all");
}

static int parse_step(struct places_build *build, struct span whole,
		      struct span span, struct location_step *step)
{
	const char *colon = memchr(span.text, ':', span.length);
	struct span type = span, range;
	int err;

	if (!colon || isdigit((unsigned char)*span.text))
		return refuse_step(build, whole);
	type.length = (size_t)(colon - span.text);
	range.text = colon + 1;
	range.length = span.length - type.length - 1;
	err = parse_level(build, whole, type, &step->level);
	if (err)
		return err;
	if (!parse_range(range, &step->range))
		return places_error(
			build, whole.text, whole.length, false,
			"'%.*s' is no index; write 2, 2-5, 2-, "
			"6:4 (4 from 6), all, odd or even",
			(int)(range.length < 40 ? range.length : 40),
			range.text);
	return 0;
}

int location_parse(struct places_build *build, const char *text, size_t length,
		   struct location *location)
{
	struct span whole = {.text = text, .length = length}, rest = whole;
	int err;

	location->count = 0;
	location->text = text;
	location->length = length;
	for (;;) {
		const char *dot = memchr(rest.text, '.', rest.length);
		struct span step = rest;

		if (dot)
			step.length = (size_t)(dot - rest.text);
		if (location->count == LOCATION_STEPS_MAX)
			return places_error(build, text, length, false,
					    "more than %d steps",
					    LOCATION_STEPS_MAX);
		err = parse_step(build, whole, step,
				 &location->steps[location->count]);
		if (err)
			return err;
		location->count++;
		if (!dot)
			return 0;
		rest.text = dot + 1;
		rest.length -= step.length + 1;
	}
}
