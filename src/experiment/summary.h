/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The summary of each configuration over its runs that are ok.
 */
#ifndef PINSUM_SUMMARY_H
#define PINSUM_SUMMARY_H

#include "experiment/experiment.h"
#include "report/record.h"

/* Above this a median is remarked on as unsteady. */
#define SUMMARY_MAD_REMARK 0.03

/* Medians, ratios and status over the complete rounds.  0 or -ENOMEM. */
int summary_of(const struct experiment *experiment, size_t config,
	       struct summary_record *record);

/* Half the width of the 95 % interval of the median wall_ns, over the median;
 * NAN under six runs that are ok. */
double summary_tightness(const struct config *config, size_t rounds);

#endif
