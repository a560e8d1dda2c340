/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AVX-512: sixteen 32-bit lanes. */
#include <config.h>

#define LANES_KERNEL kernel_avx512_32
#define LANES_BYTES  64
#define LANES_WHERE  "v"
#include "lanes32.h"
