/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How far one sample lies above another that is independent of it.  Pure.
 *
 * The estimate is that of Hodges and Lehmann (1963): the median of all
 * differences a[i] - b[j].  Its 95 % interval is made of the order statistics
 * of these differences, whose ranks come from the distribution of Mann and
 * Whitney's U (Hollander and Wolfe, Nonparametric Statistical Methods, 2nd
 * ed., section 4.3): exact up to SHIFT_EXACT_MAX values in either sample, by
 * the normal approximation beyond.  Nothing is assumed of the distributions
 * but that one is the other, shifted.  Of logarithms it is a ratio.
 */
#ifndef PINSUM_SHIFT_H
#define PINSUM_SHIFT_H

#include <stddef.h>

#include "base/stats.h"

#define SHIFT_EXACT_MAX 50

/* Estimate and interval; the interval is NAN where there are too few values,
 * as with three on both sides.  0 or -ENOMEM. */
int shift_estimate(const double *a, size_t m, const double *b, size_t n,
		   double *estimate, struct interval *interval);

/* How many of the ordered differences lie outside of the interval at either
 * end, plus one: the rank of its lower end; 0 where there is none.  For
 * tests; (size_t)-1 without memory. */
size_t shift_rank(size_t m, size_t n);

#endif
