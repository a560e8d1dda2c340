/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Two `runs` reports against each other.
 *
 * The runs of a configuration in both reports are two independent samples: the
 * ratio is the shift of their logarithms (shift.h).  With a margin m:
 *
 *   faster   the whole interval of OLD over NEW lies above 1 + m
 *   slower   it lies below 1 / (1 + m)
 *   same     it lies within 1 / (1 + m) and 1 + m
 *   unsure   anything else, and where there is no interval
 */
#ifndef PINSUM_COMPARE_H
#define PINSUM_COMPARE_H

#include <stddef.h>

#include "base/stats.h"
#include "base/tsv.h"

enum verdict { VERDICT_FASTER, VERDICT_SLOWER, VERDICT_SAME, VERDICT_UNSURE };

const char *verdict_name(enum verdict verdict);
enum verdict verdict_of(struct interval ratio, double margin);

/* Columns that tell configurations apart; from COMPARE_NEEDED on they may be
 * missing, and count only where both reports have them, but for `ranks`: a
 * report without it is of one.  `host` counts where one of them has several. */
#define COMPARE_KEYS   13
#define COMPARE_NEEDED 8
extern const char *const compare_keys[COMPARE_KEYS];

struct sample {
	double *wall_ns;    /* ascending; of the runs that are ok */
	size_t count, lost; /* runs that are ok, and that are not */
};

struct comparison {
	char *key[COMPARE_KEYS]; /* owned; NULL: does not count */
	struct sample old, new;
	double ratio;
	struct interval interval;
	enum verdict verdict;
};

struct comparisons {
	struct comparison *rows; /* of both, in the order of OLD */
	size_t count;
	size_t only_old, only_new;
	size_t lost; /* runs that are not ok, in those of both */
};

/* 0; -EINVAL with a message written; -ENOMEM.  To be freed in any case. */
int compare_reports(const struct tsv *old, const struct tsv *new, double margin,
		    struct comparisons *comparisons);

void compare_free(struct comparisons *comparisons);

/* A note for each key of two `environment` reports whose values differ, but
 * for those that differ from one moment to the next.  As compare_reports(). */
int compare_environments(const struct tsv *old, const struct tsv *new);

#endif
