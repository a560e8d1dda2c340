/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "report/columns.h"

#include <string.h>

#include "report/record.h"

#define CONFIG(t, f) .type = t, .record = RECORD_CONFIG, \
		     .offset = offsetof(struct config_record, f)
#define ORIGIN(t, f) .type = t, .record = RECORD_ORIGIN, \
		     .offset = offsetof(struct origin_record, f)
#define SUMMARY(t, f) .type = t, .record = RECORD_SUMMARY, \
		      .offset = offsetof(struct summary_record, f)
#define RUN(t, f) .type = t, .record = RECORD_RUN, \
		  .offset = offsetof(struct run_record, f)
#define WORKER(t, f) .type = t, .record = RECORD_WORKER, \
		     .offset = offsetof(struct worker_record, f)
#define SEAT(t, f) .type = t, .record = RECORD_SEAT, \
		   .offset = offsetof(struct seat_record, f)
#define ENVIRONMENT(t, f) .type = t, .record = RECORD_ENVIRONMENT, \
			  .offset = offsetof(struct environment_record, f)

/* Columns that several reports share: the same meaning everywhere. */
#define COLUMN_CONFIG \
	{.name = "config", .unit = "", CONFIG(COLUMN_INTEGER, config), \
	 .meaning = "number of the configuration, from 1"}
#define COLUMN_RUN \
	{.name = "run", .unit = "", RUN(COLUMN_INTEGER, run), \
	 .meaning = "number of the round, from 1"}
#define COLUMN_MODE \
	{.name = "mode", .unit = "", CONFIG(COLUMN_TEXT, mode), \
	 .meaning = "what the workers are: single, thread or process"}
#define COLUMN_WORKERS \
	{.name = "workers", .unit = "", CONFIG(COLUMN_INTEGER, workers), \
	 .meaning = "number of workers"}
#define COLUMN_PLACES \
	{.name = "places", .unit = "", CONFIG(COLUMN_TEXT, places), \
	 .meaning = "what a worker may be given, as asked; CPU numbers with " \
		    "--cpu-list"}
#define COLUMN_BIND \
	{.name = "bind", .unit = "", CONFIG(COLUMN_TEXT, bind), \
	 .meaning = "how workers are dealt over the places"}
#define COLUMN_KERNEL \
	{.name = "kernel", .unit = "", CONFIG(COLUMN_TEXT, kernel), \
	 .meaning = "the loop that adds; NA where the sharing has its own"}
#define COLUMN_SHARING \
	{.name = "sharing", .unit = "", CONFIG(COLUMN_TEXT, sharing), \
	 .meaning = "how the workers share the total"}
#define COLUMN_FIRST \
	{.name = "first", .unit = "", CONFIG(COLUMN_INTEGER, first), \
	 .meaning = "first integer of the range"}
#define COLUMN_LAST \
	{.name = "last", .unit = "", CONFIG(COLUMN_INTEGER, last), \
	 .meaning = "last integer of the range"}
#define COLUMN_IPC \
	{.name = "ipc", .unit = "", CONFIG(COLUMN_TEXT, ipc), \
	 .meaning = "how a process hands back its part"}
#define COLUMN_BLOCK \
	{.name = "block_ns", .unit = "ns", CONFIG(COLUMN_INTEGER, block_ns), \
	 .meaning = "how long a worker sleeps each time that it blocks"}
#define COLUMN_SCHED \
	{.name = "sched", .unit = "", CONFIG(COLUMN_TEXT, sched), \
	 .meaning = "scheduling policy of the workers"}
#define COLUMN_MEMBIND \
	{.name = "membind", .unit = "", CONFIG(COLUMN_TEXT, membind), \
	 .meaning = "NUMA node on which shared counters live"}
#define COLUMN_NEAREST \
	{.name = "nearest", .unit = "", CONFIG(COLUMN_TEXT, nearest), \
	 .meaning = "smallest level that a pair of a sweep shares"}
#define COLUMN_HOST \
	{.name = "host", .unit = "", ORIGIN(COLUMN_TEXT, host), \
	 .meaning = "name of the host; NA where a row is of several ranks"}
#define COLUMN_RANK \
	{.name = "rank", .unit = "", ORIGIN(COLUMN_INTEGER, rank), \
	 .meaning = "number of the rank, from 0, in pinsum-mpi; NA where a " \
		    "row is of several"}
#define COLUMN_RANKS \
	{.name = "ranks", .unit = "", CONFIG(COLUMN_INTEGER, ranks), \
	 .meaning = "number of ranks that add together, each with so many " \
		    "workers"}
#define COLUMN_ALLOTMENT \
	{.name = "allotment", .unit = "", ORIGIN(COLUMN_TEXT, allotment), \
	 .meaning = "how the rank came by its CPUs: given, split, shared, " \
		    "overlap"}

static const struct column summary_columns[] = {
	COLUMN_MODE,
	COLUMN_WORKERS,
	COLUMN_PLACES,
	COLUMN_BIND,
	COLUMN_KERNEL,
	COLUMN_SHARING,
	{.name = "wall_ns", .unit = "ns", SUMMARY(COLUMN_INTEGER, wall_ns),
	 .meaning = "median time from before the first worker is created "
		    "until all are collected and the parts are added"},
	{.name = "wall_mad_ns", .unit = "ns",
	 SUMMARY(COLUMN_INTEGER, wall_mad_ns),
	 .meaning = "median absolute deviation of wall_ns"},
	{.name = "wall_p90_ns", .unit = "ns",
	 SUMMARY(COLUMN_INTEGER, wall_p90_ns),
	 .meaning = "90th percentile of wall_ns, by nearest rank"},
	{.name = "spawn_ns", .unit = "ns", SUMMARY(COLUMN_INTEGER, spawn_ns),
	 .meaning = "median time to create, pin and gather the workers"},
	{.name = "compute_ns", .unit = "ns",
	 SUMMARY(COLUMN_INTEGER, compute_ns),
	 .meaning = "median time from the common start until the last worker "
		    "is done"},
	{.name = "collect_ns", .unit = "ns",
	 SUMMARY(COLUMN_INTEGER, collect_ns),
	 .meaning = "median time to end and reap the workers and to add the "
		    "parts"},
	{.name = "speedup", .unit = "", SUMMARY(COLUMN_RATIO, speedup),
	 .meaning = "baseline's wall_ns over this one's: median of the ratios "
		    "of the rounds"},
	{.name = "speedup_lo", .unit = "", SUMMARY(COLUMN_RATIO, speedup_lo),
	 .meaning = "lower end of its 95 % interval; NA under six runs"},
	{.name = "speedup_hi", .unit = "", SUMMARY(COLUMN_RATIO, speedup_hi),
	 .meaning = "upper end of its 95 % interval; NA under six runs"},
	{.name = "sum", .unit = "", SUMMARY(COLUMN_SUM, sum),
	 .meaning = "the sum, a string of digits"},
	{.name = "status", .unit = "", SUMMARY(COLUMN_TEXT, status),
	 .meaning = "status of the worst run: ok, lost_pin, wrong_sum, "
		    "timeout, died"},
	COLUMN_CONFIG,
	{.name = "runs", .unit = "", SUMMARY(COLUMN_INTEGER, runs),
	 .meaning = "number of counted runs that are ok"},
	{.name = "wall_min_ns", .unit = "ns",
	 SUMMARY(COLUMN_INTEGER, wall_min_ns),
	 .meaning = "smallest wall_ns of the runs"},
	{.name = "wall_max_ns", .unit = "ns",
	 SUMMARY(COLUMN_INTEGER, wall_max_ns),
	 .meaning = "greatest wall_ns of the runs"},
	{.name = "rate", .unit = "1/s", SUMMARY(COLUMN_INTEGER, rate),
	 .meaning = "integers added in a second of wall_ns"},
	{.name = "efficiency", .unit = "", SUMMARY(COLUMN_RATIO, efficiency),
	 .meaning = "speedup over workers"},
	COLUMN_FIRST,
	COLUMN_LAST,
	COLUMN_IPC,
	COLUMN_BLOCK,
	COLUMN_SCHED,
	COLUMN_MEMBIND,
	COLUMN_NEAREST,
	COLUMN_HOST,
	COLUMN_RANK,
	COLUMN_RANKS,
};

static const struct column runs_columns[] = {
	COLUMN_CONFIG,
	COLUMN_RUN,
	COLUMN_MODE,
	COLUMN_WORKERS,
	COLUMN_PLACES,
	COLUMN_BIND,
	COLUMN_KERNEL,
	COLUMN_SHARING,
	COLUMN_FIRST,
	COLUMN_LAST,
	{.name = "wall_ns", .unit = "ns", RUN(COLUMN_INTEGER, wall_ns),
	 .meaning = "time from before the first worker is created until all "
		    "are collected and the parts are added"},
	{.name = "spawn_ns", .unit = "ns", RUN(COLUMN_INTEGER, spawn_ns),
	 .meaning = "of it, to create, pin and gather the workers"},
	{.name = "compute_ns", .unit = "ns", RUN(COLUMN_INTEGER, compute_ns),
	 .meaning = "of it, from the common start until the last worker is "
		    "done"},
	{.name = "collect_ns", .unit = "ns", RUN(COLUMN_INTEGER, collect_ns),
	 .meaning = "of it, to hand the parts back, end and reap the workers "
		    "and add up"},
	{.name = "skew_ns", .unit = "ns", RUN(COLUMN_INTEGER, skew_ns),
	 .meaning = "from the first to the last worker past the gate"},
	{.name = "cpu_ns", .unit = "ns", RUN(COLUMN_INTEGER, cpu_ns),
	 .meaning = "time on a CPU, sum over the workers"},
	{.name = "wait_ns", .unit = "ns", RUN(COLUMN_INTEGER, wait_ns),
	 .meaning = "time runnable but waiting for a CPU, throttling included, "
		    "sum over the workers"},
	{.name = "off_ns", .unit = "ns", RUN(COLUMN_INTEGER, off_ns),
	 .meaning = "the rest of the workers' time: asleep, or stolen by a "
		    "hypervisor"},
	{.name = "migrations", .unit = "", RUN(COLUMN_INTEGER, migrations),
	 .meaning = "moves from CPU to CPU, sum over the workers"},
	{.name = "sum", .unit = "", RUN(COLUMN_SUM, sum),
	 .meaning = "the sum, a string of digits"},
	{.name = "status", .unit = "", RUN(COLUMN_TEXT, status),
	 .meaning = "ok, lost_pin, wrong_sum, timeout or died"},
	{.name = "start", .unit = "", RUN(COLUMN_WORD, start),
	 .meaning = "when the run began, UTC, RFC 3339 with nanoseconds"},
	{.name = "imbalance", .unit = "", RUN(COLUMN_RATIO, imbalance),
	 .meaning = "compute time of the slowest worker over the mean"},
	{.name = "throttled_ns", .unit = "ns",
	 RUN(COLUMN_INTEGER, throttled_ns),
	 .meaning = "time that the quota of the control group held the "
		    "workers back"},
	{.name = "steal_ns", .unit = "ns", RUN(COLUMN_INTEGER, steal_ns),
	 .meaning = "time that a hypervisor took from the CPUs in use; NA "
		    "below the kernel's grain"},
	{.name = "switches_voluntary", .unit = "",
	 RUN(COLUMN_INTEGER, switches_voluntary),
	 .meaning = "context switches by sleeping, sum over the workers"},
	{.name = "switches_involuntary", .unit = "",
	 RUN(COLUMN_INTEGER, switches_involuntary),
	 .meaning = "context switches by pre-emption, sum over the workers"},
	{.name = "maxrss_kib", .unit = "KiB", RUN(COLUMN_INTEGER, maxrss_kib),
	 .meaning = "peak resident memory of the largest process so far"},
	{.name = "energy_uj", .unit = "uJ", RUN(COLUMN_INTEGER, energy_uj),
	 .meaning = "energy of the packages in use"},
	{.name = "cycles", .unit = "", RUN(COLUMN_INTEGER, cycles),
	 .meaning = "CPU cycles in user mode, sum over the workers"},
	{.name = "instructions", .unit = "",
	 RUN(COLUMN_INTEGER, instructions),
	 .meaning = "instructions in user mode, sum over the workers"},
	COLUMN_IPC,
	COLUMN_BLOCK,
	COLUMN_SCHED,
	COLUMN_MEMBIND,
	COLUMN_NEAREST,
	COLUMN_HOST,
	COLUMN_RANK,
	COLUMN_RANKS,
};

static const struct column workers_columns[] = {
	COLUMN_CONFIG,
	COLUMN_RUN,
	COLUMN_MODE,
	{.name = "worker", .unit = "", WORKER(COLUMN_INTEGER, worker),
	 .meaning = "number of the worker, from 0"},
	{.name = "cpus", .unit = "", SEAT(COLUMN_TEXT, cpus),
	 .meaning = "CPUs that it is pinned to, the operating system's "
		    "numbers; the inherited set where it is not pinned"},
	{.name = "core", .unit = "", SEAT(COLUMN_INTEGER, core),
	 .meaning = "hwloc's logical index of its core"},
	{.name = "package", .unit = "", SEAT(COLUMN_INTEGER, package),
	 .meaning = "hwloc's logical index of its package"},
	{.name = "numa", .unit = "", SEAT(COLUMN_INTEGER, numa),
	 .meaning = "hwloc's logical index of the nearest NUMA node with "
		    "memory"},
	{.name = "cpu_first", .unit = "", WORKER(COLUMN_INTEGER, cpu_first),
	 .meaning = "CPU that it began on"},
	{.name = "cpu_last", .unit = "", WORKER(COLUMN_INTEGER, cpu_last),
	 .meaning = "CPU that it ended on"},
	{.name = "compute_ns", .unit = "ns",
	 WORKER(COLUMN_INTEGER, compute_ns),
	 .meaning = "time from its start to its end"},
	{.name = "cpu_ns", .unit = "ns", WORKER(COLUMN_INTEGER, cpu_ns),
	 .meaning = "of it, on a CPU, by the thread's clock"},
	{.name = "wait_ns", .unit = "ns", WORKER(COLUMN_INTEGER, wait_ns),
	 .meaning = "of it, runnable but waiting for a CPU, throttling "
		    "included"},
	{.name = "off_ns", .unit = "ns", WORKER(COLUMN_INTEGER, off_ns),
	 .meaning = "of it, the rest: asleep, or stolen by a hypervisor"},
	{.name = "migrations", .unit = "", WORKER(COLUMN_INTEGER, migrations),
	 .meaning = "moves from CPU to CPU"},
	{.name = "sum", .unit = "", WORKER(COLUMN_SUM, sum),
	 .meaning = "sum of its part, a string of digits"},
	{.name = "status", .unit = "", WORKER(COLUMN_TEXT, status),
	 .meaning = "ok, lost_pin, wrong_sum, timeout or died"},
	{.name = "pid", .unit = "", WORKER(COLUMN_INTEGER, pid),
	 .meaning = "number of its process"},
	{.name = "tid", .unit = "", WORKER(COLUMN_INTEGER, tid),
	 .meaning = "number of its thread"},
	{.name = "first", .unit = "", WORKER(COLUMN_INTEGER, first),
	 .meaning = "first integer of its part; NA where the part is empty"},
	{.name = "last", .unit = "", WORKER(COLUMN_INTEGER, last),
	 .meaning = "last integer of its part; NA where the part is empty"},
	{.name = "pu", .unit = "", SEAT(COLUMN_INTEGER, pu),
	 .meaning = "hwloc's logical index of its PU; NA where it has several"},
	{.name = "llc", .unit = "", SEAT(COLUMN_INTEGER, llc),
	 .meaning = "hwloc's logical index of its last-level cache"},
	{.name = "kind", .unit = "", SEAT(COLUMN_INTEGER, kind),
	 .meaning = "hwloc's number of its CPU kind"},
	{.name = "start_ns", .unit = "ns", WORKER(COLUMN_INTEGER, start_ns),
	 .meaning = "its start, counted from the opening of the gate"},
	{.name = "end_ns", .unit = "ns", WORKER(COLUMN_INTEGER, end_ns),
	 .meaning = "its end, counted from the opening of the gate"},
	{.name = "switches_voluntary", .unit = "",
	 WORKER(COLUMN_INTEGER, switches_voluntary),
	 .meaning = "context switches by sleeping"},
	{.name = "switches_involuntary", .unit = "",
	 WORKER(COLUMN_INTEGER, switches_involuntary),
	 .meaning = "context switches by pre-emption"},
	{.name = "cycles", .unit = "", WORKER(COLUMN_INTEGER, cycles),
	 .meaning = "CPU cycles in user mode"},
	{.name = "instructions", .unit = "",
	 WORKER(COLUMN_INTEGER, instructions),
	 .meaning = "instructions in user mode"},
	{.name = "cpu_stray", .unit = "", WORKER(COLUMN_INTEGER, cpu_stray),
	 .meaning = "a CPU outside its pin on which it was seen"},
	COLUMN_HOST,
	COLUMN_RANK,
	COLUMN_RANKS,
	COLUMN_ALLOTMENT,
};

static const struct column plan_columns[] = {
	COLUMN_CONFIG,
	COLUMN_MODE,
	COLUMN_WORKERS,
	COLUMN_PLACES,
	COLUMN_BIND,
	{.name = "worker", .unit = "", SEAT(COLUMN_INTEGER, worker),
	 .meaning = "number of the worker, from 0"},
	{.name = "cpus", .unit = "", SEAT(COLUMN_TEXT, cpus),
	 .meaning = "CPUs that it is pinned to, the operating system's "
		    "numbers; the inherited set where it is not pinned"},
	{.name = "pu", .unit = "", SEAT(COLUMN_INTEGER, pu),
	 .meaning = "hwloc's logical index of its PU; NA where it has several"},
	{.name = "core", .unit = "", SEAT(COLUMN_INTEGER, core),
	 .meaning = "hwloc's logical index of its core"},
	{.name = "llc", .unit = "", SEAT(COLUMN_INTEGER, llc),
	 .meaning = "hwloc's logical index of its last-level cache"},
	{.name = "numa", .unit = "", SEAT(COLUMN_INTEGER, numa),
	 .meaning = "hwloc's logical index of the nearest NUMA node with "
		    "memory"},
	{.name = "package", .unit = "", SEAT(COLUMN_INTEGER, package),
	 .meaning = "hwloc's logical index of its package"},
	{.name = "kind", .unit = "", SEAT(COLUMN_INTEGER, kind),
	 .meaning = "hwloc's number of its CPU kind"},
	{.name = "place", .unit = "", SEAT(COLUMN_INTEGER, place),
	 .meaning = "number of its place, from 0"},
	{.name = "coverage", .unit = "", SEAT(COLUMN_WORD, coverage),
	 .meaning = "how many of the core's PUs are allowed, as 1/2"},
	COLUMN_HOST,
	COLUMN_RANK,
	COLUMN_RANKS,
	COLUMN_ALLOTMENT,
};

static const struct column environment_columns[] = {
	{.name = "key", .unit = "", ENVIRONMENT(COLUMN_TEXT, key),
	 .meaning = "what it is"},
	{.name = "value", .unit = "", ENVIRONMENT(COLUMN_FREE, value),
	 .meaning = "its value, which may hold spaces"},
	COLUMN_HOST,
	COLUMN_RANK,
};

#define COLUMNS(array) \
	.columns = array, .count = sizeof array / sizeof *array

static const struct report_table reports[REPORT_KINDS] = {
	[REPORT_SUMMARY] = {.name = "summary", COLUMNS(summary_columns),
			    .defaults = 17,
			    .summary = "a row for each configuration"},
	[REPORT_RUNS] = {.name = "runs", COLUMNS(runs_columns),
			 .defaults = 21, .summary = "a row for each run"},
	[REPORT_WORKERS] = {.name = "workers", COLUMNS(workers_columns),
			    .defaults = 17,
			    .summary = "a row for each worker of each run"},
	[REPORT_PLAN] = {.name = "plan", COLUMNS(plan_columns),
			 .defaults = 15,
			 .summary = "a row for each worker of each "
				    "configuration: where it sits"},
	[REPORT_ENVIRONMENT] = {.name = "environment",
				COLUMNS(environment_columns),
				.defaults = 2,
				.summary = "what the machine was like"},
};

const struct report_table *report_table(enum report_kind kind)
{
	return &reports[kind];
}

enum report_kind report_find(const char *name)
{
	int kind = 0;

	while (kind < REPORT_KINDS && strcmp(name, reports[kind].name) != 0)
		kind++;
	return (enum report_kind)kind;
}

const struct column *column_find(const struct report_table *report,
				 const char *name, size_t length)
{
	for (size_t i = 0; i < report->count; i++) {
		const struct column *column = &report->columns[i];

		if (strlen(column->name) == length &&
		    !memcmp(column->name, name, length))
			return column;
	}
	return NULL;
}

const char *column_type_name(enum column_type type)
{
	static const char *const names[] = {
		[COLUMN_INTEGER] = "integer", [COLUMN_RATIO] = "ratio",
		[COLUMN_SUM] = "digits",      [COLUMN_TEXT] = "text",
		[COLUMN_WORD] = "text",       [COLUMN_FREE] = "text",
	};

	return names[type];
}
