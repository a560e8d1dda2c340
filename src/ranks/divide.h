/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ranks of a host plan together.
 */
#ifndef PINSUM_DIVIDE_H
#define PINSUM_DIVIDE_H

#include <stdbool.h>

#include "ranks/ranks.h"
#include "topology/topology.h"

/* Take this rank's part of the CPUs that its host's ranks were given: the rest
 * of the machine becomes unusable, and where it is this machine, so that
 * nothing of this rank gets in the way of the others, the calling thread's
 * affinity mask is narrowed as well.  Sets ranks.allotment and leads_host.
 * Collective.  0 or a negative errno with a message written: -EINVAL where
 * there are more ranks than CPUs and `oversubscribe` is false. */
int ranks_divide(struct ranks *ranks, struct machine *machine,
		 bool oversubscribe);

#endif
