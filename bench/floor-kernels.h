/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the kernels are held against: the loop of each instruction set as one
 * would write it by hand with intrinsics, for one range, without heads, tails
 * or care for overflow.  For `chain`, as many cycles as there are integers.
 */
#ifndef PINSUM_FLOOR_KERNELS_H
#define PINSUM_FLOOR_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/* The only range that the floors add: `FLOOR_COUNT` integers up to the
 * lesson's last, where 32-bit lanes are widened after every 14. */
#define FLOOR_FIRST UINT64_C(299000001)
#define FLOOR_COUNT UINT64_C(896000)

struct floor_kernel {
	const char *kernel; /* the kernel of the same name is its peer */
	uint64_t (*sum)(void);
};

/* Those that are built for this architecture; the caller runs only what the
 * kernel of the same name is supported for. */
const struct floor_kernel *floor_kernels(size_t *count);

#endif
