/* SPDX-License-Identifier: GPL-3.0-or-later */
/* AVX-512: eight 64-bit lanes. */
#include <config.h>

#define LANES_KERNEL kernel_avx512
#define LANES_BYTES  64
#define LANES_WHERE  "v"
#include "lanes64.h"
