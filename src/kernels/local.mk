# SPDX-License-Identifier: GPL-3.0-or-later
# Kernels. One that needs an instruction set beyond the baseline is in a
# convenience library of its own with the flags of that set, and nothing else
# is: what runs before the CPU was looked at must not be built with them.

kernel_libs = %D%/libbaseline.la
noinst_LTLIBRARIES += $(kernel_libs)

%C%_libbaseline_la_CFLAGS = $(AM_CFLAGS) $(KERNEL_CFLAGS)
%C%_libbaseline_la_SOURCES = \
	%D%/kernel-chain.c \
	%D%/kernel-portable.c \
	%D%/kernel-scalar.c \
	%D%/kernel.c \
	%D%/kernel.h \
	%D%/kernels.h \
	%D%/lanes.h \
	%D%/lanes32.h \
	%D%/lanes64.h

if HAVE_KERNEL_SSE2
kernel_libs += %D%/libsse2.la
%C%_libsse2_la_CFLAGS = $(AM_CFLAGS) $(KERNEL_CFLAGS) $(SSE2_CFLAGS)
%C%_libsse2_la_SOURCES = %D%/kernel-sse2.c
endif

if HAVE_KERNEL_AVX2
kernel_libs += %D%/libavx2.la
%C%_libavx2_la_CFLAGS = $(AM_CFLAGS) $(KERNEL_CFLAGS) $(AVX2_CFLAGS)
%C%_libavx2_la_SOURCES = \
	%D%/kernel-avx2-32.c \
	%D%/kernel-avx2.c
endif

if HAVE_KERNEL_AVX512
kernel_libs += %D%/libavx512.la
%C%_libavx512_la_CFLAGS = $(AM_CFLAGS) $(KERNEL_CFLAGS) $(AVX512_CFLAGS)
%C%_libavx512_la_SOURCES = \
	%D%/kernel-avx512-32.c \
	%D%/kernel-avx512.c
endif

if HAVE_KERNEL_NEON
kernel_libs += %D%/libneon.la
%C%_libneon_la_CFLAGS = $(AM_CFLAGS) $(KERNEL_CFLAGS) $(NEON_CFLAGS)
%C%_libneon_la_SOURCES = \
	%D%/kernel-neon-32.c \
	%D%/kernel-neon.c
endif
