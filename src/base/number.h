/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as text: counts, durations, ratios and 128-bit decimals.
 *
 * Pure: no locale, no allocation, no output.  Parsers take the whole string
 * and return 0, -EINVAL (not a number of that kind) or -ERANGE (too large);
 * on failure the result is untouched.  Formatters write no terminating NUL
 * and return the number of bytes written; the caller gives a buffer of at
 * least the size named here.
 */
#ifndef PINSUM_NUMBER_H
#define PINSUM_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Not every target has __int128, and reports need no more than this. */
struct u128 {
	uint64_t hi, lo;
};

/* Longest results of the formatters, in bytes. */
#define NUMBER_U64_MAX   20
#define NUMBER_I64_MAX   20
#define NUMBER_U128_MAX  39
#define NUMBER_RATIO_MAX 32

static inline struct u128 u128_add(struct u128 a, struct u128 b)
{
	struct u128 r = {.hi = a.hi + b.hi, .lo = a.lo + b.lo};

	r.hi += r.lo < a.lo;
	return r;
}

static inline struct u128 u128_add64(struct u128 a, uint64_t b)
{
	return u128_add(a, (struct u128){.hi = 0, .lo = b});
}

static inline bool u128_equal(struct u128 a, struct u128 b)
{
	return a.hi == b.hi && a.lo == b.lo;
}

/* a * b in 128 bits. */
struct u128 u128_mul64(uint64_t a, uint64_t b);

/* first + (first + 1) + ... of `count` integers, by Gauss's formula; the
 * reference that every measured sum is held against.  Exact while the result
 * fits 128 bits. */
struct u128 u128_sum_range(uint64_t first, uint64_t count);

/* Digits with an optional power of ten: k M G T ("300M"). */
int number_parse_count(const char *text, uint64_t *value);

/* "200us", "150ms", "2s", "10m", "1h", "30ns", or plain seconds; decimals are
 * accepted ("1.5s").  Nanoseconds.  Never negative. */
int number_parse_duration(const char *text, int64_t *ns);

/* A decimal such as "2", "0.5", "12.25" (no sign, no exponent), whatever the
 * locale. */
int number_parse_decimal(const char *text, double *value);

size_t number_format_u64(char *buffer, uint64_t value);
size_t number_format_i64(char *buffer, int64_t value);
size_t number_format_u128(char *buffer, struct u128 value);

/* Four decimals, rounded half up, `.` whatever the locale.  Finite values
 * of magnitude below 1e14 only; the caller writes NA for the rest. */
size_t number_format_ratio(char *buffer, double value);

#endif
