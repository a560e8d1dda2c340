/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the floors share: private to floor-*.c.
 */
#ifndef PINSUM_FLOOR_PART_H
#define PINSUM_FLOOR_PART_H

#include <stdalign.h>
#include <stdatomic.h>

#include "floor.h"

#define FLOOR_LINE 128

struct floor_part {
	alignas(FLOOR_LINE) const struct floor *floor;
	struct floor_area *area;
	unsigned cpu;
	uint64_t first, count;
	struct u128 sum;
};

struct floor_area {
	alignas(FLOOR_LINE) atomic_uint waiting; /* a futex where all meet */
	struct floor_part parts[];
};

/* In memory that processes share, the range cut.  NULL without memory. */
struct floor_area *floor_map(const struct floor *floor);
void floor_unmap(struct floor_area *area, const struct floor *floor);

/* What a worker does.  Nonzero where it cannot be pinned. */
int floor_work(struct floor_part *part);

/* Calls `make` for each part; those on the caller's CPU, where they would be
 * in its way, come last.  0, or the first error. */
int floor_make(struct floor_area *area, const struct floor *floor,
	       int (*make)(void *context, size_t index), void *context);

struct u128 floor_total(const struct floor_area *area,
			const struct floor *floor);

#endif
