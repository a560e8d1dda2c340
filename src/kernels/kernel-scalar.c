/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Four accumulators in general registers.
 *
 * Accumulators and values both stay opaque, or the compiler would make
 * vectors of them.
 */
#include <config.h>

#include "kernels.h"
#include "lanes.h"

enum {
	ACCUMULATORS = 4,
	STEPS = 4,
	ROUND = ACCUMULATORS * STEPS,
};

#define ADD_ONE(a, v)                                                          \
	do {                                                                   \
		(a) += (v);                                                    \
		(v) += ACCUMULATORS;                                           \
		LANES_OPAQUE("r", a);                                          \
		LANES_OPAQUE("r", v);                                          \
	} while (0)

#define STEP()                                                                 \
	do {                                                                   \
		ADD_ONE(a0, v0);                                               \
		ADD_ONE(a1, v1);                                               \
		ADD_ONE(a2, v2);                                               \
		ADD_ONE(a3, v3);                                               \
	} while (0)

/* `rounds` rounds from `first` on, in registers that do not overflow. */
static struct u128 sum_block(struct u128 total, uint64_t first, uint64_t rounds)
{
	uint64_t a0 = 0, a1 = 0, a2 = 0, a3 = 0;
	uint64_t v0 = first, v1 = first + 1, v2 = first + 2, v3 = first + 3;

	LANES_OPAQUE("r", v0);
	LANES_OPAQUE("r", v1);
	LANES_OPAQUE("r", v2);
	LANES_OPAQUE("r", v3);
	do {
		STEP();
		STEP();
		STEP();
		STEP();
	} while (--rounds > 0);
	total = u128_add64(u128_add64(total, a0), a1);
	return u128_add64(u128_add64(total, a2), a3);
}

struct u128 kernel_scalar(uint64_t first, uint64_t count)
{
	return lanes_blocks(first, count, ROUND, STEPS, sum_block);
}
