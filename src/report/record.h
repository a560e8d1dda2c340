/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a report can say of a configuration, a run, a worker, as plain typed
 * fields.  The column table (columns.c) names each by its offset; report.c
 * writes them.
 *
 * Integers that are not known are RECORD_NA, ratios NAN, texts NULL: each is
 * written as NA.  Texts are borrowed from what the record describes.
 */
#ifndef PINSUM_RECORD_H
#define PINSUM_RECORD_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/number.h"

#define RECORD_NA INT64_MIN

/* In the order of severity: a configuration has its worst run's. */
enum status {
	STATUS_OK,
	STATUS_LOST_PIN,
	STATUS_WRONG_SUM,
	STATUS_TIMEOUT,
	STATUS_DIED,
	STATUSES
};

const char *status_name(enum status status);
int status_exit(enum status status);

static inline enum status status_worst(enum status a, enum status b)
{
	return a > b ? a : b;
}

/* A sum that may not be known. */
struct maybe_sum {
	struct u128 value;
	bool known;
};

struct config_record {
	int64_t config;
	const char *mode;
	int64_t workers;
	const char *places;
	const char *bind;
	const char *kernel;
	const char *sharing;
	int64_t first, last;
	const char *ipc;
	int64_t block_ns;
	const char *sched;
	const char *membind;
	const char *nearest;
	int64_t ranks; /* that run it together */
};

/* Where a row comes from. */
struct origin_record {
	const char *host; /* NULL: from several */
	int64_t rank;
	const char *allotment; /* how the rank came by its CPUs */
};

struct summary_record {
	int64_t runs; /* that are ok */
	int64_t wall_ns, wall_mad_ns, wall_p90_ns, wall_min_ns, wall_max_ns;
	/* 95 % intervals of the median and of the 90th percentile */
	int64_t wall_lo_ns, wall_hi_ns, p90_lo_ns, p90_hi_ns;
	int64_t spawn_ns, compute_ns, collect_ns;
	int64_t rate;
	double speedup, speedup_lo, speedup_hi, efficiency;
	struct maybe_sum sum;
	const char *status;
};

struct run_record {
	int64_t run;
	int64_t wall_ns, spawn_ns, compute_ns, collect_ns, skew_ns;
	int64_t cpu_ns, wait_ns, off_ns, migrations;
	int64_t switches_voluntary, switches_involuntary;
	int64_t throttled_ns, steal_ns, maxrss_kib, energy_uj;
	int64_t cycles, instructions;
	double imbalance;
	int64_t longest_ns, work_ns; /* compute times of the workers: the
				      * longest, and the sum of all */
	struct maybe_sum sum;
	const char *status;
	char start[CLOCK_UTC_MAX];
};

struct worker_record {
	int64_t worker;
	int64_t cpu_first, cpu_last, cpu_stray;
	int64_t compute_ns, cpu_ns, wait_ns, off_ns, migrations;
	int64_t switches_voluntary, switches_involuntary;
	int64_t cycles, instructions;
	int64_t pid, tid, first, last, start_ns, end_ns;
	struct maybe_sum sum;
	const char *status;
};

/* Where a worker sits. */
struct seat_record {
	int64_t worker;
	const char *cpus;
	int64_t pu, core, llc, numa, package, kind, place;
	char coverage[32]; /* empty: not known */
};

struct environment_record {
	const char *key, *value;
};

#endif
