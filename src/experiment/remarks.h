/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said on standard error beside a summary, where nobody asked for an
 * explanation: medians and places that are not to be relied on.
 */
#ifndef PINSUM_REMARKS_H
#define PINSUM_REMARKS_H

#include <stddef.h>
#include <stdint.h>

#include "experiment/experiment.h"
#include "report/record.h"

/* The configurations whose median is unsteady; {0} at first. */
struct unsteady {
	size_t count;
	double worst; /* MAD over median */
	int64_t config;
};

/* Counts a configuration in, where it is unsteady. */
void unsteady_note(struct unsteady *unsteady, int64_t config,
		   const struct summary_record *record);

/* One line on all of them, none where there are none. */
void unsteady_remark(const struct unsteady *unsteady);

/* A line on each place of --sweep=places that is slow or noisy.  0 or
 * -ENOMEM. */
int remark_places(const struct experiment *experiment);

#endif
