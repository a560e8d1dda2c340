/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NEON: two 64-bit lanes. */
#include <config.h>

#define LANES_KERNEL kernel_neon
#define LANES_BYTES  16
#define LANES_WHERE  "w"
#include "lanes64.h"
