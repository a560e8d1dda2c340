# SPDX-License-Identifier: GPL-3.0-or-later
# All but main.c is a library, so that the unit tests link it. One name a
# line, sorted.

noinst_LTLIBRARIES += %D%/libpinsum.la
%C%_libpinsum_la_SOURCES = \
	%D%/base/clock.c \
	%D%/base/clock.h \
	%D%/base/cpulist.c \
	%D%/base/cpulist.h \
	%D%/base/futex.h \
	%D%/base/human.c \
	%D%/base/human.h \
	%D%/base/list.c \
	%D%/base/list.h \
	%D%/base/message.c \
	%D%/base/message.h \
	%D%/base/number.c \
	%D%/base/number.h \
	%D%/base/part.h \
	%D%/base/privileges.c \
	%D%/base/privileges.h \
	%D%/base/procfile.c \
	%D%/base/procfile.h \
	%D%/base/sanitizer.h \
	%D%/base/shift.c \
	%D%/base/shift.h \
	%D%/base/shuffle.c \
	%D%/base/shuffle.h \
	%D%/base/signals.c \
	%D%/base/signals.h \
	%D%/base/stats.c \
	%D%/base/stats.h \
	%D%/base/tsv.c \
	%D%/base/tsv.h \
	%D%/base/writable.c \
	%D%/base/writable.h \
	%D%/compare/compare-environment.c \
	%D%/compare/compare.c \
	%D%/compare/compare.h \
	%D%/environment/environment-cgroup.c \
	%D%/environment/environment-cpu.c \
	%D%/environment/environment-program.c \
	%D%/environment/environment-source.c \
	%D%/environment/environment-source.h \
	%D%/environment/environment-system.c \
	%D%/environment/environment-topology.c \
	%D%/environment/environment.c \
	%D%/environment/environment.h \
	%D%/experiment/baseline.c \
	%D%/experiment/baseline.h \
	%D%/experiment/busy.c \
	%D%/experiment/busy.h \
	%D%/experiment/census.c \
	%D%/experiment/census.h \
	%D%/experiment/configs.c \
	%D%/experiment/configs.h \
	%D%/experiment/experiment-compare.c \
	%D%/experiment/experiment.c \
	%D%/experiment/experiment.h \
	%D%/experiment/membind.c \
	%D%/experiment/membind.h \
	%D%/experiment/outcome-explain.c \
	%D%/experiment/outcome.c \
	%D%/experiment/outcome.h \
	%D%/experiment/preflight.c \
	%D%/experiment/preflight.h \
	%D%/experiment/progress.c \
	%D%/experiment/progress.h \
	%D%/experiment/remarks.c \
	%D%/experiment/remarks.h \
	%D%/experiment/rounds.c \
	%D%/experiment/rounds.h \
	%D%/experiment/summary.c \
	%D%/experiment/summary.h \
	%D%/experiment/sweep.c \
	%D%/experiment/sweep.h \
	%D%/explain/explain-causes.c \
	%D%/explain/explain-census.c \
	%D%/explain/explain-differences.c \
	%D%/explain/explain-parts.h \
	%D%/explain/explain-shares.c \
	%D%/explain/explain-trust.c \
	%D%/explain/explain.c \
	%D%/explain/explain.h \
	%D%/measure/cgroup-locate.c \
	%D%/measure/cgroup.c \
	%D%/measure/cgroup.h \
	%D%/measure/counters.c \
	%D%/measure/counters.h \
	%D%/measure/meter-energy.c \
	%D%/measure/meter-energy.h \
	%D%/measure/meter.c \
	%D%/measure/meter.h \
	%D%/measure/usage.c \
	%D%/measure/usage.h \
	%D%/options/help.c \
	%D%/options/help.h \
	%D%/options/option-reports.c \
	%D%/options/option-rounds.c \
	%D%/options/option-sharing.c \
	%D%/options/option-table.c \
	%D%/options/option-table.h \
	%D%/options/option-values.c \
	%D%/options/option-values.h \
	%D%/options/option-words.c \
	%D%/options/option-words.h \
	%D%/options/options.c \
	%D%/options/options.h \
	%D%/plan/places-build.c \
	%D%/plan/places-build.h \
	%D%/plan/places-inside.c \
	%D%/plan/places-location.c \
	%D%/plan/places-location.h \
	%D%/plan/places-names.c \
	%D%/plan/places-select.c \
	%D%/plan/places-words.c \
	%D%/plan/places.c \
	%D%/plan/places.h \
	%D%/plan/plan-policy.c \
	%D%/plan/plan-policy.h \
	%D%/plan/plan-scatter.c \
	%D%/plan/plan.c \
	%D%/plan/plan.h \
	%D%/plan/seat.c \
	%D%/plan/seat.h \
	%D%/program.c \
	%D%/program.h \
	%D%/ranks/allot.c \
	%D%/ranks/allot.h \
	%D%/ranks/divide.c \
	%D%/ranks/divide.h \
	%D%/ranks/ranks.c \
	%D%/ranks/ranks.h \
	%D%/ranks/tally.c \
	%D%/ranks/tally.h \
	%D%/report/columns.c \
	%D%/report/columns.h \
	%D%/report/picture.c \
	%D%/report/picture.h \
	%D%/report/record.c \
	%D%/report/record.h \
	%D%/report/report.c \
	%D%/report/report.h \
	%D%/report/reports.c \
	%D%/report/reports.h \
	%D%/report/sink.c \
	%D%/report/sink.h \
	%D%/report/table.c \
	%D%/report/table.h \
	%D%/run/bind.c \
	%D%/run/bind.h \
	%D%/run/executor-process.c \
	%D%/run/executor-single.c \
	%D%/run/executor-thread.c \
	%D%/run/executor.c \
	%D%/run/executor.h \
	%D%/run/gate.c \
	%D%/run/gate.h \
	%D%/run/ipc-pipe.c \
	%D%/run/ipc-shm.c \
	%D%/run/ipc-socket.c \
	%D%/run/ipc.c \
	%D%/run/ipc.h \
	%D%/run/parking.c \
	%D%/run/parking.h \
	%D%/run/run-memory.c \
	%D%/run/run-memory.h \
	%D%/run/run-ranks.c \
	%D%/run/run-ranks.h \
	%D%/run/run.c \
	%D%/run/run.h \
	%D%/run/sched-policy.c \
	%D%/run/sched-policy.h \
	%D%/run/sharing-adjacent.c \
	%D%/run/sharing-atomic.c \
	%D%/run/sharing-gil.c \
	%D%/run/sharing-mutex.c \
	%D%/run/sharing-private.c \
	%D%/run/sharing-turns.c \
	%D%/run/sharing.c \
	%D%/run/sharing.h \
	%D%/run/worker.c \
	%D%/run/worker.h \
	%D%/session.c \
	%D%/session.h \
	%D%/topology/topology-discover.c \
	%D%/topology/topology-hwloc.h \
	%D%/topology/topology-kinds.c \
	%D%/topology/topology-levels.c \
	%D%/topology/topology-merge.c \
	%D%/topology/topology-nodes.c \
	%D%/topology/topology-rehearse.c \
	%D%/topology/topology-source.c \
	%D%/topology/topology-synthetic.c \
	%D%/topology/topology.c \
	%D%/topology/topology.h
%C%_libpinsum_la_LIBADD = $(kernel_libs) $(HWLOC_LIBS)

bin_PROGRAMS += %D%/pinsum
%C%_pinsum_SOURCES = %D%/main.c
%C%_pinsum_LDADD = %D%/libpinsum.la

# The only part that knows MPI.
if MPI
bin_PROGRAMS += %D%/pinsum-mpi
endif
%C%_pinsum_mpi_SOURCES = \
	%D%/mpi/mpi-calls.c \
	%D%/mpi/mpi-calls.h \
	%D%/mpi/mpi-guard.c \
	%D%/mpi/mpi-guard.h \
	%D%/mpi/mpi-launcher.c \
	%D%/mpi/mpi-launcher.h \
	%D%/mpi/mpi-main.c \
	%D%/mpi/mpi-roll.c \
	%D%/mpi/mpi-roll.h \
	%D%/mpi/mpi-wait.c \
	%D%/mpi/mpi-wait.h
%C%_pinsum_mpi_CPPFLAGS = $(AM_CPPFLAGS) $(MPI_CFLAGS)
%C%_pinsum_mpi_LDADD = %D%/libpinsum.la $(MPI_LIBS)

bin_PROGRAMS += %D%/pinsum-compare
%C%_pinsum_compare_SOURCES = %D%/compare/compare-main.c
%C%_pinsum_compare_LDADD = %D%/libpinsum.la
