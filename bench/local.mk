# SPDX-License-Identifier: GPL-3.0-or-later
# Speed against floors and peers: never a part of `make check`, whose results
# must not hang on a machine's noise. What is compared with what is the table
# in compare-table.c.

EXTRA_DIST += \
	%D%/false-alarms \
	%D%/lesson-floor.py \
	%D%/peer-loop.c \
	%D%/peer-numpy.py \
	%D%/peer-tbb.cc \
	%D%/peers \
	%D%/ranks

bench_programs = \
	%D%/checks \
	%D%/compare \
	%D%/discover \
	%D%/floor \
	%D%/inside \
	%D%/kernels \
	%D%/plan \
	%D%/rows \
	%D%/turns
EXTRA_PROGRAMS += $(bench_programs)

EXTRA_LTLIBRARIES = %D%/libbench.la
%C%_libbench_la_SOURCES = \
	%D%/bench.c \
	%D%/bench.h

bench_floor = \
	%D%/floor-part.c \
	%D%/floor-part.h \
	%D%/floor-process.c \
	%D%/floor-thread.c \
	%D%/floor.h
bench_ldadd = %D%/libbench.la src/libpinsum.la

# Without hwloc, which would double what a fork costs.
%C%_floor_SOURCES = %D%/floor.c $(bench_floor)
%C%_floor_LDADD = $(kernel_libs)

%C%_compare_SOURCES = \
	%D%/compare-quiet.c \
	%D%/compare-source.c \
	%D%/compare-table.c \
	%D%/compare.c \
	%D%/compare.h
%C%_compare_LDADD = $(bench_ldadd)

%C%_kernels_SOURCES = \
	%D%/floor-kernels.c \
	%D%/floor-kernels.h \
	%D%/kernels.c
# gcc 12 finds fault with its own headers of intrinsics.
%C%_kernels_CFLAGS = $(AM_CFLAGS) -Wno-uninitialized
%C%_kernels_LDADD = $(bench_ldadd)

%C%_inside_SOURCES = %D%/inside.c $(bench_floor)
%C%_inside_LDADD = $(bench_ldadd)

%C%_checks_LDADD = $(bench_ldadd)
%C%_discover_LDADD = $(bench_ldadd) $(HWLOC_LIBS)
%C%_plan_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/tests
%C%_plan_LDADD = tests/unit/libtap.la $(bench_ldadd)
%C%_rows_LDADD = $(bench_ldadd)
%C%_turns_LDADD = $(bench_ldadd)

# Where the time goes over ranks, beside a bare MPI program.
EXTRA_PROGRAMS += %D%/floor-mpi
%C%_floor_mpi_CPPFLAGS = $(AM_CPPFLAGS) $(MPI_CFLAGS)
%C%_floor_mpi_LDADD = src/libpinsum.la $(MPI_LIBS)

if MPI
bench_mpi = src/pinsum-mpi$(EXEEXT) %D%/floor-mpi$(EXEEXT)
endif

.PHONY: bench-ranks
bench-ranks: $(bench_mpi)
	$(AM_V_at)MPICC='$(MPICC)' $(SHELL) $(srcdir)/%D%/ranks .

# Built by a script of their own, with compilers of their own.
CLEANFILES += \
	%D%/libbench.la \
	%D%/peer-libgomp %D%/peer-libgomp.log \
	%D%/peer-libomp %D%/peer-libomp.log \
	%D%/peer-loop %D%/peer-loop.log \
	%D%/peer-tbb %D%/peer-tbb.log

bench_run = \
	$(SHELL) $(srcdir)/%D%/peers $(srcdir)/%D% %D% $$length && \
	LC_ALL=C %D%/compare$(EXEEXT) $(srcdir) $$length

.PHONY: bench bench-long
bench: $(bench_programs) src/pinsum$(EXEEXT)
	$(AM_V_at)length=; $(bench_run)

bench-long: $(bench_programs) src/pinsum$(EXEEXT)
	$(AM_V_at)length=long; $(bench_run)

.PHONY: bench-false-alarms
bench-false-alarms: src/pinsum$(EXEEXT) src/pinsum-compare$(EXEEXT)
	$(AM_V_at)$(SHELL) $(srcdir)/%D%/false-alarms
