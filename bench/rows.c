/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rows ROUNDS
 *
 * Rows of ten columns as the reports write them, against fprintf, both to
 * /dev/null.  A row for each round: nanoseconds for a row of either.
 */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "bench.h"
#include "report/record.h"
#include "report/report.h"

enum { ROWS = 20000, BATCH = 100 };

static const struct config_record config = {
	.config = 2,
	.mode = "thread",
	.workers = 2,
	.places = "cores",
	.bind = "close",
	.kernel = "avx2-32",
	.first = 1,
	.last = 300000000,
};

/* Figures that change from row to row, as they do in a report. */
static struct run_record run_of(int64_t i)
{
	return (struct run_record){.run = i, .wall_ns = 4000000 + 37 * i};
}

static int64_t time_report(struct report *report)
{
	int64_t start = clock_now();

	for (int64_t i = 0; i < ROWS; i++) {
		struct run_record run = run_of(i);
		struct row row = {
			{[RECORD_CONFIG] = &config, [RECORD_RUN] = &run}};

		report_row(report, &row);
		if (i % BATCH == BATCH - 1 && report_flush(report))
			return -1;
	}
	return (clock_now() - start) / ROWS;
}

static int64_t time_fprintf(FILE *file)
{
	const struct config_record *c = &config;
	int64_t start = clock_now();

	for (int64_t i = 0; i < ROWS; i++) {
		struct run_record run = run_of(i);

		if (fprintf(file,
			    "%" PRId64 "\t%" PRId64 "\t%s\t%" PRId64
			    "\t%s\t%s\t%s\t%" PRId64 "\t%" PRId64 "\t%" PRId64
			    "\n",
			    c->config, run.run, c->mode, c->workers, c->places,
			    c->bind, c->kernel, c->first, c->last,
			    run.wall_ns) < 0)
			return -1;
	}
	if (fflush(file))
		return -1;
	return (clock_now() - start) / ROWS;
}

static int measure(struct report *report, FILE *file, uint64_t rounds)
{
	printf("row_ns\tfprintf_ns\n");
	for (uint64_t i = 0; i < rounds; i++) {
		int64_t ours = time_report(report), theirs = time_fprintf(file);

		if (ours < 0 || theirs < 0)
			return bench_fail("cannot write");
		printf("%" PRId64 "\t%" PRId64 "\n", ours, theirs);
	}
	return bench_end();
}

int main(int argc, char *argv[])
{
	static const struct report_request request = {
		.kind = REPORT_RUNS,
		.file = "/dev/null",
		.columns = "config,run,mode,workers,places,bind,kernel,first,"
			   "last,wall_ns",
	};
	uint64_t rounds = bench_rounds(argc, argv, 1);
	FILE *file = fopen("/dev/null", "w");
	struct report *report;
	int status;

	if (!file || report_new(&request, &report) || report_open(report))
		return bench_fail("cannot write to /dev/null");
	status = measure(report, file, rounds);
	fclose(file);
	return report_close(report) ? bench_fail("cannot write") : status;
}
