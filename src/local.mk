# SPDX-License-Identifier: GPL-3.0-or-later
# All but main.c is a library, so that the unit tests link it. One name a
# line, sorted.

noinst_LTLIBRARIES += %D%/libpinsum.la
%C%_libpinsum_la_SOURCES = \
	%D%/bind.h \
	%D%/clock.c \
	%D%/clock.h \
	%D%/cpulist.h \
	%D%/environment.h \
	%D%/message.h \
	%D%/number.c \
	%D%/number.h \
	%D%/places.h \
	%D%/plan.h \
	%D%/record.c \
	%D%/record.h \
	%D%/signals.c \
	%D%/signals.h \
	%D%/stats.h \
	%D%/topology.h \
	%D%/usage.c \
	%D%/usage.h
%C%_libpinsum_la_LIBADD = $(kernel_libs) $(HWLOC_LIBS)
