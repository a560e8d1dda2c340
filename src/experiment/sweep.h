/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --sweep: a team of workers on each place in turn and then on all together,
 * or on every pair of places.
 */
#ifndef PINSUM_SWEEP_H
#define PINSUM_SWEEP_H

#include "experiment/experiment.h"

/* Sets experiment.place_names.  0, or a negative errno: -EINVAL, with a
 * message, where there are too few places. */
int sweep_begin(struct experiment *experiment);

/* Call `each` for every team of a mode, until it does not return 0.  That
 * value. */
int sweep_teams(const struct experiment *experiment, bool alone,
		int (*each)(const struct team *team, void *arg), void *arg);

/* The plan of a configuration's team, and the text of its places.  0 or
 * -ENOMEM. */
int sweep_plan(const struct experiment *experiment, struct config *config);

/* The smallest level that all the plan's pinned PUs share: "core", "l3"; NULL
 * where there is no team of two. */
const char *sweep_nearest(const struct machine *machine,
			  const struct config *config);

#endif
