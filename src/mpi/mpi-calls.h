/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How ranks reach each other over MPI (ranks.h).
 */
#ifndef PINSUM_MPI_CALLS_H
#define PINSUM_MPI_CALLS_H

#include "ranks/ranks.h"

/* From here on a rank that dies is named (mpi-guard.h).  Collective. */
void mpi_calls_guard(struct ranks *ranks);

/* After MPI_Init: who this rank is, and its calls.  0 or -ENOMEM. */
int mpi_calls_init(struct ranks *ranks);

#endif
