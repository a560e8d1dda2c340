/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run that several ranks make together: they meet before the gate opens, and
 * put their totals together at the end.  Nothing of it where setup.ranks is
 * NULL.
 */
#ifndef PINSUM_RUN_RANKS_H
#define PINSUM_RUN_RANKS_H

#include "base/part.h"
#include "run/run.h"

/* This rank's. */
struct part run_ranks_part(struct part whole, const struct ranks *ranks);

/* Wait until the workers of all ranks are at their gates; where those of one
 * cannot be, all have that rank's ending. */
void run_ranks_meet(struct run *run);

/* After the end of this rank's: run.sum is that of all, done_ns and ended_ns
 * are when all were done and added up, by this rank's clock; and as above.  The
 * longest compute time counts, since hosts have no common clock. */
void run_ranks_total(struct run *run);

#endif
