/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words of OMP_PLACES: a place for each object of a level.
 */
#include <config.h>

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "plan/places-build.h"

/* Give PUs that belong together the same number below os_count + 2 *
 * pu_count; NONE to a PU that has no such object. */
typedef void number_function(const struct machine *machine, int *numbers);

static void number_threads(const struct machine *machine, int *numbers)
{
	for (unsigned i = 0; i < machine->pu_count; i++)
		numbers[i] = (int)i;
}

static void number_cores(const struct machine *machine, int *numbers)
{
	for (unsigned i = 0; i < machine->pu_count; i++)
		numbers[i] = (int)topology_core_key(machine, i);
}

/* The caches of a machine may end at different levels. */
static void number_caches(const struct machine *machine, int *numbers)
{
	for (unsigned i = 0; i < machine->pu_count; i++) {
		const struct pu *pu = &machine->pus[i];

		numbers[i] = NONE;
		if (pu->llc == NONE)
			continue;
		numbers[i] = (int)machine->levels[pu->llc_level]
				     .objects[pu->llc]
				     .first;
	}
}

/* A domain is the CPUs of a node; where nodes overlap, those nearest to it. */
static void number_nodes(const struct machine *machine, int *numbers)
{
	const struct level *level = topology_level(machine, LEVEL_NUMA);

	for (unsigned i = 0; i < machine->pu_count; i++)
		numbers[i] = NONE;
	for (unsigned i = 0; level && i < level->count; i++) {
		const struct object *node = &level->objects[i];

		for (unsigned j = 0; j < node->count; j++) {
			int *number = &numbers[node->first + j];

			if (*number == NONE ||
			    level->objects[*number].count > node->count)
				*number = (int)i;
		}
	}
}

static void number_packages(const struct machine *machine, int *numbers)
{
	for (unsigned i = 0; i < machine->pu_count; i++)
		numbers[i] = machine->pus[i].package;
}

static const struct word {
	const char *name;
	const char *objects; /* for messages */
	number_function *number;
} words[] = {
	{.name = "cores", .objects = "cores", .number = number_cores},
	{.name = "threads", .objects = "PUs", .number = number_threads},
	{.name = "ll_caches", .objects = "caches", .number = number_caches},
	{.name = "numa_domains",
	 .objects = "NUMA nodes",
	 .number = number_nodes},
	{.name = "sockets", .objects = "packages", .number = number_packages},
};

/* Number the places of eligible PUs in the order of their first PU: `at[i]`
 * becomes that of the i-th eligible PU, NONE where it has none.  Returns how
 * many. */
static size_t number_places(const struct places_build *build,
			    const int *numbers, int *of_number, int *at)
{
	const struct machine *machine = build->machine;
	unsigned eligible = build->before[machine->pu_count];
	size_t all = (size_t)machine->os_count + 2 * (size_t)machine->pu_count;
	int next = 0;

	for (size_t i = 0; i < all; i++)
		of_number[i] = NONE;
	for (unsigned i = 0; i < eligible; i++) {
		int number = numbers[build->eligible[i]];

		at[i] = NONE;
		if (number == NONE)
			continue;
		if (of_number[number] == NONE)
			of_number[number] = next++;
		at[i] = of_number[number];
	}
	return (size_t)next;
}

/* Sort the eligible PUs by their places' numbers, and keep the first `count`
 * places. */
static int fill_places(struct places_build *build, const int *at, size_t count)
{
	struct places *places = build->places;
	unsigned eligible = build->before[build->machine->pu_count];
	size_t first = 0;

	places->places = calloc(count, sizeof(*places->places));
	places->pus = calloc(eligible, sizeof(*places->pus));
	if (!places->places || !places->pus)
		return -ENOMEM;
	places->count = count;
	for (unsigned i = 0; i < eligible; i++)
		if (at[i] != NONE && (size_t)at[i] < count)
			places->places[at[i]].count++;
	for (size_t i = 0; i < count; i++) {
		places->places[i].first = first;
		first += places->places[i].count;
		places->places[i].count = 0;
	}
	places->pu_count = first;
	for (unsigned i = 0; i < eligible; i++) {
		struct place *place;

		if (at[i] == NONE || (size_t)at[i] >= count)
			continue;
		place = &places->places[at[i]];
		places->pus[place->first + place->count++] = build->eligible[i];
	}
	return 0;
}

/* The places of a word, the first `limit` of them (0: all). */
static int parse_word(struct places_build *build, const struct word *word,
		      const char *text, size_t limit)
{
	const struct machine *machine = build->machine;
	size_t pus = machine->pu_count;
	int *numbers = calloc(machine->os_count + 4 * pus, sizeof(*numbers));
	int *at, *of_number, err;
	size_t count;

	if (!numbers)
		return -ENOMEM;
	at = numbers + pus;
	of_number = at + pus;
	word->number(machine, numbers);
	count = number_places(build, numbers, of_number, at);
	if (!count)
		err = places_error(build, text, strlen(text), true,
				   "this machine has no %s to place by",
				   word->objects);
	else if (limit > count)
		err = places_error(build, text, strlen(text), true,
				   "%zu asked for, but only %zu can be used",
				   limit, count);
	else
		err = fill_places(build, at, limit ? limit : count);
	free(numbers);
	return err;
}

/* The row of a word that `text` is, or begins with before "("; NULL if
 * none. */
static const struct word *find_word(const char *text)
{
	size_t length = strcspn(text, "(");

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strlen(words[i].name) == length &&
		    !strncasecmp(text, words[i].name, length))
			return &words[i];
	return NULL;
}

/* "(N)", or nothing for 0. */
static int parse_limit(const char *text, size_t *limit)
{
	char *end;
	unsigned long n;

	*limit = 0;
	if (!*text)
		return 0;
	if (!isdigit((unsigned char)text[1]))
		return -EINVAL;
	errno = 0;
	n = strtoul(text + 1, &end, 10);
	if (errno || !n || strcmp(end, ")"))
		return -EINVAL;
	*limit = n;
	return 0;
}

const char *places_word(size_t i)
{
	return i < sizeof(words) / sizeof(*words) ? words[i].name : NULL;
}

bool places_is_word(const char *text)
{
	return find_word(text);
}

int places_parse_word(struct places_build *build, const char *text)
{
	const struct word *word = find_word(text);
	size_t limit;

	if (parse_limit(text + strlen(word->name), &limit))
		return places_error(build, text, strlen(text), false,
				    "not a number of places; write %s(4) for "
				    "the first four",
				    word->name);
	return parse_word(build, word, text, limit);
}
