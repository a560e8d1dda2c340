/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "mpi/mpi-calls.h"

#include <errno.h>
#include <mpi.h>
#include <stdlib.h>
#include <string.h>

#include "mpi/mpi-wait.h"

/* MPI counts in int. */
#define PIECE ((size_t)1 << 26)

enum { TAG_CALL, TAG_SIZE, TAG_ROWS };

/* Freed by MPI_Finalize, from wherever that is called. */
struct mpi {
	struct ranks *ranks;
	MPI_Comm comm;
	MPI_Datatype tally;
	MPI_Op merge;
	struct mpi_wait wait;
};

static struct mpi *mpi_of(const struct ranks *ranks)
{
	return ranks->data;
}

static void await(const struct ranks *ranks, MPI_Request *request)
{
	mpi_wait(&mpi_of(ranks)->wait, request);
}

__attribute__((noreturn)) static void give_up(const struct ranks *ranks,
					      const char *why)
{
	mpi_give_up(&mpi_of(ranks)->wait, why);
}

static void merge(void *from, void *into, int *count, MPI_Datatype *type)
{
	const struct tally *a = from;
	struct tally *b = into;

	(void)type;
	for (int i = 0; i < *count; i++)
		tally_merge(&a[i], &b[i]);
}

static void combine(struct ranks *ranks, struct tally *tally)
{
	struct mpi *mpi = mpi_of(ranks);
	struct tally own = *tally;
	MPI_Request request;

	MPI_Iallreduce(&own, tally, 1, mpi->tally, mpi->merge, mpi->comm,
		       &request);
	await(ranks, &request);
}

static size_t piece(size_t size)
{
	return size < PIECE ? size : PIECE;
}

static void share(struct ranks *ranks, size_t from, void *bytes, size_t size)
{
	MPI_Request request;
	char *p = bytes;

	while (size) {
		size_t n = piece(size);

		MPI_Ibcast(p, (int)n, MPI_BYTE, (int)from, mpi_of(ranks)->comm,
			   &request);
		await(ranks, &request);
		p += n;
		size -= n;
	}
}

static void receive(const struct ranks *ranks, size_t from, int tag,
		    void *bytes, size_t size)
{
	MPI_Request request;
	char *p = bytes;

	do {
		size_t n = piece(size);

		MPI_Irecv(p, (int)n, MPI_BYTE, (int)from, tag,
			  mpi_of(ranks)->comm, &request);
		await(ranks, &request);
		p += n;
		size -= n;
	} while (size);
}

static void send(const struct ranks *ranks, size_t to, int tag,
		 const void *bytes, size_t size)
{
	MPI_Request request;
	const char *p = bytes;

	do {
		size_t n = piece(size);

		MPI_Isend(p, (int)n, MPI_BYTE, (int)to, tag,
			  mpi_of(ranks)->comm, &request);
		await(ranks, &request);
		p += n;
		size -= n;
	} while (size);
}

/* Only when it is called, a rank sends: the rows of all would not fit. */
static void fetch(const struct ranks *ranks, size_t from, char **buffer,
		  uint64_t *room, uint64_t *size)
{
	char *grown;

	send(ranks, from, TAG_CALL, NULL, 0);
	receive(ranks, from, TAG_SIZE, size, sizeof *size);
	if (*size > *room) {
		grown = realloc(*buffer, *size);
		if (!grown)
			give_up(ranks, "no memory for another rank's rows");
		*buffer = grown;
		*room = *size;
	}
	if (*size)
		receive(ranks, from, TAG_ROWS, *buffer, *size);
}

static int collect_all(const struct ranks *ranks, ranks_take take, void *arg)
{
	uint64_t room = 0, size;
	char *buffer = NULL;
	int error = 0;

	for (size_t i = 1; i < ranks->count; i++) {
		fetch(ranks, i, &buffer, &room, &size);
		if (!error && size)
			error = take(arg, buffer, size);
	}
	free(buffer);
	return error;
}

static int collect(struct ranks *ranks, const char *bytes, size_t size,
		   ranks_take take, void *arg)
{
	uint64_t length = size;

	if (ranks_lead(ranks))
		return collect_all(ranks, take, arg);
	receive(ranks, 0, TAG_CALL, NULL, 0);
	send(ranks, 0, TAG_SIZE, &length, sizeof length);
	if (size)
		send(ranks, 0, TAG_ROWS, bytes, size);
	return 0;
}

/* A number of 31 bits from a host's name (FNV-1a). */
static int color_of(const char *host)
{
	uint32_t hash = 2166136261u;

	for (; *host; host++)
		hash = (hash ^ (unsigned char)*host) * 16777619u;
	return (int)(hash >> 1);
}

static MPI_Comm host_comm(const struct ranks *ranks)
{
	MPI_Comm node, host;

	MPI_Comm_split_type(mpi_of(ranks)->comm, MPI_COMM_TYPE_SHARED,
			    (int)ranks->rank, MPI_INFO_NULL, &node);
	MPI_Comm_split(node, color_of(ranks->host), (int)ranks->rank, &host);
	MPI_Comm_free(&node);
	return host;
}

static int peers(struct ranks *ranks, const void *bytes, size_t size,
		 struct peers *peers)
{
	MPI_Comm host = host_comm(ranks);
	MPI_Request request;
	int count, self;

	MPI_Comm_size(host, &count);
	MPI_Comm_rank(host, &self);
	*peers = (struct peers){.count = (size_t)count,
				.self = (size_t)self,
				.bytes = calloc((size_t)count, size)};
	if (!peers->bytes)
		give_up(ranks, "no memory for what others were given");
	MPI_Iallgather(bytes, (int)size, MPI_BYTE, peers->bytes, (int)size,
		       MPI_BYTE, host, &request);
	await(ranks, &request);
	MPI_Comm_free(&host);
	return 0;
}

/* The guard knows before anyone ends. */
static void leave(struct ranks *ranks)
{
	struct mpi *mpi = mpi_of(ranks);

	if (!mpi)
		return;
	mpi_guard_leave(&mpi->wait.guard);
	ranks_most(ranks, 0);
	ranks->data = NULL;
	MPI_Finalize();
}

static const struct ranks_calls calls = {
	.combine = combine,
	.share = share,
	.collect = collect,
	.peers = peers,
	.leave = leave,
};

/* A rank that ends before it leaves has read its command line: the others agree
 * on theirs, and leave. */
static int free_mpi(MPI_Comm self, int key, void *value, void *state)
{
	struct mpi *mpi = value;
	struct ranks *ranks = mpi->ranks;

	(void)self;
	(void)key;
	(void)state;
	if (ranks->data) {
		ranks_agree(ranks, -ECANCELED);
		ranks_most(ranks, 0);
	}
	ranks->data = NULL;
	MPI_Op_free(&mpi->merge);
	MPI_Type_free(&mpi->tally);
	mpi_roll_free(&mpi->wait.roll);
	MPI_Comm_free(&mpi->comm);
	free(mpi);
	return MPI_SUCCESS;
}

/* What belongs to MPI_COMM_SELF is freed first when MPI ends. */
static void free_at_end(struct mpi *mpi)
{
	int key;

	MPI_Comm_create_keyval(MPI_COMM_NULL_COPY_FN, free_mpi, &key, NULL);
	MPI_Comm_set_attr(MPI_COMM_SELF, key, mpi);
	MPI_Comm_free_keyval(&key);
}

int mpi_calls_init(struct ranks *ranks)
{
	struct mpi *mpi = calloc(1, sizeof *mpi);
	int rank, count;

	if (!mpi)
		return -ENOMEM;
	MPI_Comm_dup(MPI_COMM_WORLD, &mpi->comm);
	MPI_Comm_rank(mpi->comm, &rank);
	MPI_Comm_size(mpi->comm, &count);
	MPI_Type_contiguous(sizeof(struct tally), MPI_BYTE, &mpi->tally);
	MPI_Type_commit(&mpi->tally);
	MPI_Op_create(merge, 1, &mpi->merge);
	free_at_end(mpi);
	ranks->rank = (size_t)rank;
	ranks->count = (size_t)count;
	ranks->origin.rank = rank;
	ranks->calls = &calls;
	ranks->data = mpi;
	mpi->ranks = ranks;
	mpi->wait = (struct mpi_wait){.ranks = ranks, .guard = {{-1, -1}}};
	return mpi_roll_init(&mpi->wait.roll, ranks);
}

void mpi_calls_guard(struct ranks *ranks)
{
	mpi_guard_start(ranks, &mpi_of(ranks)->wait.guard);
}
