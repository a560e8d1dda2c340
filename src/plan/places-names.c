/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Places -> text: the names that give each of them again.
 */
#include <config.h>

#include "plan/places.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Which level names a place, where several do. */
static const enum level_type by_preference[] = {
	LEVEL_CORE,    LEVEL_PU,    LEVEL_L2,	   LEVEL_L3,
	LEVEL_L4,      LEVEL_L5,    LEVEL_DIE,	   LEVEL_NUMA,
	LEVEL_PACKAGE, LEVEL_GROUP, LEVEL_MACHINE,
};

#define PREFERENCES (sizeof by_preference / sizeof *by_preference)

struct namer {
	const struct machine *machine;
	const struct places *places;
	const struct level *levels[PREFERENCES + 1]; /* or NULL */
	size_t count;
};

static const struct level *level_of_word(const struct machine *machine,
					 const char *text)
{
	static const struct {
		const char *word;
		enum level_type type;
	} words[] = {
		{"cores", LEVEL_CORE},
		{"threads", LEVEL_PU},
		{"numa_domains", LEVEL_NUMA},
		{"sockets", LEVEL_PACKAGE},
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strncmp(text, words[i].word, strlen(words[i].word)))
			return topology_level(machine, words[i].type);
	return NULL;
}

/* What the text's first location names: "pu" of "package:1.core:0.pu:0". */
static const struct level *level_of_location(const struct machine *machine,
					     const char *text)
{
	size_t end = strcspn(text, ","), begin = end, length;

	while (begin && text[begin - 1] != '.')
		begin--;
	length = strcspn(text + begin, ":,");
	for (unsigned i = 0; i < machine->level_count; i++) {
		const char *name = machine->levels[i].name;

		if (strlen(name) == length &&
		    !strncmp(name, text + begin, length))
			return &machine->levels[i];
	}
	return NULL;
}

/* One of several levels of groups would need its depth. */
static bool is_named_alone(const struct machine *machine,
			   const struct level *level)
{
	return level && level == topology_level(machine, level->type);
}

static void choose_levels(struct namer *namer)
{
	const struct machine *machine = namer->machine;
	const char *text = namer->places->text;
	const struct level *asked = level_of_word(machine, text);

	if (!asked)
		asked = level_of_location(machine, text);
	if (is_named_alone(machine, asked))
		namer->levels[namer->count++] = asked;
	for (size_t i = 0; i < PREFERENCES; i++)
		namer->levels[namer->count++] =
			topology_level(machine, by_preference[i]);
}

static bool holds(const struct object *object, unsigned pu)
{
	return pu >= object->first && pu - object->first < object->count;
}

/* The number of the object that is this place, or NONE: it holds the place's
 * PUs, and of all that it holds no more may serve. */
static int object_of(const struct namer *namer, const struct level *level,
		     const struct place *place)
{
	const unsigned *pus = namer->places->pus + place->first;
	const unsigned *before = namer->places->before;

	for (unsigned i = 0; level && i < level->count; i++) {
		const struct object *o = &level->objects[i];

		if (!holds(o, pus[0]) ||
		    before[o->first + o->count] - before[o->first] !=
			    place->count)
			continue;
		for (size_t k = 1; k < place->count; k++)
			if (!holds(o, pus[k]))
				return NONE;
		return (int)i;
	}
	return NONE;
}

static bool names_all(const struct namer *namer, const struct level *level)
{
	for (size_t i = 0; i < namer->places->count; i++)
		if (object_of(namer, level, &namer->places->places[i]) == NONE)
			return false;
	return true;
}

/* The level that names all of them to the front of the list. */
static void prefer_common(struct namer *namer)
{
	for (size_t i = 0; i < namer->count; i++)
		if (names_all(namer, namer->levels[i])) {
			namer->levels[0] = namer->levels[i];
			return;
		}
}

static void write_group(const struct namer *namer, const struct place *place,
			FILE *out)
{
	for (size_t k = 0; k < place->count; k++)
		fprintf(out, "%spu:%u", k ? "," : "{",
			namer->places->pus[place->first + k]);
	fputc('}', out);
}

static void write_name(const struct namer *namer, const struct place *place,
		       bool number, FILE *out)
{
	const struct machine *machine = namer->machine;

	if (number) {
		fprintf(out, "%u",
			machine->pus[namer->places->pus[place->first]].os);
		return;
	}
	for (size_t i = 0; i < namer->count; i++) {
		int object = object_of(namer, namer->levels[i], place);

		if (object == NONE)
			continue;
		fprintf(out, "%s:%d", namer->levels[i]->name, object);
		return;
	}
	write_group(namer, place, out);
}

/* All names, one after the other, each with its end. */
static int write_names(struct namer *namer, bool numbers, char **text,
		       size_t *size)
{
	FILE *out = open_memstream(text, size);

	if (!out)
		return -ENOMEM;
	for (size_t i = 0; i < namer->places->count; i++) {
		write_name(namer, &namer->places->places[i], numbers, out);
		fputc('\0', out);
	}
	if (!fclose(out))
		return 0;
	free(*text);
	*text = NULL;
	return -ENOMEM;
}

int places_names(const struct machine *machine, const struct places *places,
		 bool numbers, char ***names)
{
	struct namer namer = {.machine = machine, .places = places};
	char **table, *text = NULL;
	size_t size = 0, room = places->count * sizeof *table;
	int error;

	choose_levels(&namer);
	prefer_common(&namer);
	error = write_names(&namer, numbers, &text, &size);
	if (error)
		return error;
	table = malloc(room + size);
	if (table) {
		char *at = memcpy((char *)table + room, text, size);

		for (size_t i = 0; i < places->count; i++) {
			table[i] = at;
			at += strlen(at) + 1;
		}
	}
	free(text);
	*names = table;
	return table ? 0 : -ENOMEM;
}
