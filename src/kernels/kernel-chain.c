/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The clock meter: each integer is added by one register-to-register addition
 * that waits for the one before, so that the loop runs one integer a cycle on
 * any CPU and its time tells the clock rate.
 *
 * In assembly, because no compiler may have a say in it: additions of a
 * constant to the accumulator could be done away with by register renaming,
 * and a loop that straddles a fetch line would wait for more than the
 * additions.  The values come from a base, not from one another: theirs must
 * not be a second chain of the same length.
 */
#include <config.h>

#include "kernels.h"
#include "lanes.h"

#define AFTER_BASE "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"

enum { ROUND = 16 };

/* `rounds` rounds from `first` on, in a register that does not overflow. */
static struct u128 chain(struct u128 total, uint64_t first, uint64_t rounds)
{
	uint64_t sum = 0;
#if defined(__x86_64__)
	uint64_t value;

	__asm__(".p2align 6\n"
		"1:\n\t"
		"addq %[base], %[sum]\n\t"
		".irp k," AFTER_BASE "\n\t"
		"leaq \\k(%[base]), %[value]\n\t"
		"addq %[value], %[sum]\n\t"
		".endr\n\t"
		"addq $16, %[base]\n\t"
		"decq %[rounds]\n\t"
		"jnz 1b"
		: [sum] "+r"(sum), [base] "+r"(first), [rounds] "+r"(rounds),
		  [value] "=&r"(value)
		:
		: "cc");
#elif defined(__aarch64__)
	uint64_t value;

	__asm__(".p2align 6\n"
		"1:\n\t"
		"add %x[sum], %x[sum], %x[base]\n\t"
		".irp k," AFTER_BASE "\n\t"
		"add %x[value], %x[base], #\\k\n\t"
		"add %x[sum], %x[sum], %x[value]\n\t"
		".endr\n\t"
		"add %x[base], %x[base], #16\n\t"
		"subs %x[rounds], %x[rounds], #1\n\t"
		"b.ne 1b"
		: [sum] "+r"(sum), [base] "+r"(first), [rounds] "+r"(rounds),
		  [value] "=&r"(value)
		:
		: "cc");
#else
	for (uint64_t left = rounds * ROUND; left > 0; left--) {
		LANES_OPAQUE("r", first);
		LANES_OPAQUE("r", sum);
		sum += first++;
	}
#endif
	return u128_add64(total, sum);
}

struct u128 kernel_chain(uint64_t first, uint64_t count)
{
	return lanes_blocks(first, count, ROUND, ROUND, chain);
}
