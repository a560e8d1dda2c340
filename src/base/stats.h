/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Robust statistics of small samples.  Pure.
 *
 * Functions that take `double *` sort it in place unless they say `const`.
 * A statistic that the sample cannot give is NAN.
 */
#ifndef PINSUM_STATS_H
#define PINSUM_STATS_H

#include <stddef.h>

struct interval {
	double lo, hi; /* both NAN where the sample is too small */
};

/* Fewest observations for a 95 % order-statistic interval of a median:
 * 1 - 2 * 0.5^6 = 0.969. */
#define STATS_INTERVAL_MIN 6

/* Ascending. */
void stats_sort(double *x, size_t n);

/* Of a sorted sample; the mean of the middle two where n is even. */
double stats_median(const double *sorted, size_t n);

/* Median absolute deviation from `median`, unscaled.  `scratch` holds n. */
double stats_mad(const double *x, size_t n, double median, double *scratch);

/* Of a sorted sample: the smallest value with at least q * n of the sample
 * at or below it (nearest rank; Hyndman and Fan, 1996, definition 1). */
double stats_quantile(const double *sorted, size_t n, double q);

/* 95 % confidence interval of the median of a sorted sample from its order
 * statistics (binomial, exact; Conover, Practical Nonparametric Statistics,
 * 3rd ed., section 3.2): the narrowest symmetric pair of ranks that covers at
 * least 95 %.  Free of any assumption about the distribution.  `sorted` has
 * n values; for n over 1000 the normal approximation of the ranks is used. */
struct interval stats_median_interval(const double *sorted, size_t n);

/* The same of any quantile, 0 < q < 1: an interval of at least 95 %, exact, at
 * most 2.5 % beyond either end; NANs where the sample is too small for it, as
 * under 36 for the 90th percentile. */
struct interval stats_quantile_interval(const double *sorted, size_t n,
					double q);

/* Ratios a[i] / b[i] of pairs in which both are finite and positive, into
 * `out` (holds n); returns how many. */
size_t stats_ratios(const double *a, const double *b, size_t n, double *out);

#endif
