/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A location as hwloc(7) writes it, "package:1.core:0-3.pu:0", split into
 * steps.  Private to places*.c.
 */
#ifndef PINSUM_PLACES_LOCATION_H
#define PINSUM_PLACES_LOCATION_H

#include <stdbool.h>
#include <stddef.h>

#include "places-build.h"
#include "topology.h"

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

#endif
