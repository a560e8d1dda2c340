/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/shift.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

/* Probability left out on either side, and its normal quantile. */
#define TAIL	      0.025
#define TAIL_QUANTILE 1.959963984540054

/* The distribution of U under no shift: count[u] of the (m + n) over m orders
 * of both samples have U = u, which are the coefficients of
 * prod_{i=1..m} (1 - x^(n+i)) / (1 - x^i).  A coefficient is made of lower
 * ones only, so that those of the tail are exact, or nearly so. */
static void count_orders(double *count, size_t m, size_t n)
{
	size_t last = m * n;

	count[0] = 1;
	for (size_t u = 1; u <= last; u++)
		count[u] = 0;
	for (size_t i = 1; i <= m; i++) {
		for (size_t u = last + 1; u-- > n + i;)
			count[u] -= count[u - n - i];
		for (size_t u = i; u <= last; u++)
			count[u] += count[u - i];
	}
}

static size_t rank_exact(size_t m, size_t n)
{
	size_t last = m * n, rank = 0;
	double *count = calloc(last + 1, sizeof *count);
	double total = 0, below = 0;

	if (!count)
		return (size_t)-1;
	count_orders(count, m, n);
	for (size_t u = 0; u <= last; u++)
		total += count[u];
	while (rank <= last && below + count[rank] <= TAIL * total)
		below += count[rank++];
	free(count);
	return rank;
}

static size_t rank_normal(size_t m, size_t n)
{
	double pairs = (double)m * (double)n;
	double sd = sqrt(pairs * (double)(m + n + 1) / 12);
	double rank = pairs / 2 - TAIL_QUANTILE * sd;

	return rank > 1 ? (size_t)rank : 0;
}

size_t shift_rank(size_t m, size_t n)
{
	if (m > SHIFT_EXACT_MAX || n > SHIFT_EXACT_MAX)
		return rank_normal(m, n);
	return rank_exact(m, n);
}

int shift_estimate(const double *a, size_t m, const double *b, size_t n,
		   double *estimate, struct interval *interval)
{
	size_t pairs = m * n, rank = shift_rank(m, n);
	double *differences;

	*interval = (struct interval){.lo = NAN, .hi = NAN};
	*estimate = NAN;
	if (rank == (size_t)-1)
		return -ENOMEM;
	differences = calloc(pairs + 1, sizeof *differences);
	if (!differences)
		return -ENOMEM;
	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < n; j++)
			differences[i * n + j] = a[i] - b[j];
	stats_sort(differences, pairs);
	*estimate = stats_median(differences, pairs);
	if (pairs && rank)
		*interval = (struct interval){
			.lo = differences[rank - 1],
			.hi = differences[pairs - rank],
		};
	free(differences);
	return 0;
}
