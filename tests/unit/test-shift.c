/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shift of two samples, intervals of quantiles, and compare's verdicts. */
#include <config.h>

#include "base/shift.h"

#include <math.h>
#include <stdint.h>

#include "cases.h"
#include "compare/compare.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Critical values of U, two-sided 5 %, plus one, as tables of the test of
 * Mann and Whitney have them. */
static const struct {
	size_t m, n, rank;
} known_ranks[] = {
	{3, 3, 0},    {3, 5, 1},     {4, 4, 1},	  {5, 5, 3},
	{2, 8, 1},    {6, 9, 11},    {9, 6, 11},  {10, 10, 24},
	{12, 15, 50}, {20, 20, 128}, {8, 20, 42},
};

static void check_ranks(void)
{
	for (size_t i = 0; i < COUNT(known_ranks); i++)
		tap_is_int(
			(int64_t)shift_rank(known_ranks[i].m, known_ranks[i].n),
			(int64_t)known_ranks[i].rank, "rank of %zu and %zu",
			known_ranks[i].m, known_ranks[i].n);
	/* Where the approximation takes over it hardly matters. */
	tap_ok(shift_rank(51, 51) >= shift_rank(50, 50) &&
		       shift_rank(51, 51) < shift_rank(50, 50) + 100,
	       "exact and approximate ranks go together");
}

static void check_estimate(void)
{
	const double a[] = {10, 12, 11, 14}, b[] = {1, 3, 2, 5};
	struct interval v;
	double shift;

	tap_is_int(shift_estimate(a, 4, b, 4, &shift, &v), 0, "estimate");
	tap_ok(shift == 9, "the median of all differences: %g", shift);
	tap_ok(v.lo == 5 && v.hi == 13, "its interval: %g to %g", v.lo, v.hi);
	tap_is_int(shift_estimate(a, 3, b, 3, &shift, &v), 0, "three values");
	tap_ok(shift == 9 && isnan(v.lo) && isnan(v.hi), "have no interval");
	tap_is_int(shift_estimate(a, 0, b, 3, &shift, &v), 0, "none");
	tap_ok(isnan(shift) && isnan(v.lo), "has no estimate");
}

/* Skewed as times are. */
static void random_sample(uint64_t *seed, double *x, size_t n, double shift)
{
	for (size_t i = 0; i < n; i++)
		x[i] = shift - log(1 - cases_uniform(seed));
}

static void check_coverage(size_t m, size_t n)
{
	const int samples = 2000;
	uint64_t seed = 11 * m + n;
	double a[64], b[64], shift, coverage;
	struct interval v;
	int covered = 0;

	for (int i = 0; i < samples; i++) {
		random_sample(&seed, a, m, 0.3);
		random_sample(&seed, b, n, 0);
		if (shift_estimate(a, m, b, n, &shift, &v))
			return;
		covered += v.lo <= 0.3 && 0.3 <= v.hi;
	}
	coverage = covered / (double)samples;
	tap_ok(coverage > 0.935 && coverage < 0.975,
	       "%zu and %zu values cover the shift: %.4f", m, n, coverage);
}

/* Sample 1, 2, ..., n: a value is its rank. */
static void check_quantile_interval(void)
{
	static const struct {
		size_t n;
		double q, lo, hi;
	} known[] = {
		{6, 0.5, 1, 6},	   {10, 0.5, 2, 9},    {100, 0.5, 40, 61},
		{36, 0.9, 29, 36}, {100, 0.9, 84, 96}, {36, 0.1, 1, 8},
	};
	double x[100];

	for (size_t i = 0; i < COUNT(x); i++)
		x[i] = (double)(i + 1);
	for (size_t i = 0; i < COUNT(known); i++) {
		struct interval v =
			stats_quantile_interval(x, known[i].n, known[i].q);

		tap_ok(v.lo == known[i].lo && v.hi == known[i].hi,
		       "interval of quantile %g of %zu: %g to %g", known[i].q,
		       known[i].n, v.lo, v.hi);
	}
	tap_ok(isnan(stats_quantile_interval(x, 35, 0.9).hi),
	       "35 values have no interval of the 90th percentile");
	tap_ok(isnan(stats_quantile_interval(x, 5, 0.5).lo),
	       "nor five of the median");
	tap_ok(isnan(stats_quantile_interval(x, 0, 0.5).lo), "nor none");
}

static void check_verdicts(void)
{
	static const struct {
		struct interval ratio;
		const char *verdict;
	} cases[] = {
		{{1.03, 1.08}, "faster"}, {{1.021, 9}, "faster"},
		{{1.01, 1.08}, "unsure"}, {{0.99, 1.01}, "same"},
		{{1.001, 1.01}, "same"},  {{0.9, 0.97}, "slower"},
		{{0.9, 0.99}, "unsure"},  {{0.5, 2}, "unsure"},
		{{0.98, 1.01}, "unsure"}, {{0.981, 1.019}, "same"},
		{{NAN, NAN}, "unsure"},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		tap_is_text(verdict_name(verdict_of(cases[i].ratio, 0.02)),
			    cases[i].verdict, "%g to %g", cases[i].ratio.lo,
			    cases[i].ratio.hi);
}

int main(void)
{
	check_ranks();
	check_estimate();
	check_coverage(6, 6);
	check_coverage(10, 10);
	check_coverage(10, 30);
	check_coverage(60, 60);
	check_quantile_interval();
	check_verdicts();
	return tap_done();
}
