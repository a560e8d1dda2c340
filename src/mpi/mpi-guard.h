/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A rank that dies takes all others with it: the launcher ends them, often
 * before one of them can say a word.  So on each host a process that is none
 * of the launcher's sleeps until one of the host's ranks ends without leave,
 * and names it: the first, whatever the launcher ends after it.  Where the
 * launcher ends nobody, it tells the host's other ranks to stop.  Of another
 * host's ranks it knows nothing.
 */
#ifndef PINSUM_MPI_GUARD_H
#define PINSUM_MPI_GUARD_H

#include "ranks/ranks.h"

/* A pipe from this rank to the guard, or -1 and -1: without a guard, where the
 * system refuses it, nothing is lost but the message. */
struct mpi_guard {
	int ends[2];
};

/* Collective; the first rank of each host makes the guard. */
void mpi_guard_start(struct ranks *ranks, struct mpi_guard *guard);

/* Before any of the ranks ends, by one of them or by all; more than once is no
 * harm. */
void mpi_guard_leave(struct mpi_guard *guard);

#endif
