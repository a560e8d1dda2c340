/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The body of a kernel with 64-bit lanes and four accumulators.  Its file
 * defines
 *
 *	LANES_KERNEL	the function
 *	LANES_BYTES	size of a vector, one that this file's instruction set
 *			has registers for: others are taken apart, at a
 *			sixteenth of the speed
 *	LANES_WHERE	the constraint of those registers in an asm
 *
 * and includes this.  The vectors are the compiler's own (GNU C), so that one
 * text serves every instruction set.
 */
#include <stdint.h>

#include "kernels.h"
#include "lanes.h"

typedef uint64_t vector __attribute__((vector_size(LANES_BYTES)));

enum {
	LANES = LANES_BYTES / 8,
	ACCUMULATORS = 4,
	STEPS = 4, /* unrolled: the loop's own instructions cost nothing */
	ROUND = LANES * ACCUMULATORS * STEPS,
};

#define ADD_ONE(a, v)                                                          \
	do {                                                                   \
		(a) += (v);                                                    \
		(v) += stride;                                                 \
		LANES_OPAQUE(LANES_WHERE, a);                                  \
		LANES_OPAQUE(LANES_WHERE, v);                                  \
	} while (0)

#define STEP()                                                                 \
	do {                                                                   \
		ADD_ONE(a0, v0);                                               \
		ADD_ONE(a1, v1);                                               \
		ADD_ONE(a2, v2);                                               \
		ADD_ONE(a3, v3);                                               \
	} while (0)

/* The first integers, a lane each.  A function of its own, or a vector whose
 * lanes are set by number would stay in memory (gcc -O1, -Os). */
static inline vector start(uint64_t first)
{
	vector v = {0};

	for (unsigned int i = 0; i < LANES; i++)
		v[i] = first + i;
	return v;
}

static inline struct u128 fold(struct u128 total, vector a)
{
	for (int i = 0; i < LANES; i++)
		total = u128_add64(total, a[i]);
	return total;
}

/* `rounds` rounds from `first` on, in lanes that do not overflow. */
static struct u128 sum_block(struct u128 total, uint64_t first, uint64_t rounds)
{
	vector a0 = {0}, a1 = {0}, a2 = {0}, a3 = {0};
	vector v0 = start(first), v1 = v0 + LANES;
	vector v2 = v1 + LANES, v3 = v2 + LANES;
	vector stride = (vector){0} + LANES * ACCUMULATORS;

	/* A constant in memory would be loaded again at every use. */
	LANES_OPAQUE(LANES_WHERE, stride);
	do {
		STEP();
		STEP();
		STEP();
		STEP();
	} while (--rounds > 0);
	return fold(fold(fold(fold(total, a0), a1), a2), a3);
}

/* clang-format off: it takes the macro for the name of a structure */
struct u128 LANES_KERNEL(uint64_t first, uint64_t count)
/* clang-format on */
{
	return lanes_blocks(first, count, ROUND, STEPS, sum_block);
}
