# SPDX-License-Identifier: GPL-3.0-or-later
# To add a unit test: its name in UNIT_TESTS (its source is NAME.c). To add a
# shell test: its name in SHELL_TESTS. Both write TAP. One name a line, sorted.

UNIT_TESTS = \
	%D%/unit/test-allot \
	%D%/unit/test-bind \
	%D%/unit/test-busy \
	%D%/unit/test-cgroup \
	%D%/unit/test-cpulist \
	%D%/unit/test-environment \
	%D%/unit/test-explain \
	%D%/unit/test-kernels \
	%D%/unit/test-list \
	%D%/unit/test-message \
	%D%/unit/test-number \
	%D%/unit/test-number-format \
	%D%/unit/test-parking \
	%D%/unit/test-places \
	%D%/unit/test-plan \
	%D%/unit/test-plan-properties \
	%D%/unit/test-preflight \
	%D%/unit/test-report \
	%D%/unit/test-seat \
	%D%/unit/test-shift \
	%D%/unit/test-stats \
	%D%/unit/test-summary \
	%D%/unit/test-sweep \
	%D%/unit/test-topology \
	%D%/unit/test-topology-load \
	%D%/unit/test-usage

SHELL_TESTS = \
	%D%/cli/columns.sh \
	%D%/cli/compare.sh \
	%D%/cli/completion.sh \
	%D%/cli/experiments.sh \
	%D%/cli/explain.sh \
	%D%/cli/files.sh \
	%D%/cli/install.sh \
	%D%/cli/ipc.sh \
	%D%/cli/lesson.sh \
	%D%/cli/manual.sh \
	%D%/cli/openmp-oracle.sh \
	%D%/cli/output.sh \
	%D%/cli/pinning.sh \
	%D%/cli/places-oracle.sh \
	%D%/cli/plot.sh \
	%D%/cli/refusals.sh \
	%D%/cli/rounds.sh \
	%D%/cli/rows.sh \
	%D%/cli/sched.sh \
	%D%/cli/sharing.sh \
	%D%/cli/sum.sh \
	%D%/cli/sweep.sh \
	%D%/cli/terminal.sh \
	%D%/cli/usage.sh \
	%D%/fault/discovery.sh \
	%D%/fault/every-call.sh \
	%D%/fault/input.sh \
	%D%/fault/kills.sh \
	%D%/fault/limits.sh \
	%D%/fault/many.sh \
	%D%/fault/pins.sh \
	%D%/fault/refused.sh \
	%D%/fault/signals.sh \
	%D%/mpi/faults.sh \
	%D%/mpi/manual.sh \
	%D%/mpi/plan.sh \
	%D%/mpi/ranks.sh \
	%D%/truth/sleep.sh \
	%D%/security/descriptors.sh \
	%D%/security/hardening.sh \
	%D%/security/planted.sh \
	%D%/security/privileges.sh \
	%D%/unit/kernel-asm.sh \
	%D%/unit/kernel-choice.sh \
	%D%/unit/kernel-linear.sh

# Disturbances of known size, for a machine that is quiet enough: by hand.
TRUTH_TESTS = \
	%D%/truth/competitor.sh \
	%D%/truth/migration.sh \
	%D%/truth/quota.sh

.PHONY: check-truth
check-truth: all
	$(AM_V_at)$(MAKE) $(AM_MAKEFLAGS) check \
	    TESTS='$(TRUTH_TESTS) %D%/truth/sleep.sh'

# Programs that shell tests run.
TEST_HELPERS = \
	%D%/cli/nonblock \
	%D%/cli/places-of \
	%D%/fault/every-call \
	%D%/fault/kill-worker \
	%D%/fault/signal-tool \
	%D%/fault/under \
	%D%/unit/kernel-run

check_PROGRAMS += $(UNIT_TESTS) $(TEST_HELPERS)
dist_check_SCRIPTS += $(SHELL_TESTS) $(TRUTH_TESTS)
TESTS = $(UNIT_TESTS) $(SHELL_TESTS)

check_LTLIBRARIES += %D%/unit/libtap.la
%C%_unit_libtap_la_SOURCES = \
	%D%/unit/cases.h \
	%D%/unit/machines.c \
	%D%/unit/machines.h \
	%D%/unit/tap.c \
	%D%/unit/tap.h \
	%D%/unit/tree.c \
	%D%/unit/tree.h

EXTRA_DIST += %D%/cli/examples.awk %D%/cli/examples.sh %D%/cli/lib.sh \
	%D%/cli/omp-places.c \
	%D%/topologies \
	%D%/truth/lib.sh

# What a test program is linked from, and where its source is.
AM_DEFAULT_SOURCE_EXT = .c
LDADD = %D%/unit/libtap.la src/libpinsum.la

TEST_EXTENSIONS = .sh
TAP_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
	$(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(TAP_DRIVER)
SH_LOG_DRIVER = $(TAP_DRIVER)
# A test that takes longer hangs; under a sanitizer it takes some minutes.
TEST_SECONDS = 600
LOG_COMPILER = %D%/harness/limited $(TEST_SECONDS)
SH_LOG_COMPILER = $(LOG_COMPILER) $(SHELL)
check_PROGRAMS += %D%/harness/limited
%C%_harness_limited_LDADD =

if MPI
MPI_TESTS_ENVIRONMENT = \
	PINSUM_MPI='$(abs_top_builddir)/src/pinsum-mpi$(EXEEXT)'; \
	MPICC='$(MPICC)'; export PINSUM_MPI MPICC;
else
MPI_TESTS_ENVIRONMENT = unset PINSUM_MPI MPICC;
endif

# What shell tests find in their environment. TEST_PATIENCE: how many times as
# long as usual a command may take; sanitizers take their time.
# An allocation that is refused is to be NULL under the sanitizers too.
AM_TESTS_ENVIRONMENT = \
	ASAN_OPTIONS=$${ASAN_OPTIONS-allocator_may_return_null=1}; \
	export ASAN_OPTIONS; \
	TSAN_OPTIONS=$${TSAN_OPTIONS-allocator_may_return_null=1}; \
	export TSAN_OPTIONS; \
	TEST_PATIENCE=$$(test -z '$(SANITIZER_CFLAGS)' && echo 1 || echo 4); \
	export TEST_PATIENCE; \
	PINSUM='$(abs_top_builddir)/src/pinsum$(EXEEXT)'; export PINSUM; \
	$(MPI_TESTS_ENVIRONMENT) \
	top_srcdir='$(abs_top_srcdir)'; export top_srcdir; \
	top_builddir='$(abs_top_builddir)'; export top_builddir;

# Helpers of the fault tests: one trial, and what is done to it.
%C%_fault_every_call_SOURCES = \
	%D%/fault/every-call.c %D%/fault/trial.c %D%/fault/trial.h
%C%_fault_every_call_LDADD =
%C%_fault_kill_worker_SOURCES = \
	%D%/fault/kill-worker.c %D%/fault/trial.c %D%/fault/trial.h
%C%_fault_kill_worker_LDADD =
%C%_fault_signal_tool_SOURCES = \
	%D%/fault/signal-tool.c %D%/fault/trial.c %D%/fault/trial.h
%C%_fault_signal_tool_LDADD =
%C%_fault_under_SOURCES = %D%/fault/under.c
%C%_fault_under_LDADD =

# What reads text, tried with texts that nobody wrote: a few thousand here, as
# many as there is time for in `make fuzz` (FUZZ_TIME seconds for each target,
# or for those in FUZZ_TARGETS).
check_PROGRAMS += %D%/fuzz/smoke
TESTS += %D%/fuzz/smoke
fuzz_targets = \
	%D%/fuzz/targets-files.c \
	%D%/fuzz/targets.c \
	%D%/fuzz/targets.h
%C%_fuzz_smoke_SOURCES = \
	$(fuzz_targets) \
	%D%/fuzz/seeds.c \
	%D%/fuzz/seeds.h \
	%D%/fuzz/smoke.c \
	%D%/unit/cases.h
EXTRA_DIST += %D%/fuzz/corpus %D%/fuzz/fuzz.c %D%/fuzz/run
FUZZ_CC = clang

.PHONY: fuzz
fuzz: all %D%/fuzz/smoke$(EXEEXT)
	$(AM_V_at)top_srcdir='$(abs_top_srcdir)' FUZZ_CC='$(FUZZ_CC)' \
	FUZZ_CFLAGS='$(DEFS) -I. -I$(abs_top_srcdir)/src $(HWLOC_CFLAGS)' \
	FUZZ_SOURCES='$(src_libpinsum_la_SOURCES) $(fuzz_targets) \
	    %D%/fuzz/fuzz.c %D%/unit/machines.c' \
	FUZZ_LIBS='src/.libs/libpinsum.a $(HWLOC_LIBS) $(LIBS)' \
	$(SHELL) $(srcdir)/%D%/fuzz/run

# Libtool was told to make no shared libraries.
preloads = %D%/cli/hand-back.so %D%/fault/preload.so
check_DATA = $(preloads)
CLEANFILES += $(preloads)
EXTRA_DIST += %D%/cli/hand-back.c %D%/fault/figures %D%/fault/preload.c \
	%D%/fault/tap.sh
%D%/cli/hand-back.so: %D%/cli/hand-back.c
	$(AM_V_CC)$(MKDIR_P) %D%/cli && \
	$(CC) $(CPPFLAGS) $(CFLAGS) -D_GNU_SOURCE -fPIC -shared \
	    -o $@ $(srcdir)/%D%/cli/hand-back.c $(LDFLAGS) -ldl
%D%/fault/preload.so: %D%/fault/preload.c
	$(AM_V_CC)$(MKDIR_P) %D%/fault && \
	$(CC) $(CPPFLAGS) $(CFLAGS) -D_GNU_SOURCE -fPIC -shared \
	    -o $@ $(srcdir)/%D%/fault/preload.c $(LDFLAGS) -ldl

# The fault tests at the numbers of trials that are to be reached, and the table
# of what was: ten minutes, as root; all that under load with LOAD=1. Two at a
# time, for they mostly wait; the longest of those that can first.
fault_tests = \
	%D%/fault/signals.sh \
	%D%/cli/files.sh \
	%D%/cli/output.sh \
	%D%/fault/discovery.sh \
	%D%/fault/every-call.sh \
	%D%/fault/input.sh \
	%D%/fault/kills.sh \
	%D%/fault/limits.sh \
	%D%/fault/many.sh \
	%D%/fault/pins.sh \
	%D%/fault/refused.sh
EXTRA_DIST += %D%/fault/figures

.PHONY: check-faults
check-faults: all
	@if test "`id -u`" -ne 0; then \
	    echo 'check-faults: skipped: only root can do all of it'; \
	    exit 0; \
	fi; \
	TRIALS=$${TRIALS:-1000} $(MAKE) $(AM_MAKEFLAGS) -j2 check \
	    TEST_SECONDS=1200 \
	    TESTS='$(fault_tests)'; \
	status=$$?; \
	$(SHELL) $(srcdir)/%D%/fault/figures %D%/fault; exit $$status

# Valgrind's checkers, in ten minutes or so.
EXTRA_DIST += \
	%D%/valgrind/check \
	%D%/valgrind/drd.supp \
	%D%/valgrind/helgrind.supp \
	%D%/valgrind/memcheck.supp \
	%D%/valgrind/mpi.supp

.PHONY: check-valgrind
check-valgrind: all $(UNIT_TESTS)
	$(AM_V_at)$(AM_TESTS_ENVIRONMENT) UNIT_TESTS='$(UNIT_TESTS)' \
	$(SHELL) $(srcdir)/%D%/valgrind/check

# Which lines no test reaches; after configure --enable-coverage.
EXTRA_DIST += %D%/COVERAGE %D%/coverage/exit.c %D%/coverage/report
if COVERAGE
src_pinsum_SOURCES += %D%/coverage/exit.c
endif

.PHONY: coverage
coverage:
	-find src -name '*.gcda' -exec rm -f {} +
	-$(MAKE) $(AM_MAKEFLAGS) check
	$(AM_V_at)$(SHELL) $(srcdir)/%D%/coverage/report

# These take CPUs away, crowd them, or measure what others would disturb: after
# all others that were asked for, and one after the other, where tests run in
# parallel too.
many = $(filter %D%/fault/many.log, $(TEST_LOGS))
kills = $(filter %D%/fault/kills.log, $(TEST_LOGS))
pins = $(filter %D%/fault/pins.log, $(TEST_LOGS))
sleep = $(filter %D%/truth/sleep.log, $(TEST_LOGS))
competitor = $(filter %D%/truth/competitor.log, $(TEST_LOGS))
migration = $(filter %D%/truth/migration.log, $(TEST_LOGS))
quota = $(filter %D%/truth/quota.log, $(TEST_LOGS))
alone = $(many) $(kills) $(pins) $(sleep) $(competitor) $(migration) $(quota)
%D%/fault/many.log: $(filter-out $(alone), $(TEST_LOGS))
%D%/fault/kills.log: $(filter-out $(alone), $(TEST_LOGS)) $(many)
%D%/fault/pins.log: $(filter-out $(alone), $(TEST_LOGS)) $(many) $(kills)
%D%/truth/sleep.log: $(filter-out $(alone), $(TEST_LOGS)) $(many) $(kills) \
	$(pins)
%D%/truth/competitor.log: $(sleep)
%D%/truth/migration.log: $(sleep) $(competitor)
%D%/truth/quota.log: $(sleep) $(competitor) $(migration)

# pinsum-mpi with every MPI that is installed, several hosts, and Slurm: in
# namespaces of its own, as root.
EXTRA_DIST += \
	%D%/mpi/check \
	%D%/mpi/hosts.sh \
	%D%/mpi/lib.sh \
	%D%/mpi/slurm.sh

.PHONY: check-hosts
check-hosts: all
	$(AM_V_at)$(AM_TESTS_ENVIRONMENT) MPICC='$(MPICC)' \
	CFLAGS='-std=gnu17 -g -O2 $(DEFS) -I. -I$(abs_top_srcdir)/src' \
	LIBS='src/.libs/libpinsum.a $(HWLOC_LIBS) $(LIBS)' \
	$(SHELL) $(srcdir)/%D%/mpi/check

# Where the harness leaves each test's results: continuous integration counts
# them, and misses those that are not there.
.PHONY: list-results
list-results:
	@for log in $(TEST_LOGS); do echo "$${log%.log}.trs"; done

# Whole machines in an emulator: minutes, and tools that few have, so it is no
# part of `make check`. VM_MACHINES names some of them; vm-fetch gets what is
# not installed.
VM_MACHINES =
VM_ENVIRONMENT = PINSUM='$(abs_top_builddir)/src/pinsum$(EXEEXT)' \
	PINSUM_VM_CACHE="$${PINSUM_VM_CACHE:-$(abs_top_builddir)/vm}"
EXTRA_DIST += \
	%D%/vm/check \
	%D%/vm/checks.sh \
	%D%/vm/fetch \
	%D%/vm/image \
	%D%/vm/in-group \
	%D%/vm/init \
	%D%/vm/machines

.PHONY: check-vm vm-fetch
check-vm: all
	$(AM_V_at)$(VM_ENVIRONMENT) $(SHELL) $(srcdir)/%D%/vm/check \
		$(VM_MACHINES)

vm-fetch:
	$(AM_V_at)$(SHELL) $(srcdir)/%D%/vm/fetch '$(abs_top_builddir)/vm'
