/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Warm-up and counted rounds over all configurations, and the rows of each
 * run.
 */
#ifndef PINSUM_ROUNDS_H
#define PINSUM_ROUNDS_H

#include "experiment/experiment.h"
#include "report/reports.h"

/* How the rounds ended. */
enum rounds_end {
	ROUNDS_COMPLETE,
	ROUNDS_STOPPED, /* by a signal */
	ROUNDS_REFUSED, /* the system refused something; a message is written */
	ROUNDS_LOST,    /* workers that cannot be ended: no further run */
	ROUNDS_UNWRITTEN /* a report cannot be written */
};

/* Run everything; rows of `runs` and `workers` are written as each run ends.
 * Sets experiment.rounds, and results and worst status of each configuration.
 */
enum rounds_end rounds_run(struct experiment *experiment,
			   struct reports *reports);

#endif
