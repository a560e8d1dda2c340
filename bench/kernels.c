/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each kernel against the hand-written loop for the same instruction set:
 * both in one process, one right after the other, in an order that changes
 * from round to round.  Tab-separated rows:
 *
 *	kernel round ns floor_ns chain_ns integers
 *
 * floor_ns is NA where there is no such loop; chain_ns is the clock meter's
 * time for the same integers in the same round: chain_ns / ns is integers a
 * cycle.
 */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
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
static bool compare(const struct kernel *k, const struct kernel *chain,
		    uint64_t round)
{
	const struct floor_kernel *f = find_floor(k->name);
	uint64_t want = u128_sum_range(FLOOR_FIRST, FLOOR_COUNT).lo;
	uint64_t meter, sum, floor_sum = want;
	int64_t chain_ns = time_kernel(chain, &meter), floor_ns = 0;
	int64_t ns;

	if (f && round % 2 == 0)
		floor_ns = time_floor(f, &floor_sum);
	ns = time_kernel(k, &sum);
	if (f && round % 2 != 0)
		floor_ns = time_floor(f, &floor_sum);
	printf("%s\t%" PRIu64 "\t%" PRId64 "\t", k->name, round, ns);
	if (f)
		printf("%" PRId64, floor_ns);
	else
		printf("NA");
	printf("\t%" PRId64 "\t%" PRIu64 "\n", chain_ns, FLOOR_COUNT);
	return sum == want && floor_sum == want && meter == want;
}

int main(int argc, char **argv)
{
	uint64_t rounds = 101;
	size_t count;
	const struct kernel *kernels = kernel_table(&count);
	const struct kernel *chain = kernel_find("chain");
	bool right = true;

	if (argc > 1 && number_parse_count(argv[1], &rounds))
		return 1;
	printf("kernel\tround\tns\tfloor_ns\tchain_ns\tintegers\n");
	for (uint64_t round = 0; round < rounds; round++)
		for (size_t i = 0; i < count; i++)
			if (kernels[i].supported())
				right &= compare(&kernels[i], chain, round);
	if (!right)
		fprintf(stderr, "kernels: a sum is wrong\n");
	return right && !fflush(stdout) ? 0 : 1;
}
