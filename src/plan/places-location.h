/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A location as hwloc(7) writes it, "package:1.core:0-3.pu:0", split into
 * steps.  Private to places*.c.
 */
#ifndef PINSUM_PLACES_LOCATION_H
#define PINSUM_PLACES_LOCATION_H

#include <stdbool.h>
#include <stddef.h>

#include "plan/places-build.h"
#include "topology/topology.h"

/* A chain cannot usefully be longer than there are types of levels. */
#define LOCATION_STEPS_MAX 16

/* Indexes, relative to the object before the dot. */
struct location_range {
	size_t first, count;
	size_t step; /* 2 for odd and even */
	bool open;   /* "all", "odd", "even", "2-": to the last; no `count` */
	bool wraps;  /* "6:4" */
};

struct location_step {
	const struct level *level;
	struct location_range range;
};

struct location {
	struct location_step steps[LOCATION_STEPS_MAX];
	size_t count;
	const char *text; /* the user's, not terminated */
	size_t length;
};

/* Parse `length` bytes of `text`.  0, or -EINVAL with the error written. */
int location_parse(struct places_build *build, const char *text, size_t length,
		   struct location *location);

/* The objects of a level that lie inside of another object, in order. */
struct inside {
	unsigned first, count;
	unsigned *list; /* owned; NULL where they are consecutive */
};

/* What stands before the dot. */
struct parent {
	const struct level *level; /* NULL: the whole machine */
	unsigned index;
};

/* The objects of `level` inside of `parent`, all of their CPUs being in it; a
 * level is inside of itself as the one object.  0 or -ENOMEM. */
int location_inside(const struct places_build *build, const struct level *level,
		    struct parent parent, struct inside *inside);

/* struct places_build.ordered, malloc'ed, or NULL without memory. */
bool *location_levels_ordered(const struct machine *machine);

#endif
