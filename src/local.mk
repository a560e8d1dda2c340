# SPDX-License-Identifier: GPL-3.0-or-later
# All but main.c is a library, so that the unit tests link it. One name a
# line, sorted.

noinst_LTLIBRARIES += %D%/libpinsum.la
%C%_libpinsum_la_SOURCES = \
	%D%/baseline.c \
	%D%/baseline.h \
	%D%/bind.c \
	%D%/bind.h \
	%D%/cgroup-locate.c \
	%D%/cgroup.c \
	%D%/cgroup.h \
	%D%/clock.c \
	%D%/clock.h \
	%D%/columns.c \
	%D%/columns.h \
	%D%/cpulist.c \
	%D%/cpulist.h \
	%D%/environment-cgroup.c \
	%D%/environment-cpu.c \
	%D%/environment-program.c \
	%D%/environment-source.c \
	%D%/environment-source.h \
	%D%/environment-system.c \
	%D%/environment-topology.c \
	%D%/environment.c \
	%D%/environment.h \
	%D%/executor-process.c \
	%D%/executor-single.c \
	%D%/executor-thread.c \
	%D%/executor.c \
	%D%/executor.h \
	%D%/experiment.c \
	%D%/experiment.h \
	%D%/futex.h \
	%D%/help.c \
	%D%/help.h \
	%D%/list.c \
	%D%/list.h \
	%D%/message.c \
	%D%/message.h \
	%D%/number.c \
	%D%/number.h \
	%D%/option-reports.c \
	%D%/option-rounds.c \
	%D%/option-table.c \
	%D%/option-table.h \
	%D%/option-values.c \
	%D%/option-values.h \
	%D%/options.c \
	%D%/options.h \
	%D%/outcome-explain.c \
	%D%/outcome.c \
	%D%/outcome.h \
	%D%/picture.c \
	%D%/picture.h \
	%D%/places-build.c \
	%D%/places-build.h \
	%D%/places-inside.c \
	%D%/places-location.c \
	%D%/places-location.h \
	%D%/places-select.c \
	%D%/places-words.c \
	%D%/places.c \
	%D%/places.h \
	%D%/plan-policy.c \
	%D%/plan-policy.h \
	%D%/plan-scatter.c \
	%D%/plan.c \
	%D%/plan.h \
	%D%/procfile.c \
	%D%/procfile.h \
	%D%/progress.c \
	%D%/progress.h \
	%D%/record.c \
	%D%/record.h \
	%D%/report.c \
	%D%/report.h \
	%D%/reports.c \
	%D%/reports.h \
	%D%/rounds.c \
	%D%/rounds.h \
	%D%/run.c \
	%D%/run.h \
	%D%/sched-policy.c \
	%D%/sched-policy.h \
	%D%/seat.c \
	%D%/seat.h \
	%D%/session.c \
	%D%/session.h \
	%D%/sharing-private.c \
	%D%/sharing.c \
	%D%/sharing.h \
	%D%/shuffle.c \
	%D%/shuffle.h \
	%D%/signals.c \
	%D%/signals.h \
	%D%/sink.c \
	%D%/sink.h \
	%D%/stats.c \
	%D%/stats.h \
	%D%/summary.c \
	%D%/summary.h \
	%D%/table.c \
	%D%/table.h \
	%D%/topology-discover.c \
	%D%/topology-hwloc.h \
	%D%/topology-kinds.c \
	%D%/topology-levels.c \
	%D%/topology-nodes.c \
	%D%/topology-source.c \
	%D%/topology-synthetic.c \
	%D%/topology.c \
	%D%/topology.h \
	%D%/usage.c \
	%D%/usage.h \
	%D%/worker.c \
	%D%/worker.h
%C%_libpinsum_la_LIBADD = $(kernel_libs) $(HWLOC_LIBS)

bin_PROGRAMS += %D%/pinsum
%C%_pinsum_SOURCES = %D%/main.c
%C%_pinsum_LDADD = %D%/libpinsum.la
