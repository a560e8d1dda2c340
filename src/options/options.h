/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The command line: one table of options, and what was asked for.
 */
#ifndef PINSUM_OPTIONS_H
#define PINSUM_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plan/places.h"
#include "plan/plan.h"
#include "report/report.h"
#include "run/executor.h"
#include "run/ipc.h"
#include "run/sched-policy.h"
#include "run/sharing.h"

/* A number of workers as asked. */
struct workers_request {
	enum { WORKERS_CORES, WORKERS_PUS, WORKERS_NUMBER } what;
	uint64_t number;
};

/* Everything is owned by the options; texts may point into argv. */
struct options {
	const struct executor **modes;
	size_t mode_count;
	struct workers_request *workers;
	size_t workers_count;
	char **kernels; /* names, "auto", "all" */
	size_t kernel_count;
	const struct sharing **sharings;
	size_t sharing_count;
	const struct ipc **ipcs;
	size_t ipc_count;
	struct bind_request *binds;
	size_t bind_count;

	const char *places;	     /* NULL: cores, or as cpu_list says */
	const char *cpu_list;	     /* NULL: as places says */
	struct places_filter filter; /* --no-smt, --cpukind */
	bool whole_place;
	bool oversubscribe;
	const char *input; /* NULL: this machine */
	bool dry_run;

	int64_t gil_interval_ns;
	const char *membind; /* "numanode:1"; NULL: the first worker's */
	int64_t block_ns;
	uint64_t block_count; /* 0: no blocking */
	struct sched_request sched;

	enum sweep { SWEEP_OFF, SWEEP_PLACES, SWEEP_PAIRS } sweep;
	uint64_t runs;
	uint64_t warmup;
	enum order { ORDER_INTERLEAVE, ORDER_SHUFFLE, ORDER_SEQUENTIAL } order;
	uint64_t order_seed;
	const char *baseline; /* NULL: mode=single, where there is one */
	double precision;     /* 0: off; 0.02 for 2 % */
	int64_t max_time_ns;  /* 0: none */
	int64_t timeout_ns;

	struct report_request *reports;
	size_t report_count;
	const char **outputs; /* "[NAME:]COLUMNS" as given */
	size_t output_count;
	bool output_all;
	bool noheadings;
	bool for_people; /* neither --report nor --output was given */
	bool explain;
	bool counters; /* a column of hardware counters is written */
	enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER } progress;
	bool quiet;

	uint64_t first, last;
};

/* Parse the command line.  Help, version and lists are written to standard
 * output and end the program, as a usage error does (exit status 1, one line
 * on standard error). */
void options_parse(int argc, char *argv[], struct options *options);

void options_free(struct options *options);

#endif
