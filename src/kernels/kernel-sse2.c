/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSE2: two 64-bit lanes. */
#include <config.h>

#define LANES_KERNEL kernel_sse2
#define LANES_BYTES  16
#define LANES_WHERE  "x"
#include "lanes64.h"
