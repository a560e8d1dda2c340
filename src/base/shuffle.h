/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A documented random order: the same seed gives the same order on every
 * machine and with every C library.
 *
 * splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014) drives a Fisher-Yates shuffle; numbers below a
 * bound are made even by drawing again.
 */
#ifndef PINSUM_SHUFFLE_H
#define PINSUM_SHUFFLE_H

#include <stddef.h>
#include <stdint.h>

/* One step: swap order[at] with one of order[at .. count - 1]. */
void shuffle_draw(uint64_t *state, size_t *order, size_t at, size_t count);

/* All steps. */
void shuffle(uint64_t *state, size_t *order, size_t count);

/* A seed from the system.  0 or a negative errno. */
int shuffle_seed(uint64_t *seed);

#endif
