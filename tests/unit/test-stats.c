/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/stats.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "cases.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define MOST	     1100

/* Lower ranks of the interval as tables of the sign test have them. */
static const struct {
	size_t n, rank;
} known_ranks[] = {
	{6, 1},	  {7, 1},   {8, 1},   {9, 2},	{10, 2},   {12, 3},
	{15, 4},  {20, 6},  {25, 8},  {30, 10}, {40, 14},  {50, 18},
	{60, 22}, {70, 27}, {80, 31}, {90, 36}, {100, 40},
};

/* Of the sample 1, 2, ..., n: a value is its rank. */
static const struct {
	size_t n;
	double q, value;
} known_quantiles[] = {
	{1, 0.9, 1},	  {2, 0.9, 2},	  {9, 0.9, 9},	 {10, 0.9, 9},
	{11, 0.9, 10},	  {20, 0.9, 18},  {30, 0.9, 27}, {100, 0.9, 90},
	{1000, 0.9, 900}, {100, 0.07, 7}, {10, 0, 1},	 {10, 1, 10},
	{10, 0.5, 5},	  {10, 0.51, 6},
};

static void check_medians(void)
{
	const double x[] = {1, 2, 4, 8};
	const double large[] = {1.7e308, 1.7e308};
	const double sample[] = {7, 1, 4, 4, 100};
	double scratch[5];

	tap_ok(isnan(stats_median(x, 0)), "no median of nothing");
	tap_ok(stats_median(x, 1) == 1, "median of one");
	tap_ok(stats_median(x, 2) == 1.5, "median of two");
	tap_ok(stats_median(x, 3) == 2, "median of three");
	tap_ok(stats_median(x, 4) == 3, "median of four");
	tap_ok(stats_median(large, 2) == 1.7e308, "no overflow");
	tap_ok(isnan(stats_mad(sample, 0, 4, scratch)), "no MAD of nothing");
	tap_ok(stats_mad(sample, 1, 7, scratch) == 0, "MAD of one");
	tap_ok(stats_mad(sample, 5, 4, scratch) == 3, "MAD of five");
	tap_ok(stats_mad(sample, 4, 4, scratch) == 1.5, "MAD of four");
	tap_ok(sample[0] == 7 && sample[4] == 100, "the sample stays as it is");
}

static void check_sort(void)
{
	double x[] = {3, NAN, -1, INFINITY, 2, NAN, -INFINITY, 0};

	stats_sort(x, 0);
	stats_sort(x, COUNT(x));
	tap_ok(x[0] == -INFINITY && x[1] == -1 && x[2] == 0 && x[3] == 2 &&
		       x[4] == 3 && x[5] == INFINITY && isnan(x[6]) &&
		       isnan(x[7]),
	       "ascending, what is no number last");
}

static void check_quantiles(void)
{
	double x[1000];

	for (size_t i = 0; i < COUNT(x); i++)
		x[i] = (double)(i + 1);
	tap_ok(isnan(stats_quantile(x, 0, 0.9)), "no quantile of nothing");
	for (size_t i = 0; i < COUNT(known_quantiles); i++) {
		double got = stats_quantile(x, known_quantiles[i].n,
					    known_quantiles[i].q);

		tap_ok(got == known_quantiles[i].value,
		       "quantile %g of %zu: %g", known_quantiles[i].q,
		       known_quantiles[i].n, got);
	}
}

/* Whole numbers of any length, for exact binomial sums. */
struct big {
	uint32_t limbs[MOST / 32 + 2]; /* the least significant first */
};

static void big_add(struct big *a, const struct big *b)
{
	uint64_t carry = 0;

	for (size_t i = 0; i < COUNT(a->limbs); i++) {
		carry += (uint64_t)a->limbs[i] + b->limbs[i];
		a->limbs[i] = (uint32_t)carry;
		carry >>= 32;
	}
}

/* 40 a < 2^n?  They are never equal: 5 divides the one only. */
static bool big_is_tail(const struct big *a, size_t n)
{
	struct big product = {.limbs = {0}};

	for (int i = 0; i < 40; i++)
		big_add(&product, a);
	for (size_t bit = n; bit < 32 * COUNT(product.limbs); bit++)
		if (product.limbs[bit / 32] >> bit % 32 & 1)
			return false;
	return true;
}

/* The lower rank in whole numbers, from the row C(n, 0), C(n, 1), ... */
static size_t slow_rank(const struct big *row, size_t n)
{
	struct big below = row[0];
	size_t rank = 0;

	while (big_is_tail(&below, n))
		big_add(&below, &row[++rank]);
	return rank;
}

/* The sample that shows its ranks. */
static bool ranks_are(size_t n, size_t rank)
{
	double x[MOST + 1];
	struct interval interval;

	for (size_t i = 0; i < n; i++)
		x[i] = (double)(i + 1);
	interval = stats_median_interval(x, n);
	if (rank == 0)
		return isnan(interval.lo) && isnan(interval.hi);
	return interval.lo == (double)rank &&
	       interval.hi == (double)(n + 1 - rank);
}

static void check_ranks(void)
{
	static struct big row[MOST + 1]; /* of Pascal's triangle */
	int wrong = 0, near = 0;

	for (size_t i = 0; i < COUNT(known_ranks); i++)
		tap_ok(ranks_are(known_ranks[i].n, known_ranks[i].rank),
		       "ranks for n = %zu", known_ranks[i].n);
	row[0].limbs[0] = 1;
	for (size_t n = 1; n <= MOST; n++) {
		size_t rank;

		for (size_t k = n; k > 0; k--)
			big_add(&row[k], &row[k - 1]);
		rank = slow_rank(row, n);
		if (n <= 1000)
			wrong += !ranks_are(n, rank);
		else
			near += !ranks_are(n, rank) && !ranks_are(n, rank - 1);
	}
	tap_is_int(wrong, 0, "ranks up to n = 1000, in whole numbers");
	tap_is_int(near, 0, "above, the exact rank or one further out");
}

static double random_normal(uint64_t *seed)
{
	double radius = sqrt(-2 * log(1 - cases_uniform(seed)));

	return radius * cos(6.283185307179586 * cases_uniform(seed));
}

/* Skewed, as times are; the median of the distribution is 1. */
static void random_sample(uint64_t *seed, double *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		x[i] = exp(random_normal(seed));
}

/* In `samples` samples of n; at least 95 % by design, and less than the next
 * rank would leave out. */
static double measure_coverage(size_t n, int samples)
{
	uint64_t seed = n;
	double x[64];
	int covered = 0;

	for (int i = 0; i < samples; i++) {
		struct interval interval;

		random_sample(&seed, x, n);
		stats_sort(x, n);
		interval = stats_median_interval(x, n);
		covered += interval.lo <= 1 && 1 <= interval.hi;
	}
	return covered / (double)samples;
}

static void check_coverage(void)
{
	static const struct {
		size_t n;
		double exact;
	} cases[] = {{6, 0.9688}, {10, 0.9785}, {20, 0.9586}, {50, 0.9672}};

	for (size_t i = 0; i < COUNT(cases); i++) {
		double coverage = measure_coverage(cases[i].n, 10000);

		tap_ok(fabs(coverage - cases[i].exact) < 0.008,
		       "coverage for n = %zu: %.4f", cases[i].n, coverage);
	}
}

static size_t count_up_to(const double *x, size_t n, double limit)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += x[i] <= limit;
	return count;
}

/* What holds for every sample. */
static bool has_properties(const double *sample, size_t n)
{
	double x[64], scratch[64], median, p90, mad;
	struct interval interval;
	bool pass = true;

	memcpy(x, sample, n * sizeof(*x));
	stats_sort(x, n);
	for (size_t i = 1; i < n; i++)
		pass = pass && x[i - 1] <= x[i];
	median = stats_median(x, n);
	p90 = stats_quantile(x, n, 0.9);
	mad = stats_mad(sample, n, median, scratch);
	interval = stats_median_interval(x, n);
	for (size_t i = 0; i < n; i++)
		pass = pass && count_up_to(x, n, sample[i]) ==
				       count_up_to(sample, n, sample[i]);
	/* Half lies on either side, and within a MAD of the median. */
	pass = pass && 2 * count_up_to(x, n, median) >= n &&
	       2 * count_up_to(x, n, nextafter(median, 0)) <= n &&
	       2 * count_up_to(scratch, n, mad) >= n;
	pass = pass && 10 * count_up_to(x, n, p90) >= 9 * n &&
	       10 * count_up_to(x, n, nextafter(p90, 0)) < 9 * n;
	if (n < STATS_INTERVAL_MIN)
		return pass && isnan(interval.lo) && isnan(interval.hi);
	return pass && interval.lo <= median && median <= interval.hi &&
	       x[0] <= interval.lo && interval.hi <= x[n - 1];
}

static void check_properties(void)
{
	uint64_t seed = 7;
	double x[64];
	int wrong = 0;

	for (size_t i = 0; i < 6400; i++) {
		size_t n = i % 64 + 1;

		random_sample(&seed, x, n);
		/* Every other sample has ties. */
		for (size_t j = 0; i % 2 == 1 && j < n; j++)
			x[j] = ceil(4 * x[j]);
		wrong += !has_properties(x, n);
	}
	tap_is_int(wrong, 0, "properties of 6400 random samples");
}

static void check_ratios(void)
{
	const double a[] = {6, 0, 1, NAN, 5, INFINITY, -2, 9};
	const double b[] = {3, 1, 0, 1, NAN, 1, 1, 2};
	double out[COUNT(a)];

	tap_is_int((int64_t)stats_ratios(a, b, COUNT(a), out), 2,
		   "ratios: only pairs that are finite and positive");
	tap_ok(out[0] == 2 && out[1] == 4.5, "ratios: in order");
	tap_is_int((int64_t)stats_ratios(b, a, COUNT(a), out), 2,
		   "ratios: whichever side");
	tap_is_int((int64_t)stats_ratios(a, b, 0, out), 0, "ratios: none");
}

int main(void)
{
	check_medians();
	check_sort();
	check_quantiles();
	check_ranks();
	check_coverage();
	check_properties();
	check_ratios();
	return tap_done();
}
