/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The kernels: loops that add every integer of a range.
 *
 * Honest by definition: every integer of the range exists as a complete value
 * in one register lane and is consumed by one add lane.  No closed form, not
 * even over a chunk.  64-bit lanes may work modulo 2^64 as long as they are
 * folded into 128 bits in time; 32-bit lanes must be widened before they can
 * overflow, and apply only to integers below 2^32.
 *
 * To add a kernel: a file kernel-NAME.c with one function of type kernel_sum,
 * declared in kernels.h, built in a convenience library of its own where it
 * needs an instruction set beyond the baseline (src/kernels/local.mk), and a
 * row in the table of kernel.c.  Its loop is then measured against a
 * hand-written one (bench/floor-kernels.c) and its disassembly checked
 * (tests/unit/kernel-asm.sh).
 */
#ifndef PINSUM_KERNEL_H
#define PINSUM_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/number.h"

/* Sum of the `count` integers from `first` on; exact for first + count - 1 up
 * to `kernel.last_max` and any count (0 gives 0).  Neither allocates nor
 * calls the system, and is safe to run in any number of threads. */
typedef struct u128 kernel_sum(uint64_t first, uint64_t count);

struct kernel {
	const char *name;
	const char *summary; /* one line for --list-kernels */
	kernel_sum *sum;
	bool (*supported)(void); /* CPU and operating system run it */
	uint64_t last_max;	 /* greatest LAST it applies to */
	/* `auto` takes the last row of which this is so: the greatest middle
	 * of a range (the larger the integers, the sooner 32-bit lanes are
	 * widened), and a CPU on which it is faster than the rows above. */
	uint64_t auto_middle;
	bool (*auto_on)(void);
	uint64_t chunk; /* integers in about 1 ms on a 3 GHz core: after
			 * each chunk a worker looks where it is */
};

/* The table, in the order of --list-kernels, which is that of speed: only rows
 * that are built for this architecture. */
const struct kernel *kernel_table(size_t *count);

/* The row called `name`, or NULL. */
const struct kernel *kernel_find(const char *name);

/* Whether this CPU runs `k` and it applies to LAST. */
bool kernel_applies(const struct kernel *k, uint64_t last);

/* The fastest that this CPU runs on a range FIRST..LAST (`auto`).  Never
 * NULL: the portable kernel always applies. */
const struct kernel *kernel_fastest(uint64_t first, uint64_t last);

#endif
