/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a worker may be given: PLACES text -> an ordered list of places.
 *
 * Pure: works on a struct machine, from wherever that comes.
 */
#ifndef PINSUM_PLACES_H
#define PINSUM_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#include "topology/topology.h"

/* PUs `first` to `first + count - 1` of places.pus. */
struct place {
	size_t first;
	size_t count; /* at least 1 */
};

struct places {
	struct place *places;
	size_t count;
	unsigned *pus; /* indexes in machine.pus; usable ones only */
	size_t pu_count;
	/* Distinct ones of all places: what `--workers=cores` and
	 * `--workers=pus` mean, not yet limited by the number of places. */
	size_t cores, distinct_pus;
	unsigned *before; /* how many PUs below PU i may serve; one entry more
			   * than PUs */
	char *text; /* as asked: "cores", "core:0-3", "0,4" */
};

/* Which PUs may serve, beside being usable. */
struct places_filter {
	bool no_smt;	     /* only the first usable PU of each core */
	const char *cpukind; /* "efficient", "performance", a number, or NULL */
};

/* Long enough for every diagnostic with its quoted argument. */
#define PLACES_ERROR_MAX 512

/* Places from the words of OMP_PLACES or from hwloc locations.  0, -EINVAL
 * (syntax, a level or an index that the machine lacks, a CPU that may not be
 * used; `error` says what, quotes it, and names the remedy), -ENOMEM. */
int places_parse(const char *text, const struct machine *machine,
		 const struct places_filter *filter, struct places *places,
		 char error[PLACES_ERROR_MAX]);

/* Places from a list of CPU numbers (--cpu-list): one for each, in order,
 * repeats kept.  As places_parse. */
int places_from_cpus(const char *text, const struct machine *machine,
		     const struct places_filter *filter, struct places *places,
		     char error[PLACES_ERROR_MAX]);

/* The name of every place, that can be given to places_parse() with the same
 * filter: "core:3"; of one level for all where there is such a level, the one
 * of the places' text first, else "{pu:0,pu:4}" for what no level names.
 * `numbers`: the CPUs' numbers instead, for places_from_cpus().  0 or -ENOMEM;
 * one block, to be freed by free(). */
int places_names(const struct machine *machine, const struct places *places,
		 bool numbers, char ***names);

/* The i-th word of OMP_PLACES, the i-th word for a kind of CPUs; NULL after
 * the last. */
const char *places_word(size_t i);
const char *places_cpukind(size_t i);

void places_free(struct places *places);

#endif
