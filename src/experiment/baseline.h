/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --baseline: which configuration each configuration is compared with.
 */
#ifndef PINSUM_BASELINE_H
#define PINSUM_BASELINE_H

#include <stddef.h>

#include "experiment/experiment.h"

/* Find the baseline of every configuration: the one that has the values of
 * `text` ("bind=none", "mode=single") in the columns that it names, and the
 * same of all the rest (of what its mode has: `single` has no number of
 * workers and no ipc to compare).  Sets config.baseline, NO_CONFIG where there
 * is none.  0; -EINVAL with a message where `text` is malformed, or
 * `required` and no configuration has those values. */
int baseline_find(struct experiment *experiment, const char *text,
		  bool required);

#endif
