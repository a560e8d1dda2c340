/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which configurations an experiment has: the cross product of the lists,
 * each distinct one once.
 */
#ifndef PINSUM_CONFIGS_H
#define PINSUM_CONFIGS_H

#include "experiment/experiment.h"

/* Append them to experiment.configs: who runs what, without plans.  0, or a
 * negative errno: -EINVAL with a message. */
int configs_build(struct experiment *experiment);

#endif
