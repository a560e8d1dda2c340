/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernels share.  Everything here is static: a kernel's object file
 * must hold no function that another instruction set might be given.
 */
#ifndef PINSUM_LANES_H
#define PINSUM_LANES_H

#include <stdint.h>

#include "base/number.h"

/*
 * An empty instruction that may have changed `variable`: without it compilers
 * see the arithmetic progression, and put its closed form in place of the
 * loop.  Volatile keeps them in the order of the source: gcc would put the
 * additions of one accumulator in a row, each waiting for the one before.  Name
 * the variables: an array of vectors would be kept in memory.
 */
#define LANES_OPAQUE(where, variable) __asm__ volatile("" : "+" where(variable))

/* One by one: what is left when whole vectors have been added. */
static inline struct u128 lanes_tail(struct u128 total, uint64_t value,
				     uint64_t count)
{
	for (; count > 0; count--) {
		LANES_OPAQUE("r", value);
		total = u128_add64(total, value);
		value++;
	}
	return total;
}

/* Adds `rounds` rounds (at least one) from `first` on. */
typedef struct u128 lanes_block(struct u128 total, uint64_t first,
				uint64_t rounds);

/*
 * The whole range in blocks short enough that no 64-bit lane overflows, where
 * a round is of `round` integers, `steps` of them in the same lane.
 */
static inline struct u128 lanes_blocks(uint64_t first, uint64_t count,
				       uint64_t round, uint64_t steps,
				       lanes_block *block)
{
	uint64_t last = first + count - 1;
	uint64_t rounds_max = UINT64_MAX / (last | 1) / steps;
	struct u128 total = {0, 0};

	while (count >= round && rounds_max > 0) {
		uint64_t rounds = count / round;

		if (rounds > rounds_max)
			rounds = rounds_max;
		total = block(total, first, rounds);
		first += rounds * round;
		count -= rounds * round;
	}
	return lanes_tail(total, first, count);
}

#endif
