/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --membind: the NUMA node on which counters that are shared live.
 */
#ifndef PINSUM_MEMBIND_H
#define PINSUM_MEMBIND_H

#include "experiment/experiment.h"

/* Choose the node: as asked ("numanode:N", hwloc's logical index, the type
 * with its aliases), else the first worker's.  Sets setup.memory_node and
 * config.membind_text; neither where the sharing shares no memory, or the
 * kernel does not let us choose.  0, or
 * -EINVAL with a message. */
int membind_choose(const struct experiment *experiment, struct config *config);

#endif
