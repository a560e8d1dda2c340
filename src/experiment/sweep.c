/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/sweep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"

int sweep_begin(struct experiment *e)
{
	if (e->options->sweep == SWEEP_PAIRS && e->places.count < 2) {
		message_error("--sweep=pairs: there is no pair in '%s', which "
			      "is one place",
			      e->places.text);
		return -EINVAL;
	}
	return places_names(e->machine, &e->places, e->options->cpu_list,
			    &e->place_names);
}

static int each_place(const struct experiment *e, bool alone,
		      int (*each)(const struct team *team, void *arg),
		      void *arg)
{
	const struct team all = {.workers = e->places.count,
				 .second = e->places.count - 1};
	int error = 0;

	for (size_t i = 0; i < e->places.count && !error; i++) {
		struct team team = {.workers = 1, .first = i, .second = i};

		error = each(&team, arg);
	}
	if (!error && !alone && all.workers > 1)
		error = each(&all, arg);
	return error;
}

static int each_pair(const struct experiment *e,
		     int (*each)(const struct team *team, void *arg), void *arg)
{
	int error = 0;

	for (size_t i = 0; i < e->places.count; i++)
		for (size_t k = i + 1; k < e->places.count && !error; k++) {
			struct team team = {2, i, k};

			error = each(&team, arg);
		}
	return error;
}

int sweep_teams(const struct experiment *e, bool alone,
		int (*each)(const struct team *team, void *arg), void *arg)
{
	return e->options->sweep == SWEEP_PAIRS
		       ? each_pair(e, each, arg)
		       : each_place(e, alone, each, arg);
}

static bool is_all(const struct experiment *e, const struct team *team)
{
	return e->options->sweep == SWEEP_PLACES && team->workers > 1;
}

static int name_places(const struct experiment *e, struct config *config)
{
	const char *first = e->place_names[config->team.first];
	const char *second = e->place_names[config->team.second];
	size_t size = strlen(first) + strlen(second) + 2;

	config->places_text = malloc(size);
	if (!config->places_text)
		return -ENOMEM;
	if (config->team.workers == 1)
		strcpy(config->places_text, first);
	else
		snprintf(config->places_text, size, "%s,%s", first, second);
	return 0;
}

/* The team's one or two places as a list of their own, so that what a plan
 * takes does not depend on how many places there are. */
static int plan_few(const struct experiment *e, struct config *config)
{
	const size_t members[2] = {config->team.first, config->team.second};
	const size_t count = config->team.workers == 1 ? 1 : 2;
	struct place places[2];
	struct places few = {.places = places};
	int error;

	for (size_t i = 0; i < count; i++)
		few.pu_count += e->places.places[members[i]].count;
	few.pus = calloc(few.pu_count, sizeof *few.pus);
	if (!few.pus)
		return -ENOMEM;
	few.pu_count = 0;
	for (; few.count < count; few.count++) {
		const struct place *place =
			&e->places.places[members[few.count]];

		memcpy(few.pus + few.pu_count, e->places.pus + place->first,
		       place->count * sizeof *few.pus);
		places[few.count] = (struct place){few.pu_count, place->count};
		few.pu_count += place->count;
	}
	error = plan_build(e->machine, &few, &config->bind,
			   e->options->whole_place, config->team.workers,
			   &config->plan);
	free(few.pus);
	return error;
}

int sweep_plan(const struct experiment *e, struct config *config)
{
	int error;

	if (is_all(e, &config->team))
		return plan_build(e->machine, &e->places, &config->bind,
				  e->options->whole_place, config->team.workers,
				  &config->plan);
	error = plan_few(e, config);
	return error ? error : name_places(e, config);
}

/* First-level and instruction caches are as near as their core. */
static bool is_distance(enum level_type type)
{
	switch (type) {
	case LEVEL_L1:
	case LEVEL_L1I:
	case LEVEL_L2I:
	case LEVEL_L3I:
	case LEVEL_TYPES:
		return false;
	default:
		return true;
	}
}

/* The object of a level that holds PUs `least` to `most`, or NULL. */
static const struct object *find_holder(const struct level *level,
					unsigned least, unsigned most)
{
	for (unsigned i = 0; i < level->count; i++) {
		const struct object *o = &level->objects[i];

		if (o->count && o->first <= least && most - o->first < o->count)
			return o;
	}
	return NULL;
}

/* An object's PUs are neighbours: it holds all where it holds the outermost.
 * Of objects with the same PUs the smaller type counts. */
const char *sweep_nearest(const struct machine *machine,
			  const struct config *config)
{
	const struct plan *plan = &config->plan;
	unsigned least = ~0u, most = 0, size = ~0u;
	const char *name = NULL;

	if (config->team.workers != 2)
		return NULL;
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < plan->seats[i].count; k++) {
			unsigned pu = plan->pus[plan->seats[i].first + k];

			least = pu < least ? pu : least;
			most = pu > most ? pu : most;
		}
	for (unsigned i = machine->level_count; i-- > 0;) {
		const struct level *level = &machine->levels[i];
		const struct object *o =
			is_distance(level->type)
				? find_holder(level, least, most)
				: NULL;

		if (!o || o->count >= size)
			continue;
		size = o->count;
		name = level->name;
	}
	return name;
}
