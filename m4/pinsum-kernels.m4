# SPDX-License-Identifier: GPL-3.0-or-later

# PINSUM_KERNEL(NAME, CPU-MACRO, FLAGS, HEADER, STATEMENT)
# Decides whether the kernels for the instruction set NAME are built: the
# compiler defines CPU-MACRO and, with FLAGS, takes STATEMENT. Makes the
# conditional HAVE_KERNEL_NAME, the same macro in config.h, and NAME_CFLAGS.
AC_DEFUN([PINSUM_KERNEL],
[AC_CACHE_CHECK([for $1 kernels], [pinsum_cv_kernel_$1],
    [pinsum_cv_kernel_$1=no
    pinsum_save_CFLAGS=$CFLAGS
    CFLAGS="$CFLAGS $3"
    AC_COMPILE_IFELSE([AC_LANG_PROGRAM([[
#ifndef $2
#error "another CPU"
#endif
#include <$4>]], [[$5]])], [pinsum_cv_kernel_$1=yes])
    CFLAGS=$pinsum_save_CFLAGS])
AS_VAR_IF([pinsum_cv_kernel_$1], [yes],
    [AC_DEFINE([HAVE_KERNEL_]m4_toupper([$1]), [1],
        [Define to 1 where the $1 kernels are built.])
    AS_VAR_APPEND([pinsum_kernels], [" $1"])])
AM_CONDITIONAL([HAVE_KERNEL_]m4_toupper([$1]),
    [test "x$pinsum_cv_kernel_$1" = xyes])
AC_SUBST(m4_toupper([$1])[_CFLAGS], ['$3'])])

# PINSUM_KERNELS
# Which kernels this compiler can build for this host. Which of them the CPU
# runs is decided at run time: nothing here looks at the building machine.
# KERNEL_CFLAGS keeps the speed of a loop from hanging on where it lands.
AC_DEFUN([PINSUM_KERNELS],
[pinsum_kernels='chain portable scalar'
PINSUM_KERNEL([sse2], [__SSE2__], [-msse2], [emmintrin.h],
    [__m128i x = _mm_set1_epi64x(1); (void)_mm_add_epi64(x, x);])
PINSUM_KERNEL([avx2], [__x86_64__], [-mavx2], [immintrin.h],
    [__m256i x = _mm256_set1_epi64x(1); (void)_mm256_add_epi64(x, x);])
PINSUM_KERNEL([avx512], [__x86_64__], [-mavx512f -mprefer-vector-width=512],
    [immintrin.h],
    [__m512i x = _mm512_set1_epi64(1); (void)_mm512_add_epi64(x, x);])
PINSUM_KERNEL([neon], [__aarch64__], [], [arm_neon.h],
    [uint64x2_t x = vdupq_n_u64(1); (void)vaddq_u64(x, x);])
KERNEL_CFLAGS=
PINSUM_CFLAG([KERNEL_CFLAGS], [-falign-functions=64])
PINSUM_CFLAG([KERNEL_CFLAGS], [-falign-loops=64])
AC_SUBST([KERNEL_CFLAGS])])
