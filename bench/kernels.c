/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernels NAME ROUNDS
 *
 * A kernel against the hand-written loop for the same instruction set, one
 * right after the other, in an order that changes from round to round; the
 * clock meter against another meter of the clock.  A row for each round: ns,
 * floor_ns.
 */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "bench.h"
#include "floor-kernels.h"
#include "kernels/kernel.h"

static int64_t time_kernel(const struct kernel *k, uint64_t *sum)
{
	int64_t start = clock_now();

	*sum = k->sum(FLOOR_FIRST, FLOOR_COUNT).lo;
	return clock_now() - start;
}

static int64_t time_floor(const struct floor_kernel *f, uint64_t *sum)
{
	int64_t start = clock_now();

	*sum = f->sum();
	return clock_now() - start;
}

static const struct floor_kernel *find_floor(const char *name)
{
	size_t count;
	const struct floor_kernel *floors = floor_kernels(&count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(floors[i].kernel, name) == 0)
			return &floors[i];
	return NULL;
}

/* One row; false where a sum is wrong. */
static bool compare(const struct kernel *k, const struct floor_kernel *f,
		    uint64_t round)
{
	uint64_t want = u128_sum_range(FLOOR_FIRST, FLOOR_COUNT).lo;
	uint64_t sum, floor_sum;
	int64_t ns, floor_ns = 0;

	if (round % 2 == 0)
		floor_ns = time_floor(f, &floor_sum);
	ns = time_kernel(k, &sum);
	if (round % 2 != 0)
		floor_ns = time_floor(f, &floor_sum);
	printf("%" PRId64 "\t%" PRId64 "\n", ns, floor_ns);
	return sum == want && floor_sum == want;
}

int main(int argc, char **argv)
{
	uint64_t rounds = bench_rounds(argc, argv, 2);
	const struct kernel *k = argc > 1 ? kernel_find(argv[1]) : NULL;
	const struct floor_kernel *f = k ? find_floor(k->name) : NULL;

	if (!f || !k->supported())
		return bench_skip("no such kernel on this machine");
	printf("ns\tfloor_ns\n");
	for (uint64_t round = 0; round < rounds; round++)
		if (!compare(k, f, round))
			return bench_fail("a sum is wrong");
	return bench_end();
}
