/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is held against what, and how far from it pinsum may be.
 */
#ifndef PINSUM_COMPARE_H
#define PINSUM_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Where figures come from: a command, its words between single blanks.  In
 * them %W is the number of usable cores, %C a list of one CPU on each, %S the
 * folder of the sources, %_ a blank.  Without a column the figure is the time
 * from before the command is started until it is gone; with one, there is a
 * figure in each row that it writes below its headings.
 */
struct source {
	const char *command; /* NULL: there is no peer */
	const char *column;
};

enum target_kind {
	TARGET_NONE,
	TARGET_AT_MOST,	 /* our time over the peer's */
	TARGET_AT_LEAST, /* the peer's time over ours: so many times as fast */
	TARGET_WITHIN	 /* our figure itself, in ns */
};

struct comparison {
	const char *name;
	const char *unit; /* what one figure is the time of */
	struct source ours, peer;
	double quantile; /* of ours; 0: the median */
	enum target_kind target;
	double limit;
	unsigned rounds;
	bool long_only;
};

/* In the order of the report; the last has no name. */
extern const struct comparison comparisons[];

struct samples {
	double *values; /* owned */
	size_t count;
};

/* Figures of one run of the command, appended.  Where both are of the same
 * command, it is run once for both (`second` may be NULL).  NULL, or why there
 * is none. */
struct place;
const char *source_measure(const struct place *place,
			   const struct source *source, struct samples *samples,
			   const struct source *second,
			   struct samples *second_samples);

/* What %W, %C and %S stand for. */
struct place {
	char workers[16];
	char *cpus;
	const char *sources;
};

/* A random number below `n`. */
size_t compare_random(size_t n);

/* Wait until the machine has little else to do, or *patience_ns is used up.
 * False where it was never quiet. */
bool compare_quiet(long long *patience_ns);

#endif
