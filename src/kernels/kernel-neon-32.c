/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NEON: four 32-bit lanes. */
#include <config.h>

#include <arm_neon.h>

#define LANES_KERNEL kernel_neon_32
#define LANES_BYTES  16
#define LANES_WHERE  "w"
/* Adds each pair of lanes to a wide one: nothing is left for `high`. */
#define LANES_WIDEN(low, high, a) ((low) = vpadalq_u32(low, a))
#include "lanes32.h"
