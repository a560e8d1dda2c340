/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A rank that dies takes all others with it: the launcher ends them, often
 * before one of them can say a word.  So on each host a process that is none
 * of the launcher's sleeps until one of the host's ranks ends without leave,
 * and names it.
 */
#ifndef PINSUM_MPI_GUARD_H
#define PINSUM_MPI_GUARD_H

#include "ranks/ranks.h"

/* Collective; the first rank of each host makes the guard.  What this one is to
 * tell of the leave of all, or -1: without a guard, where the system refuses
 * it, nothing is lost but the message. */
int mpi_guard_start(struct ranks *ranks);

/* Before any of the ranks ends; -1: nothing. */
void mpi_guard_leave(int leave);

#endif
