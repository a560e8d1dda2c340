/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AVX2: four 64-bit lanes. */
#include <config.h>

#define LANES_KERNEL kernel_avx2
#define LANES_BYTES  32
#define LANES_WHERE  "x"
#include "lanes64.h"
