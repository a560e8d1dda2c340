# SPDX-License-Identifier: GPL-3.0-or-later
# Speed against hand-written peers: never a part of `make check`, whose results
# must not hang on a machine's noise.

EXTRA_DIST += %D%/kernels.awk
EXTRA_PROGRAMS += %D%/kernels
%C%_kernels_SOURCES = \
	%D%/floor-kernels.c \
	%D%/floor-kernels.h \
	%D%/kernels.c
# gcc 12 finds fault with its own headers of intrinsics.
%C%_kernels_CFLAGS = $(AM_CFLAGS) -Wno-uninitialized
%C%_kernels_LDADD = src/libpinsum.la

.PHONY: bench
bench: %D%/kernels$(EXEEXT)
	$(AM_V_at)%D%/kernels$(EXEEXT) | \
	    LC_ALL=C $(AWK) -f $(srcdir)/%D%/kernels.awk
