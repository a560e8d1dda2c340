/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The functions behind the table, private to kernel.c and the kernels
 * themselves.  Each is compiled for its own instruction set and may run only
 * where kernel.c found the CPU to have it.
 */
#ifndef PINSUM_KERNELS_H
#define PINSUM_KERNELS_H

#include "kernel.h"

/* Any CPU. */
kernel_sum kernel_chain, kernel_portable, kernel_scalar;

/* x86; the wide ones in 64-bit mode only, with its sixteen registers. */
kernel_sum kernel_sse2;
kernel_sum kernel_avx2, kernel_avx2_32;
kernel_sum kernel_avx512, kernel_avx512_32;

/* 64-bit ARM. */
kernel_sum kernel_neon, kernel_neon_32;

#endif
