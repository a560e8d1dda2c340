/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/stats.h"

#include <math.h>
#include <stdlib.h>

/* 2^-n, the first of the binomial probabilities, is a normal double up to
 * n = 1022. */
#define EXACT_RANKS_MAX 1000

/* Probability left out on either side, and its normal quantile. */
#define TAIL	      0.025
#define TAIL_QUANTILE 1.959963984540054

/* NANs last, so that the order is total. */
static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	if (a < b)
		return -1;
	if (a > b)
		return 1;
	return !!isnan(a) - !!isnan(b);
}

void stats_sort(double *x, size_t n)
{
	if (n > 1)
		qsort(x, n, sizeof(*x), compare);
}

double stats_median(const double *sorted, size_t n)
{
	if (n == 0)
		return NAN;
	if (n % 2 == 1)
		return sorted[n / 2];
	/* Halved first: the sum of two large values could overflow. */
	return sorted[n / 2 - 1] / 2 + sorted[n / 2] / 2;
}

double stats_mad(const double *x, size_t n, double median, double *scratch)
{
	for (size_t i = 0; i < n; i++)
		scratch[i] = fabs(x[i] - median);
	stats_sort(scratch, n);
	return stats_median(scratch, n);
}

double stats_quantile(const double *sorted, size_t n, double q)
{
	double rank;

	if (n == 0)
		return NAN;
	/* A whole rank must not be rounded up for the last bit of q * n, as
	 * in 0.07 * 100 = 7.000000000000001. */
	rank = ceil(q * (double)n * (1 - 1e-12));
	if (!(rank >= 1))
		return sorted[0];
	return rank >= (double)n ? sorted[n - 1] : sorted[(size_t)rank - 1];
}

/* The highest lower rank, from 1, for which no more than TAIL of the
 * distribution B(n, 1/2) lies below it. */
static size_t lower_rank_exact(size_t n)
{
	double probability = ldexp(1, -(int)n);
	double below = probability;
	size_t rank = 0;

	while (below <= TAIL) {
		probability *= (double)(n - rank) / (double)(rank + 1);
		rank++;
		below += probability;
	}
	return rank;
}

/* The same with a normal distribution and the correction for continuity. */
static size_t lower_rank_normal(size_t n)
{
	double size = (double)n;

	return (size_t)((size + 1 - TAIL_QUANTILE * sqrt(size)) / 2);
}

struct interval stats_median_interval(const double *sorted, size_t n)
{
	size_t rank;

	if (n < STATS_INTERVAL_MIN)
		return (struct interval){.lo = NAN, .hi = NAN};
	rank = n <= EXACT_RANKS_MAX ? lower_rank_exact(n)
				    : lower_rank_normal(n);
	return (struct interval){
		.lo = sorted[rank - 1],
		.hi = sorted[n - rank],
	};
}

size_t stats_ratios(const double *a, const double *b, size_t n, double *out)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (isfinite(a[i]) && isfinite(b[i]) && a[i] > 0 && b[i] > 0)
			out[count++] = a[i] / b[i];
	return count;
}

/* The least rank from 1 with more than `tail` of the distribution B(n, q) at
 * or below rank - 1, less one: what is below it is at most `tail`. */
static size_t rank_of_tail(size_t n, double q, double tail)
{
	double logs = log(q) - log1p(-q), probability, below = 0;
	double logarithm = (double)n * log1p(-q);
	size_t k = 0;

	for (; k <= n; k++) {
		probability = exp(logarithm);
		if (below + probability > tail)
			break;
		below += probability;
		logarithm += log((double)(n - k)) - log((double)(k + 1)) + logs;
	}
	return k;
}

struct interval stats_quantile_interval(const double *sorted, size_t n,
					double q)
{
	size_t lower = rank_of_tail(n, q, TAIL);
	/* The upper rank is the lower one counted from the other end. */
	size_t upper = rank_of_tail(n, 1 - q, TAIL);

	if (!lower || !upper)
		return (struct interval){.lo = NAN, .hi = NAN};
	return (struct interval){
		.lo = sorted[lower - 1],
		.hi = sorted[n - upper],
	};
}
