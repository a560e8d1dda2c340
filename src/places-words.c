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

#include "places-build.h"

/* Which PUs belong together, as numbers below os_count + 2 * pu_count; NONE
 * for a PU that has no such object. */
typedef int key_function(const struct machine *machine, unsigned pu);

static int thread_key(const struct machine *machine, unsigned pu)
{
	(void)machine;
	return (int)pu;
}

static int core_key(const struct machine *machine, unsigned pu)
{
	return (int)topology_core_key(machine, pu);
}

/* The caches of a machine may end at different levels. */
static int cache_key(const struct machine *machine, unsigned pu)
{
	const struct pu *p = &machine->pus[pu];
	const struct level *level;

	if (p->llc == NONE || p->llc_level == NONE)
		return NONE;
	level = &machine->levels[p->llc_level];
	return (int)level->objects[p->llc].first;
}

/* OpenMP's domain is the set of CPUs with one nearest memory, so a node that
 * is nearest to none makes no place. */
static int node_key(const struct machine *machine, unsigned pu)
{
	return machine->pus[pu].numa;
}

static int package_key(const struct machine *machine, unsigned pu)
{
	return machine->pus[pu].package;
}

static const struct word {
	const char *name;
	const char *objects; /* for messages */
	key_function *key;
} words[] = {
	{.name = "cores", .objects = "cores", .key = core_key},
	{.name = "threads", .objects = "PUs", .key = thread_key},
	{.name = "ll_caches", .objects = "caches", .key = cache_key},
	{.name = "numa_domains", .objects = "NUMA nodes", .key = node_key},
	{.name = "sockets", .objects = "packages", .key = package_key},
};

/* Number the places of eligible PUs in the order of their first PU; `at[i]`
 * is that of the i-th eligible PU, NONE where it has none.  Returns how
 * many. */
static size_t number_places(const struct places_build *build, key_function *key,
			    int *of_key, int *at)
{
	const struct machine *machine = build->machine;
	unsigned eligible = build->before[machine->pu_count];
	size_t keys = (size_t)machine->os_count + 2 * (size_t)machine->pu_count;
	int next = 0;

	for (size_t i = 0; i < keys; i++)
		of_key[i] = NONE;
	for (unsigned i = 0; i < eligible; i++) {
		int k = key(machine, build->eligible[i]);

		at[i] = NONE;
		if (k == NONE)
			continue;
		if (of_key[k] == NONE)
			of_key[k] = next++;
		at[i] = of_key[k];
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
	size_t pus = machine->pu_count, keys = machine->os_count + 3 * pus;
	int *of_key = calloc(keys, sizeof(*of_key));
	size_t count;
	int err;

	if (!of_key)
		return -ENOMEM;
	count = number_places(build, word->key, of_key, of_key + keys - pus);
	if (!count)
		err = places_error(build, text, strlen(text), true,
				   "this machine has no %s to place by",
				   word->objects);
	else if (limit > count)
		err = places_error(build, text, strlen(text), true,
				   "%zu asked for, but only %zu can be used",
				   limit, count);
	else
		err = fill_places(build, of_key + keys - pus,
				  limit ? limit : count);
	free(of_key);
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
