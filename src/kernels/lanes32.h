/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The body of a kernel with 32-bit lanes and four accumulators; lanes64.h
 * says what its file defines.  Only for integers below 2^32.
 *
 * A group of additions, so short that no 32-bit lane can overflow, is widened
 * without a mask: to the pair of lanes l + h * 2^32, as one 64-bit integer,
 * belong
 *
 *	low += pair		modulo 2^64
 *	high += pair >> 32
 *
 * and the sum of all l and h is low - high * 2^32 + high.
 */
#include <stdint.h>

#include "kernels.h"
#include "lanes.h"

typedef uint32_t vector __attribute__((vector_size(LANES_BYTES)));
typedef uint64_t wide __attribute__((vector_size(LANES_BYTES)));

enum {
	LANES = LANES_BYTES / 4,
	ACCUMULATORS = 4,
	STEP_SIZE = LANES * ACCUMULATORS,
	/* Longer groups gain nothing, and the end of a loop is predicted
	 * only while that is near. */
	STEPS_MAX = 32,
};

#define NEXT(v)                                                                \
	do {                                                                   \
		(v) += stride;                                                 \
		LANES_OPAQUE(LANES_WHERE, v);                                  \
	} while (0)

#define ADD_ONE(a, v)                                                          \
	do {                                                                   \
		(a) += (v);                                                    \
		LANES_OPAQUE(LANES_WHERE, a);                                  \
		NEXT(v);                                                       \
	} while (0)

#define STEP()                                                                 \
	do {                                                                   \
		ADD_ONE(a0, v0);                                               \
		ADD_ONE(a1, v1);                                               \
		ADD_ONE(a2, v2);                                               \
		ADD_ONE(a3, v3);                                               \
	} while (0)

/* The first of a group: a copy costs less than a zero and an addition. */
#define START(a, v)                                                            \
	do {                                                                   \
		(a) = (v);                                                     \
		LANES_OPAQUE(LANES_WHERE, a);                                  \
		NEXT(v);                                                       \
	} while (0)

/* A file may define an instruction of its own for this. */
#ifndef LANES_WIDEN
#define LANES_WIDEN(low, high, a)                                              \
	do {                                                                   \
		(low) += (wide)(a);                                            \
		(high) += (wide)(a) >> 32;                                     \
	} while (0)
#endif

/* The first integers, a lane each; see lanes64.h. */
static inline vector start(uint32_t first)
{
	vector v = {0};

	for (unsigned int i = 0; i < LANES; i++)
		v[i] = first + i;
	return v;
}

/* The whole range is below 2^32, and its sum below 2^63: no 64-bit lane
 * overflows. */
static struct u128 fold(wide low, wide high)
{
	struct u128 total = {0, 0};

	for (int i = 0; i < LANES / 2; i++)
		total.lo += low[i] - (high[i] << 32) + high[i];
	return total;
}

/* `count` integers, a multiple of STEP_SIZE, widened every `steps_max` steps.
 */
static struct u128 sum_steps(uint32_t first, uint64_t count, uint64_t steps_max)
{
	uint64_t left = count / STEP_SIZE;
	wide low = {0}, high = {0};
	vector v0 = start(first), v1 = v0 + LANES;
	vector v2 = v1 + LANES, v3 = v2 + LANES;
	vector stride = (vector){0} + STEP_SIZE;

	/* A constant in memory would be loaded again at every use. */
	LANES_OPAQUE(LANES_WHERE, stride);
	while (left > 0) {
		uint64_t steps = left < steps_max ? left : steps_max;
		vector a0, a1, a2, a3;

		left -= steps;
		START(a0, v0);
		START(a1, v1);
		START(a2, v2);
		START(a3, v3);
		/* The branches go the same way in every full group. */
		if (--steps > 0) {
			if (steps & 1)
				STEP();
			if (steps & 2) {
				STEP();
				STEP();
			}
			for (steps /= 4; steps > 0; steps--) {
				STEP();
				STEP();
				STEP();
				STEP();
			}
		}
		LANES_WIDEN(low, high, a0);
		LANES_WIDEN(low, high, a1);
		LANES_WIDEN(low, high, a2);
		LANES_WIDEN(low, high, a3);
	}
	return fold(low, high);
}

/* clang-format off: it takes the macro for the name of a structure */
struct u128 LANES_KERNEL(uint64_t first, uint64_t count)
/* clang-format on */
{
	uint64_t last = first + count - 1;
	uint64_t steps_max = UINT32_MAX / (last | 1);
	uint64_t whole = count - count % STEP_SIZE;
	struct u128 total;

	if (steps_max > STEPS_MAX)
		steps_max = STEPS_MAX;
	total = sum_steps((uint32_t)first, whole, steps_max);
	return lanes_tail(total, first + whole, count - whole);
}
