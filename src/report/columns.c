/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "report/columns.h"

#include <string.h>

#include "report/record.h"

/* Where a column's field is. */
#define CONFIG(field)  RECORD_CONFIG, offsetof(struct config_record, field)
#define ORIGIN(field)  RECORD_ORIGIN, offsetof(struct origin_record, field)
#define SUMMARY(field) RECORD_SUMMARY, offsetof(struct summary_record, field)
#define RUN(field)     RECORD_RUN, offsetof(struct run_record, field)
#define WORKER(field)  RECORD_WORKER, offsetof(struct worker_record, field)
#define SEAT(field)    RECORD_SEAT, offsetof(struct seat_record, field)
#define ENVIRONMENT(field) \
	RECORD_ENVIRONMENT, offsetof(struct environment_record, field)

/* A column has the name of its field. */
#define COLUMN(from, field, type, unit, meaning) \
	{#field, type, from(field), unit, meaning}
#define INTEGER(from, field, meaning) \
	COLUMN(from, field, COLUMN_INTEGER, "", meaning)
#define TIME(from, field, meaning) \
	COLUMN(from, field, COLUMN_INTEGER, "ns", meaning)
#define RATIO(from, field, meaning) \
	COLUMN(from, field, COLUMN_RATIO, "", meaning)
#define TEXT(from, field, meaning) \
	COLUMN(from, field, COLUMN_TEXT, "", meaning)
#define WORD(from, field, meaning) \
	COLUMN(from, field, COLUMN_WORD, "", meaning)

/* Columns that several reports share: the same meaning everywhere. */
#define COLUMN_CONFIG \
	INTEGER(CONFIG, config, "number of the configuration, from 1")
#define COLUMN_RUN INTEGER(RUN, run, "number of the round, from 1")
#define COLUMN_MODE \
	TEXT(CONFIG, mode, \
	     "what the workers are: single, thread or process")
#define COLUMN_WORKERS INTEGER(CONFIG, workers, "number of workers")
#define COLUMN_PLACES \
	TEXT(CONFIG, places, \
	     "what a worker may be given, as asked; CPU numbers with " \
	     "--cpu-list")
#define COLUMN_BIND \
	TEXT(CONFIG, bind, "how workers are dealt over the places")
#define COLUMN_KERNEL \
	TEXT(CONFIG, kernel, \
	     "the loop that adds; NA where the sharing has its own")
#define COLUMN_SHARING \
	TEXT(CONFIG, sharing, "how the workers share the total")
#define COLUMN_FIRST INTEGER(CONFIG, first, "first integer of the range")
#define COLUMN_LAST  INTEGER(CONFIG, last, "last integer of the range")
#define COLUMN_IPC   TEXT(CONFIG, ipc, "how a process hands back its part")
#define COLUMN_BLOCK \
	TIME(CONFIG, block_ns, \
	     "how long a worker sleeps each time that it blocks")
#define COLUMN_SCHED \
	TEXT(CONFIG, sched, "scheduling policy of the workers")
#define COLUMN_MEMBIND \
	TEXT(CONFIG, membind, "NUMA node on which shared counters live")
#define COLUMN_NEAREST \
	TEXT(CONFIG, nearest, "smallest level that a pair of a sweep shares")
#define COLUMN_HOST \
	TEXT(ORIGIN, host, \
	     "name of the host; NA where a row is of several ranks")
#define COLUMN_RANK \
	INTEGER(ORIGIN, rank, \
		"number of the rank, from 0, in pinsum-mpi; NA where a row " \
		"is of several")
#define COLUMN_RANKS \
	INTEGER(CONFIG, ranks, \
		"number of ranks that add together, each with so many workers")
#define COLUMN_ALLOTMENT \
	TEXT(ORIGIN, allotment, \
	     "how the rank came by its CPUs: given, split, shared, overlap")

/* Of each run, or as a median of the runs: `which` goes before. */
#define COLUMN_WALL(from, which) \
	TIME(from, wall_ns, \
	     which "time from before the first worker is created until all " \
		   "are collected and the parts are added")
#define COLUMNS_PARTS(from, which) \
	TIME(from, spawn_ns, \
	     which "time to create, pin and gather the workers"), \
	TIME(from, compute_ns, \
	     which "time from the common start until the last worker is " \
		   "done"), \
	TIME(from, collect_ns, \
	     which "time to hand the parts back, to end and reap the " \
		   "workers and to add up")
#define COLUMN_SUM_OF(from, whose) \
	COLUMN(from, sum, COLUMN_SUM, "", "sum of " whose \
					  ", a string of digits")

/* Of each worker, or of a run's together: `whose` follows. */
#define COLUMNS_TIMES(from, whose) \
	TIME(from, cpu_ns, "time on a CPU, by the thread's clock" whose), \
	TIME(from, wait_ns, \
	     "time runnable but waiting for a CPU, throttling included" \
	     whose), \
	TIME(from, off_ns, \
	     "the rest of the time: asleep, or stolen by a hypervisor" \
	     whose), \
	INTEGER(from, migrations, "moves from CPU to CPU" whose)
#define COLUMNS_SWITCHES(from, whose) \
	INTEGER(from, switches_voluntary, \
		"context switches by sleeping" whose), \
	INTEGER(from, switches_involuntary, \
		"context switches by pre-emption" whose)
#define COLUMNS_COUNTERS(from, whose) \
	INTEGER(from, cycles, "CPU cycles in user mode" whose), \
	INTEGER(from, instructions, "instructions in user mode" whose)
#define OF_ALL ", sum over the workers"

#define STATUSES_KNOWN "ok, lost_pin, wrong_sum, timeout or died"

/* Where a worker sits. */
#define COLUMN_WORKER(from) \
	INTEGER(from, worker, "number of the worker, from 0")
#define COLUMN_CPUS \
	TEXT(SEAT, cpus, \
	     "CPUs that it is pinned to, the operating system's numbers; " \
	     "the inherited set where it is not pinned")
#define COLUMN_PU \
	INTEGER(SEAT, pu, \
		"hwloc's logical index of its PU; NA where it has several")
#define COLUMN_CORE INTEGER(SEAT, core, "hwloc's logical index of its core")
#define COLUMN_LLC \
	INTEGER(SEAT, llc, "hwloc's logical index of its last-level cache")
#define COLUMN_NUMA \
	INTEGER(SEAT, numa, \
		"hwloc's logical index of the nearest NUMA node with memory")
#define COLUMN_PACKAGE \
	INTEGER(SEAT, package, "hwloc's logical index of its package")
#define COLUMN_KIND INTEGER(SEAT, kind, "hwloc's number of its CPU kind")

static const struct column summary_columns[] = {
	COLUMN_MODE,
	COLUMN_WORKERS,
	COLUMN_PLACES,
	COLUMN_BIND,
	COLUMN_KERNEL,
	COLUMN_SHARING,
	COLUMN_WALL(SUMMARY, "median "),
	TIME(SUMMARY, wall_mad_ns, "median absolute deviation of wall_ns"),
	TIME(SUMMARY, wall_p90_ns,
	     "90th percentile of wall_ns, by nearest rank"),
	COLUMNS_PARTS(SUMMARY, "median "),
	RATIO(SUMMARY, speedup,
	      "baseline's wall_ns over this one's: median of the ratios of "
	      "the rounds"),
	RATIO(SUMMARY, speedup_lo,
	      "lower end of its 95 % interval; NA under six runs"),
	RATIO(SUMMARY, speedup_hi,
	      "upper end of its 95 % interval; NA under six runs"),
	COLUMN_SUM_OF(SUMMARY, "the range"),
	TEXT(SUMMARY, status, "of the worst run: " STATUSES_KNOWN),
	COLUMN_CONFIG,
	INTEGER(SUMMARY, runs, "number of counted runs that are ok"),
	TIME(SUMMARY, wall_min_ns, "smallest wall_ns of the runs"),
	TIME(SUMMARY, wall_max_ns, "greatest wall_ns of the runs"),
	COLUMN(SUMMARY, rate, COLUMN_INTEGER, "1/s",
	       "integers added in a second of wall_ns"),
	RATIO(SUMMARY, efficiency, "speedup over workers"),
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
	COLUMN_WALL(RUN, ""),
	COLUMNS_PARTS(RUN, ""),
	TIME(RUN, skew_ns, "from the first to the last worker past the gate"),
	COLUMNS_TIMES(RUN, OF_ALL),
	COLUMN_SUM_OF(RUN, "the range"),
	TEXT(RUN, status, STATUSES_KNOWN),
	WORD(RUN, start,
	     "when the run began, UTC, RFC 3339 with nanoseconds"),
	RATIO(RUN, imbalance,
	      "compute time of the slowest worker over the mean"),
	TIME(RUN, throttled_ns,
	     "time that the quota of the control group held the workers back"),
	TIME(RUN, steal_ns,
	     "time that a hypervisor took from the CPUs in use; NA below the "
	     "kernel's grain"),
	COLUMNS_SWITCHES(RUN, OF_ALL),
	COLUMN(RUN, maxrss_kib, COLUMN_INTEGER, "KiB",
	       "peak resident memory of the largest process so far"),
	COLUMN(RUN, energy_uj, COLUMN_INTEGER, "uJ",
	       "energy of the packages in use"),
	COLUMNS_COUNTERS(RUN, OF_ALL),
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
	COLUMN_WORKER(WORKER),
	COLUMN_CPUS,
	COLUMN_CORE,
	COLUMN_PACKAGE,
	COLUMN_NUMA,
	INTEGER(WORKER, cpu_first, "CPU that it began on"),
	INTEGER(WORKER, cpu_last, "CPU that it ended on"),
	TIME(WORKER, compute_ns, "time from its start to its end"),
	COLUMNS_TIMES(WORKER, ""),
	COLUMN_SUM_OF(WORKER, "its part"),
	TEXT(WORKER, status, STATUSES_KNOWN),
	INTEGER(WORKER, pid, "number of its process"),
	INTEGER(WORKER, tid, "number of its thread"),
	INTEGER(WORKER, first,
		"first integer of its part; NA where the part is empty"),
	INTEGER(WORKER, last,
		"last integer of its part; NA where the part is empty"),
	COLUMN_PU,
	COLUMN_LLC,
	COLUMN_KIND,
	TIME(WORKER, start_ns,
	     "its start, counted from the common start"),
	TIME(WORKER, end_ns, "its end, counted from the common start"),
	COLUMNS_SWITCHES(WORKER, ""),
	COLUMNS_COUNTERS(WORKER, ""),
	INTEGER(WORKER, cpu_stray,
		"a CPU outside its pin on which it was seen"),
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
	COLUMN_WORKER(SEAT),
	COLUMN_CPUS,
	COLUMN_PU,
	COLUMN_CORE,
	COLUMN_LLC,
	COLUMN_NUMA,
	COLUMN_PACKAGE,
	COLUMN_KIND,
	INTEGER(SEAT, place, "number of its place, from 0"),
	WORD(SEAT, coverage,
	     "how many of the core's PUs are allowed, as 1/2"),
	COLUMN_HOST,
	COLUMN_RANK,
	COLUMN_RANKS,
	COLUMN_ALLOTMENT,
};

static const struct column environment_columns[] = {
	TEXT(ENVIRONMENT, key, "what it is"),
	COLUMN(ENVIRONMENT, value, COLUMN_FREE, "",
	       "its value, which may hold spaces"),
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
