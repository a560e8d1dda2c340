/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What --sweep=places tells: which place is slow or noisy, among those of its
 * kind of CPU that did the same work.
 */
#ifndef PINSUM_CENSUS_H
#define PINSUM_CENSUS_H

#include <stdbool.h>
#include <stddef.h>

#include "experiment/experiment.h"

/* A place is slow where its median compute_ns is more than this above that of
 * its kind: the middle place's, the faster of the middle two. */
#define CENSUS_SLOW 0.05

/* It is noisy where the median absolute deviation of its compute_ns is more
 * than this, and more than so many times its kind's. */
#define CENSUS_NOISY	   0.03
#define CENSUS_NOISY_TIMES 2

struct finding {
	size_t config;
	bool slow, noisy;
	double slower;	    /* than its kind: 0.1 is 10 % */
	double noise;	    /* median absolute deviation over the median */
	double usual_noise; /* of its kind */
};

/* What is beyond the thresholds in the complete rounds, in the order of the
 * configurations; nothing without a sweep of places, or of kinds with one
 * place.  0 or -ENOMEM; *findings is to be freed. */
int census_take(const struct experiment *experiment, struct finding **findings,
		size_t *count);

/* "core:3 is slow: ..." without its full stop, into a buffer. */
#define CENSUS_TEXT_MAX 240
const char *census_text(const struct experiment *experiment,
			const struct finding *finding,
			char buffer[CENSUS_TEXT_MAX]);

#endif
