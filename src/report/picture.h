/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A picture of the plan for people: the machine's levels, with the workers in
 * their places.  No format: it may change with any release.
 */
#ifndef PINSUM_PICTURE_H
#define PINSUM_PICTURE_H

#include <stdio.h>

#include "experiment/experiment.h"

/* One picture for each distinct plan of the experiment.  0, or a negative
 * errno with a message written. */
int picture_write(const struct experiment *experiment, FILE *out);

#endif
