/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "floor-kernels.h"

#include "base/number.h"

#if defined(__x86_64__)
#include <immintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#endif

/* The additions stay as they are written, and in this order. */
#define KEEP(where, v) __asm__("" : "+" where(v))

/* Four times `DO`, with the names of an accumulator and of its values. */
#define FOUR(DO) DO(a0, v0) DO(a1, v1) DO(a2, v2) DO(a3, v3)

/* Thirteen steps: after the one that starts a group, its rest. */
#define THIRTEEN(STEP)                                                         \
	STEP STEP STEP STEP STEP STEP STEP STEP STEP STEP STEP STEP STEP

enum { WIDEN_EVERY = 14 };

#if defined(__x86_64__)

#define ADD_128(a, v)                                                          \
	a = _mm_add_epi64(a, v);                                               \
	v = _mm_add_epi64(v, stride);                                          \
	KEEP("x", a);                                                          \
	KEEP("x", v);

static uint64_t floor_sse2(void)
{
	__m128i stride = _mm_set1_epi64x(8);
	__m128i a0 = _mm_setzero_si128(), a1 = a0, a2 = a0, a3 = a0;
	__m128i v0 = _mm_set_epi64x(FLOOR_FIRST + 1, FLOOR_FIRST);
	__m128i v1 = _mm_add_epi64(v0, _mm_set1_epi64x(2));
	__m128i v2 = _mm_add_epi64(v1, _mm_set1_epi64x(2));
	__m128i v3 = _mm_add_epi64(v2, _mm_set1_epi64x(2));

	KEEP("x", stride);
	for (uint64_t i = 0; i < FLOOR_COUNT / 16; i++) {
		FOUR(ADD_128)
		FOUR(ADD_128)
	}
	a0 = _mm_add_epi64(_mm_add_epi64(a0, a1), _mm_add_epi64(a2, a3));
	return (uint64_t)_mm_cvtsi128_si64(a0) +
	       (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(a0, a0));
}

#define AVX2 __attribute__((target("avx2")))

AVX2 static uint64_t total_256(__m256i a)
{
	return (uint64_t)_mm256_extract_epi64(a, 0) +
	       (uint64_t)_mm256_extract_epi64(a, 1) +
	       (uint64_t)_mm256_extract_epi64(a, 2) +
	       (uint64_t)_mm256_extract_epi64(a, 3);
}

#define ADD_256(a, v)                                                          \
	a = _mm256_add_epi64(a, v);                                            \
	v = _mm256_add_epi64(v, stride);                                       \
	KEEP("x", a);                                                          \
	KEEP("x", v);

AVX2 static uint64_t floor_avx2(void)
{
	__m256i stride = _mm256_set1_epi64x(16), four = _mm256_set1_epi64x(4);
	__m256i a0 = _mm256_setzero_si256(), a1 = a0, a2 = a0, a3 = a0;
	__m256i v0 = _mm256_add_epi64(_mm256_set1_epi64x(FLOOR_FIRST),
				      _mm256_setr_epi64x(0, 1, 2, 3));
	__m256i v1 = _mm256_add_epi64(v0, four);
	__m256i v2 = _mm256_add_epi64(v1, four);
	__m256i v3 = _mm256_add_epi64(v2, four);

	KEEP("x", stride);
	for (uint64_t i = 0; i < FLOOR_COUNT / 32; i++) {
		FOUR(ADD_256)
		FOUR(ADD_256)
	}
	a0 = _mm256_add_epi64(a0, a1);
	a2 = _mm256_add_epi64(a2, a3);
	return total_256(_mm256_add_epi64(a0, a2));
}

#define START_256(a, v)                                                        \
	a = v;                                                                 \
	v = _mm256_add_epi32(v, stride);                                       \
	KEEP("x", v);

#define NARROW_256(a, v)                                                       \
	a = _mm256_add_epi32(a, v);                                            \
	v = _mm256_add_epi32(v, stride);                                       \
	KEEP("x", a);                                                          \
	KEEP("x", v);

#define WIDEN_256(a, v)                                                        \
	low = _mm256_add_epi64(low, a);                                        \
	high = _mm256_add_epi64(high, _mm256_srli_epi64(a, 32));

AVX2 static uint64_t floor_avx2_32(void)
{
	__m256i stride = _mm256_set1_epi32(32), eight = _mm256_set1_epi32(8);
	__m256i low = _mm256_setzero_si256(), high = low;
	__m256i v0 =
		_mm256_add_epi32(_mm256_set1_epi32((int)FLOOR_FIRST),
				 _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
	__m256i v1 = _mm256_add_epi32(v0, eight);
	__m256i v2 = _mm256_add_epi32(v1, eight);
	__m256i v3 = _mm256_add_epi32(v2, eight);

	KEEP("x", stride);
	for (uint64_t i = 0; i < FLOOR_COUNT / 32 / WIDEN_EVERY; i++) {
		__m256i a0, a1, a2, a3;

		FOUR(START_256)
		THIRTEEN(FOUR(NARROW_256))
		FOUR(WIDEN_256)
	}
	return total_256(low) + total_256(high) - (total_256(high) << 32);
}

#define AVX512 __attribute__((target("avx512f")))

#define ADD_512(a, v)                                                          \
	a = _mm512_add_epi64(a, v);                                            \
	v = _mm512_add_epi64(v, stride);                                       \
	KEEP("v", a);                                                          \
	KEEP("v", v);

AVX512 static uint64_t floor_avx512(void)
{
	__m512i stride = _mm512_set1_epi64(32), eight = _mm512_set1_epi64(8);
	__m512i a0 = _mm512_setzero_si512(), a1 = a0, a2 = a0, a3 = a0;
	__m512i v0 =
		_mm512_add_epi64(_mm512_set1_epi64(FLOOR_FIRST),
				 _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
	__m512i v1 = _mm512_add_epi64(v0, eight);
	__m512i v2 = _mm512_add_epi64(v1, eight);
	__m512i v3 = _mm512_add_epi64(v2, eight);

	KEEP("v", stride);
	for (uint64_t i = 0; i < FLOOR_COUNT / 64; i++) {
		FOUR(ADD_512)
		FOUR(ADD_512)
	}
	a0 = _mm512_add_epi64(a0, a1);
	a2 = _mm512_add_epi64(a2, a3);
	return (uint64_t)_mm512_reduce_add_epi64(_mm512_add_epi64(a0, a2));
}

#define START_512(a, v)                                                        \
	a = v;                                                                 \
	v = _mm512_add_epi32(v, stride);                                       \
	KEEP("v", v);

#define NARROW_512(a, v)                                                       \
	a = _mm512_add_epi32(a, v);                                            \
	v = _mm512_add_epi32(v, stride);                                       \
	KEEP("v", a);                                                          \
	KEEP("v", v);

#define WIDEN_512(a, v)                                                        \
	low = _mm512_add_epi64(low, a);                                        \
	high = _mm512_add_epi64(high, _mm512_srli_epi64(a, 32));

AVX512 static uint64_t floor_avx512_32(void)
{
	__m512i stride = _mm512_set1_epi32(64), more = _mm512_set1_epi32(16);
	__m512i low = _mm512_setzero_si512(), high = low;
	__m512i v0 =
		_mm512_add_epi32(_mm512_set1_epi32((int)FLOOR_FIRST),
				 _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
						   10, 11, 12, 13, 14, 15));
	__m512i v1 = _mm512_add_epi32(v0, more);
	__m512i v2 = _mm512_add_epi32(v1, more);
	__m512i v3 = _mm512_add_epi32(v2, more);
	uint64_t h;

	KEEP("v", stride);
	for (uint64_t i = 0; i < FLOOR_COUNT / 64 / WIDEN_EVERY; i++) {
		__m512i a0, a1, a2, a3;

		FOUR(START_512)
		THIRTEEN(FOUR(NARROW_512))
		FOUR(WIDEN_512)
	}
	h = (uint64_t)_mm512_reduce_add_epi64(high);
	return (uint64_t)_mm512_reduce_add_epi64(low) + h - (h << 32);
}

#elif defined(__aarch64__)

#define ADD_NEON(a, v)                                                         \
	a = vaddq_u64(a, v);                                                   \
	v = vaddq_u64(v, stride);                                              \
	KEEP("w", a);                                                          \
	KEEP("w", v);

static uint64_t floor_neon(void)
{
	uint64x2_t stride = vdupq_n_u64(8), two = vdupq_n_u64(2);
	uint64x2_t a0 = vdupq_n_u64(0), a1 = a0, a2 = a0, a3 = a0;
	uint64x2_t v0 = vcombine_u64(vcreate_u64(FLOOR_FIRST),
				     vcreate_u64(FLOOR_FIRST + 1));
	uint64x2_t v1 = vaddq_u64(v0, two);
	uint64x2_t v2 = vaddq_u64(v1, two);
	uint64x2_t v3 = vaddq_u64(v2, two);

	KEEP("w", stride);
	for (uint64_t i = 0; i < FLOOR_COUNT / 16; i++) {
		FOUR(ADD_NEON)
		FOUR(ADD_NEON)
	}
	return vaddvq_u64(vaddq_u64(vaddq_u64(a0, a1), vaddq_u64(a2, a3)));
}

#define START_NEON(a, v)                                                       \
	a = v;                                                                 \
	v = vaddq_u32(v, stride);                                              \
	KEEP("w", v);

#define NARROW_NEON(a, v)                                                      \
	a = vaddq_u32(a, v);                                                   \
	v = vaddq_u32(v, stride);                                              \
	KEEP("w", a);                                                          \
	KEEP("w", v);

/* The instruction set has the widening addition. */
#define WIDEN_NEON(a, v) low = vpadalq_u32(low, a);

static uint64_t floor_neon_32(void)
{
	static const uint32_t lanes[] = {0, 1, 2, 3};
	uint32x4_t stride = vdupq_n_u32(16), four = vdupq_n_u32(4);
	uint64x2_t low = vdupq_n_u64(0);
	uint32x4_t v0 =
		vaddq_u32(vdupq_n_u32((uint32_t)FLOOR_FIRST), vld1q_u32(lanes));
	uint32x4_t v1 = vaddq_u32(v0, four);
	uint32x4_t v2 = vaddq_u32(v1, four);
	uint32x4_t v3 = vaddq_u32(v2, four);

	KEEP("w", stride);
	for (uint64_t i = 0; i < FLOOR_COUNT / 16 / WIDEN_EVERY; i++) {
		uint32x4_t a0, a1, a2, a3;

		FOUR(START_NEON)
		THIRTEEN(FOUR(NARROW_NEON))
		FOUR(WIDEN_NEON)
	}
	return vaddvq_u64(low);
}

#endif

#if defined(__x86_64__)

/* The clock by other means than an addition for each cycle: a multiplication
 * waits three cycles for the one before, on every such CPU since 2008. */
static uint64_t floor_clock(void)
{
	uint64_t x = FLOOR_FIRST;

	for (uint64_t i = 0; i < FLOOR_COUNT / 24; i++)
		__asm__ volatile("imul %0, %0\n\timul %0, %0\n\t"
				 "imul %0, %0\n\timul %0, %0\n\t"
				 "imul %0, %0\n\timul %0, %0\n\t"
				 "imul %0, %0\n\timul %0, %0"
				 : "+r"(x));
	return u128_sum_range(FLOOR_FIRST, FLOOR_COUNT).lo;
}

#endif

static const struct floor_kernel table[] = {
#if defined(__x86_64__)
	{.kernel = "chain", .sum = floor_clock},
	{.kernel = "sse2", .sum = floor_sse2},
	{.kernel = "avx2", .sum = floor_avx2},
	{.kernel = "avx2-32", .sum = floor_avx2_32},
	{.kernel = "avx512", .sum = floor_avx512},
	{.kernel = "avx512-32", .sum = floor_avx512_32},
#elif defined(__aarch64__)
	{.kernel = "neon", .sum = floor_neon},
	{.kernel = "neon-32", .sum = floor_neon_32},
#else
	{.kernel = NULL},
#endif
};

const struct floor_kernel *floor_kernels(size_t *count)
{
	*count = sizeof(table) / sizeof(table[0]);
	if (!table[0].kernel)
		*count = 0;
	return table;
}
