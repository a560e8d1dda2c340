/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NEON: four 32-bit lanes. */
#include <config.h>

#define LANES_KERNEL kernel_neon_32
#define LANES_BYTES  16
#define LANES_WHERE  "w"
#include "lanes32.h"
