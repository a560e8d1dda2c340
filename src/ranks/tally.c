/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "ranks/tally.h"

#include <stddef.h>

#include "report/record.h"

static int64_t total_of(int64_t a, int64_t b)
{
	return a == RECORD_NA || b == RECORD_NA ? RECORD_NA : a + b;
}

void tally_merge(const struct tally *from, struct tally *into)
{
	into->sum = u128_add(into->sum, from->sum);
	for (size_t i = 0; i < TALLY_MOST; i++)
		if (from->most[i] > into->most[i])
			into->most[i] = from->most[i];
	for (size_t i = 0; i < TALLY_TOTAL; i++)
		into->total[i] = total_of(into->total[i], from->total[i]);
}
