/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Waiting for other ranks: asleep, and not for ever.
 */
#ifndef PINSUM_MPI_WAIT_H
#define PINSUM_MPI_WAIT_H

#include <mpi.h>

#include "mpi/mpi-guard.h"
#include "mpi/mpi-roll.h"
#include "ranks/ranks.h"

struct mpi_wait {
	const struct ranks *ranks;
	struct mpi_guard guard;
	struct mpi_roll roll;
	int64_t quiet_ns; /* nobody is called before */
	int64_t awake_ns; /* since then this rank looks all the time */
	unsigned called;  /* how often all have answered in this step */
};

/* Until the request is done.  Where it is not by ranks.deadline_ns, or long
 * after a signal asked this rank to stop, all ranks end, with a message that
 * names those that do not answer. */
void mpi_wait(struct mpi_wait *wait, MPI_Request *request);

/* The end of all ranks. */
__attribute__((noreturn)) void mpi_give_up(struct mpi_wait *wait,
					   const char *why);

#endif
