/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who is missing: a step in which all wait for all does not say.  A rank that
 * has waited too long calls all others; those that wait too answer, one that is
 * frozen, cut off or busy does not.
 */
#ifndef PINSUM_MPI_ROLL_H
#define PINSUM_MPI_ROLL_H

#include <mpi.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ranks/ranks.h"

/* Of Linux's own limit. */
#define MPI_ROLL_HOST 65
/* Of twenty with long names. */
#define MPI_ROLL_TEXT 2400

struct mpi_roll {
	MPI_Comm comm; /* of its own: no step gets its messages */
	size_t rank, count;
	char (*hosts)[MPI_ROLL_HOST]; /* by rank */
	bool outranked; /* while this one called, a lower rank did too */
};

/* Collective.  0 or -ENOMEM. */
int mpi_roll_init(struct mpi_roll *roll, const struct ranks *ranks);

/* Collective. */
void mpi_roll_free(struct mpi_roll *roll);

/* Answer who has called.  The lowest of them; `count`: none. */
size_t mpi_roll_answer(struct mpi_roll *roll);

/* Call all others and wait until they have answered, `limit_ns` at the most.
 * How many have not, and who: "rank 1 on a, rank 3 on b". */
size_t mpi_roll_call(struct mpi_roll *roll, int64_t limit_ns,
		     char text[MPI_ROLL_TEXT]);

#endif
