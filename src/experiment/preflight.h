/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A look at the machine before the experiment starts: a note for each thing
 * that would spoil the figures, and none where all is well.
 */
#ifndef PINSUM_PREFLIGHT_H
#define PINSUM_PREFLIGHT_H

#include "experiment/experiment.h"

/* So many integers of all runs together take some ten milliseconds: in less,
 * nothing is looked at. */
#define PREFLIGHT_LEAST 10e6

/* Below `root` ("" but in tests).  What cannot be read is not spoken of. */
void preflight(const struct experiment *experiment, const char *root);

#endif
