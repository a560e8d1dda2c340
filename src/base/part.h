/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A range cut into contiguous parts that differ by at most one; the first ones
 * are longer.
 */
#ifndef PINSUM_PART_H
#define PINSUM_PART_H

#include <stddef.h>
#include <stdint.h>

struct part {
	uint64_t first, count;
};

/* Part `i`, below `n`, of `n`. */
static inline struct part part_of(struct part whole, size_t i, size_t n)
{
	uint64_t share = whole.count / n, rest = whole.count % n;

	return (struct part){.first = whole.first + i * share +
				      (i < rest ? i : rest),
			     .count = share + (i < rest)};
}

#endif
