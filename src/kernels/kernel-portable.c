/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One addition after the other into 128 bits, in C that any machine runs,
 * those with 32-bit registers included.
 */
#include <config.h>

#include "kernels.h"
#include "lanes.h"

struct u128 kernel_portable(uint64_t first, uint64_t count)
{
	return lanes_tail((struct u128){0, 0}, first, count);
}
