/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What ranks put together in one step: sums and greatest values.
 */
#ifndef PINSUM_TALLY_H
#define PINSUM_TALLY_H

#include <stdint.h>

#include "base/number.h"

#define TALLY_MOST  4
#define TALLY_TOTAL 12

struct tally {
	struct u128 sum;
	int64_t most[TALLY_MOST];   /* the greatest */
	int64_t total[TALLY_TOTAL]; /* sums; RECORD_NA as soon as a term is */
};

/* Add `from` to `into`; in any order the result is the same. */
void tally_merge(const struct tally *from, struct tally *into);

#endif
