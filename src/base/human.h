/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures as people read them at a glance.  Pure.
 */
#ifndef PINSUM_HUMAN_H
#define PINSUM_HUMAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/stats.h"

#define HUMAN_MAX 48

/* Three significant digits and a unit: "6.36 ms"; "-" for RECORD_NA. */
const char *human_time(int64_t ns, char buffer[HUMAN_MAX]);

/* "1.90 to 1.95": as many decimals as tell both ends from each other and, of
 * an interval without it, from 1. */
const char *human_interval(struct interval interval, char buffer[HUMAN_MAX]);

/* "0.83 %", "3.1 %", "42 %". */
const char *human_percent(double share, char buffer[HUMAN_MAX]);

/* So many decimals has human_interval(). */
int human_decimals(struct interval interval);

#endif
