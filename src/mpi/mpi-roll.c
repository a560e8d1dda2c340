/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "mpi/mpi-roll.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"

enum { TAG_CALL, TAG_HERE };

/* Who would read more? */
#define NAMED 20

/* Nobody waits for it to arrive: it may never. */
static void post(const struct mpi_roll *roll, int to, int tag)
{
	MPI_Request request;

	MPI_Isend(NULL, 0, MPI_BYTE, to, tag, roll->comm, &request);
	MPI_Request_free(&request);
}

/* Who has sent that, or -1. */
static int take(const struct mpi_roll *roll, int tag)
{
	MPI_Status status;
	int there = 0;

	MPI_Iprobe(MPI_ANY_SOURCE, tag, roll->comm, &there, &status);
	if (!there)
		return -1;
	MPI_Recv(NULL, 0, MPI_BYTE, status.MPI_SOURCE, tag, roll->comm,
		 MPI_STATUS_IGNORE);
	return status.MPI_SOURCE;
}

size_t mpi_roll_answer(struct mpi_roll *roll)
{
	size_t lowest = roll->count;
	int caller;

	while ((caller = take(roll, TAG_CALL)) >= 0) {
		post(roll, caller, TAG_HERE);
		if ((size_t)caller < lowest)
			lowest = (size_t)caller;
	}
	return lowest;
}

/* How many others have not answered by then. */
static size_t listen(struct mpi_roll *roll, bool *here, int64_t until)
{
	static const struct timespec nap = {.tv_nsec = NS_PER_MS};
	size_t missing = roll->count - 1;
	int from;

	while (missing && clock_now() < until) {
		roll->outranked |= mpi_roll_answer(roll) < roll->rank;
		while ((from = take(roll, TAG_HERE)) >= 0) {
			missing -= !here[from];
			here[from] = true;
		}
		nanosleep(&nap, NULL);
	}
	return missing;
}

static void name(const struct mpi_roll *roll, const bool *here, size_t missing,
		 char text[MPI_ROLL_TEXT])
{
	size_t named = 0, length = 0;

	text[0] = '\0';
	for (size_t i = 0; i < roll->count && named < NAMED; i++)
		if (!here[i])
			length += (size_t)snprintf(
				text + length, MPI_ROLL_TEXT - length,
				"%srank %zu on %s", named++ ? ", " : "", i,
				roll->hosts[i]);
	if (missing > named)
		snprintf(text + length, MPI_ROLL_TEXT - length, " and %zu more",
			 missing - named);
}

size_t mpi_roll_call(struct mpi_roll *roll, int64_t limit_ns,
		     char text[MPI_ROLL_TEXT])
{
	bool *here = calloc(roll->count, sizeof *here);
	size_t missing;

	roll->outranked = false;
	if (!here) {
		strcpy(text, "other ranks");
		return roll->count;
	}
	here[roll->rank] = true;
	for (size_t i = 0; i < roll->count; i++)
		if (!here[i])
			post(roll, (int)i, TAG_CALL);
	missing = listen(roll, here, clock_now() + limit_ns);
	name(roll, here, missing, text);
	free(here);
	return missing;
}

int mpi_roll_init(struct mpi_roll *roll, const struct ranks *ranks)
{
	char own[MPI_ROLL_HOST];

	*roll = (struct mpi_roll){.rank = ranks->rank, .count = ranks->count};
	MPI_Comm_dup(MPI_COMM_WORLD, &roll->comm);
	roll->hosts = calloc(roll->count, sizeof *roll->hosts);
	if (!roll->hosts)
		return -ENOMEM;
	snprintf(own, sizeof own, "%.*s", MPI_ROLL_HOST - 1, ranks->host);
	MPI_Allgather(own, sizeof own, MPI_BYTE, roll->hosts, sizeof own,
		      MPI_BYTE, roll->comm);
	return 0;
}

void mpi_roll_free(struct mpi_roll *roll)
{
	free(roll->hosts);
	MPI_Comm_free(&roll->comm);
}
