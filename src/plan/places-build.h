/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parsers of places share: which PUs may serve, the list that is
 * being built, and diagnostics.  Private to places*.c.
 */
#ifndef PINSUM_PLACES_BUILD_H
#define PINSUM_PLACES_BUILD_H

#include <stdbool.h>
#include <stddef.h>

#include "plan/places.h"
#include "topology/topology.h"

struct places_build {
	const struct machine *machine;
	const struct places_filter *filter;
	int kind;	    /* of the filter, or NONE for any */
	unsigned *eligible; /* PUs that may serve, in hwloc's order */
	unsigned *before;   /* how many of them are below PU i; one more entry
			     * than PUs, so that an object's eligible PUs are
			     * a range of `eligible` */
	bool *ordered;	    /* of each level: its objects lie one after the
			     * other, none without PUs */
	struct places *places;
	size_t place_room, pu_room;
	char *error; /* PLACES_ERROR_MAX bytes */
};

/* How many of the PUs `first` to `first + count - 1` may serve. */
static inline unsigned places_eligible(const struct places_build *build,
				       unsigned first, unsigned count)
{
	return build->before[first + count] - build->before[first];
}

/* A place of the eligible PUs among `count` from `first`; of none, no place.
 * 0 or -ENOMEM. */
int places_add(struct places_build *build, unsigned first, unsigned count);

/* A place of these PUs, as they are.  0 or -ENOMEM. */
int places_add_pus(struct places_build *build, const unsigned *pus,
		   size_t count);

/* Write "'TEXT': MESSAGE" (TEXT is NULL: only MESSAGE) as the error, with
 * "; usable CPUs: LIST" behind it where `usable`; what is too long ends in
 * "...".  Returns -EINVAL. */
int places_error(struct places_build *build, const char *text, size_t length,
		 bool usable, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Write an error that names, with its reason, every one of these CPUs (the
 * operating system's numbers) that may not serve.  -EINVAL or -ENOMEM. */
int places_refuse(struct places_build *build, const char *text, size_t length,
		  const unsigned *cpus, size_t count);

/* Whether `text` is a word of OMP_PLACES, with a number behind it or not. */
bool places_is_word(const char *text);

/* The places of such a word.  As places_parse. */
int places_parse_word(struct places_build *build, const char *text);

/* A comma-separated list of hwloc locations and {groups}.  As places_parse. */
int places_parse_locations(struct places_build *build, const char *text);

#endif
