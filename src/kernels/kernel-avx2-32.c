/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AVX2: eight 32-bit lanes. */
#include <config.h>

#define LANES_KERNEL kernel_avx2_32
#define LANES_BYTES  32
#define LANES_WHERE  "x"
#include "lanes32.h"
