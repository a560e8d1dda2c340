/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The formatters, and arithmetic in 128 bits. */
#include <config.h>

#include "base/number.h"

#include <inttypes.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cases.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct ratio_case {
	const char *text;
	double value;
} ratio_cases[] = {
	{.text = "0.0000", .value = 0},
	{.text = "1.0000", .value = 1},
	{.text = "-1.0000", .value = -1},
	{.text = "12.3457", .value = 12.34567},
	{.text = "0.0001", .value = 0.00005},
	{.text = "0.0000", .value = 0.00004999999},
	{.text = "0.0000", .value = -0.00001},
	{.text = "0.0313", .value = 0.03125},
	{.text = "-0.0312", .value = -0.03125},
	{.text = "-0.0938", .value = -0.09376},
	{.text = "1.0000", .value = 0.99995001},
	{.text = "0.9999", .value = 0.99994999},
	{.text = "2.0000", .value = 1.99999999},
	{.text = "99999999999999.9844", .value = 99999999999999.984375},
	{.text = "-99999999999999.9844", .value = -99999999999999.984375},
};

static void check_ratio(const char *want, double value)
{
	char text[NUMBER_RATIO_MAX + 1];

	text[number_format_ratio(text, value)] = '\0';
	tap_is_text(text, want, "ratio %.17g", value);
}

static struct u128 random_u128(uint64_t *seed)
{
	struct u128 v = {.hi = cases_random(seed), .lo = cases_random(seed)};
	unsigned shift = (unsigned)(cases_random(seed) % 65);

	/* All lengths, not only the longest. */
	v.hi = shift == 64 ? 0 : v.hi >> shift;
	if (v.hi == 0)
		v.lo >>= cases_random(seed) % 64;
	return v;
}

/* Doubling a row of decimal digits, bit by bit. */
static void slow_format_u128(char *text, struct u128 value)
{
	unsigned char digits[NUMBER_U128_MAX] = {0};
	size_t used = NUMBER_U128_MAX;

	for (int bit = 127; bit >= 0; bit--) {
		uint64_t half = bit >= 64 ? value.hi : value.lo;
		unsigned carry = half >> (bit % 64) & 1;

		for (size_t i = 0; i < COUNT(digits); i++) {
			unsigned twice = 2u * digits[i] + carry;

			digits[i] = (unsigned char)(twice % 10);
			carry = twice / 10;
		}
	}
	while (used > 1 && digits[used - 1] == 0)
		used--;
	while (used > 0)
		*text++ = (char)('0' + digits[--used]);
	*text = '\0';
}

static bool u128_format_agrees(struct u128 value)
{
	char got[NUMBER_U128_MAX + 1], want[NUMBER_U128_MAX + 1];

	got[number_format_u128(got, value)] = '\0';
	slow_format_u128(want, value);
	return strcmp(got, want) == 0;
}

static bool integer_formats_agree(uint64_t value)
{
	char text[2][NUMBER_U64_MAX + 1], want[2][NUMBER_U64_MAX + 1];

	text[0][number_format_u64(text[0], value)] = '\0';
	text[1][number_format_i64(text[1], (int64_t)value)] = '\0';
	snprintf(want[0], sizeof(want[0]), "%" PRIu64, value);
	snprintf(want[1], sizeof(want[1]), "%" PRId64, (int64_t)value);
	return strcmp(text[0], want[0]) == 0 && strcmp(text[1], want[1]) == 0;
}

static void check_formats(void)
{
	uint64_t seed = 3, power = 1;
	int wrong = 0;

	for (unsigned i = 0; i < 20; i++, power *= 10)
		wrong += !integer_formats_agree(power) +
			 !integer_formats_agree(power - 1) +
			 !integer_formats_agree(-power);
	wrong += !integer_formats_agree(UINT64_MAX) +
		 !integer_formats_agree((uint64_t)INT64_MIN);
	tap_is_int(wrong, 0, "integers at every change of length");
	for (unsigned i = 0; i < 50000; i++)
		wrong += !integer_formats_agree(cases_random(&seed) >>
						cases_random(&seed) % 64);
	tap_is_int(wrong, 0, "50000 random integers");
	for (unsigned i = 0; i < 20000; i++)
		wrong += !u128_format_agrees(random_u128(&seed));
	wrong += !u128_format_agrees((struct u128){.hi = 0, .lo = 0}) +
		 !u128_format_agrees((struct u128){.hi = 1, .lo = 0}) +
		 !u128_format_agrees(
			 (struct u128){.hi = UINT64_MAX, .lo = UINT64_MAX});
	tap_is_int(wrong, 0, "20000 random integers of 128 bits");
}

/* printf rounds the exact binary value, but ties to even: the ties among
 * doubles are the odd multiples of 1/32. */
static bool ratio_agrees(double value)
{
	char got[NUMBER_RATIO_MAX + 1], want[NUMBER_RATIO_MAX + 1];

	if (fabs(fmod(value * 32, 2)) == 1)
		return true;
	got[number_format_ratio(got, value)] = '\0';
	snprintf(want, sizeof(want), "%.4f", value);
	return strcmp(got, strcmp(want, "-0.0000") == 0 ? "0.0000" : want) == 0;
}

static void check_ratios(void)
{
	int wrong = 0;
	uint64_t seed = 4;

	for (unsigned i = 0; i < 50000; i++) {
		double scale = pow(10, 19 * cases_uniform(&seed) - 5.01);

		wrong += !ratio_agrees(scale * (2 * cases_uniform(&seed) - 1));
	}
	tap_is_int(wrong, 0, "50000 random ratios");
	/* The doubles next to n.nnnn5, where rounding is decided. */
	for (unsigned i = 0; i < 20000; i++) {
		double tie = ((double)(2 * i) + 1) / 20000;

		wrong += !ratio_agrees(tie) + !ratio_agrees(nextafter(tie, 9)) +
			 !ratio_agrees(nextafter(tie, 0)) +
			 !ratio_agrees(-nextafter(tie, 0));
	}
	tap_is_int(wrong, 0, "ratios beside a tie");
}

static struct u128 slow_product(uint64_t a, uint64_t b)
{
	struct u128 sum = {.hi = 0, .lo = 0};

	for (int bit = 63; bit >= 0; bit--) {
		sum = u128_add(sum, sum);
		if (a >> bit & 1)
			sum = u128_add64(sum, b);
	}
	return sum;
}

static void check_products(void)
{
	static const uint64_t edges[] = {
		0, 1, 2, UINT32_MAX, 1ull << 32, 1ull << 63, UINT64_MAX};
	int wrong = 0;
	uint64_t seed = 5;

	for (size_t i = 0; i < COUNT(edges) * COUNT(edges); i++) {
		uint64_t a = edges[i / COUNT(edges)],
			 b = edges[i % COUNT(edges)];

		wrong += !u128_equal(u128_mul64(a, b), slow_product(a, b));
	}
	for (unsigned i = 0; i < 20000; i++) {
		uint64_t a = cases_random(&seed) >> cases_random(&seed) % 64;
		uint64_t b = cases_random(&seed) >> cases_random(&seed) % 64;

		wrong += !u128_equal(u128_mul64(a, b), slow_product(a, b));
	}
	tap_is_int(wrong, 0, "products in 128 bits");
}

static void check_sums(void)
{
	int wrong = 0;
	uint64_t seed = 6;
	struct u128 all;

	for (unsigned i = 0; i < 200; i++) {
		uint64_t first =
			cases_random(&seed) >> 1 >> cases_random(&seed) % 63;
		struct u128 sum = {.hi = 0, .lo = 0};

		for (uint64_t n = 0; n < 100; n++) {
			wrong += !u128_equal(u128_sum_range(first, n), sum);
			sum = u128_add64(sum, first + n);
		}
	}
	tap_is_int(wrong, 0, "sums of ranges, against loops");
	for (unsigned i = 0; i < 20000; i++) {
		uint64_t first = cases_random(&seed) >> 2;
		uint64_t left = cases_random(&seed) >> 2;
		uint64_t right = cases_random(&seed) >> 2;

		all = u128_add(u128_sum_range(first, left),
			       u128_sum_range(first + left, right));
		wrong += !u128_equal(u128_sum_range(first, left + right), all);
	}
	tap_is_int(wrong, 0, "a sum is that of its parts");
	all = u128_sum_range(0, UINT64_MAX);
	tap_ok(all.hi == 0x7ffffffffffffffe && all.lo == 0x8000000000000001,
	       "the sum of the longest range");
}

/* The report must not change with the user's locale. */
static void check_locale(void)
{
	static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8",
					    "de_DE", "pt_BR.UTF-8"};

	for (size_t i = 0; i < COUNT(names); i++) {
		if (setlocale(LC_ALL, names[i]) == NULL ||
		    *localeconv()->decimal_point != ',')
			continue;
		tap_note("%s", names[i]);
		check_ratio("0.5000", 0.5);
		setlocale(LC_ALL, "C");
		return;
	}
	tap_skip("a locale with a decimal comma", "none is installed");
}

int main(void)
{
	for (size_t i = 0; i < COUNT(ratio_cases); i++)
		check_ratio(ratio_cases[i].text, ratio_cases[i].value);
	check_formats();
	check_ratios();
	check_products();
	check_sums();
	check_locale();
	return tap_done();
}
