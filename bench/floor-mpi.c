/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * floor-mpi ROUNDS LAST
 *
 * The sum of 1 to LAST over the ranks of MPI with the kernel that pinsum-mpi
 * chooses, and as little as can be around it.  A row for each round, by rank
 * 0's clock: all of it, the adding, the barrier before and the reduction after.
 */
#include <config.h>

#include <inttypes.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/part.h"
#include "kernels/kernel.h"

static void add(void *from, void *into, int *count, MPI_Datatype *type)
{
	const struct u128 *a = from;
	struct u128 *b = into;

	(void)type;
	for (int i = 0; i < *count; i++)
		b[i] = u128_add(b[i], a[i]);
}

struct bare {
	int rank;
	const struct kernel *kernel;
	struct part part, whole;
	MPI_Datatype u128;
	MPI_Op add;
};

static void round_of(const struct bare *bare)
{
	struct u128 own, sum = {0};
	int64_t begin = clock_now(), start, done, end;

	MPI_Barrier(MPI_COMM_WORLD);
	start = clock_now();
	own = bare->kernel->sum(bare->part.first, bare->part.count);
	done = clock_now();
	MPI_Reduce(&own, &sum, 1, bare->u128, bare->add, 0, MPI_COMM_WORLD);
	end = clock_now();
	if (bare->rank)
		return;
	if (!u128_equal(sum, u128_sum_range(1, bare->whole.count)))
		MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
	printf("%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\n",
	       end - begin, start - begin, done - start, end - done);
}

int main(int argc, char *argv[])
{
	struct bare bare = {.whole = {.first = 1}};
	uint64_t rounds;
	int count;

	MPI_Init(&argc, &argv);
	if (argc < 3)
		MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
	rounds = strtoull(argv[1], NULL, 10);
	bare.whole.count = strtoull(argv[2], NULL, 10);
	bare.kernel = kernel_fastest(1, bare.whole.count);
	MPI_Comm_rank(MPI_COMM_WORLD, &bare.rank);
	MPI_Comm_size(MPI_COMM_WORLD, &count);
	bare.part = part_of(bare.whole, (size_t)bare.rank, (size_t)count);
	MPI_Type_contiguous(sizeof(struct u128), MPI_BYTE, &bare.u128);
	MPI_Type_commit(&bare.u128);
	MPI_Op_create(add, 1, &bare.add);
	if (!bare.rank)
		puts("wall_ns\tbarrier_ns\tcompute_ns\treduce_ns");
	for (uint64_t i = 0; i < rounds; i++)
		round_of(&bare);
	MPI_Op_free(&bare.add);
	MPI_Type_free(&bare.u128);
	return MPI_Finalize() ? EXIT_FAILURE : EXIT_SUCCESS;
}
