/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "report/reports.h"

#include <errno.h>
#include <stdlib.h>

#include "base/message.h"
#include "ranks/ranks.h"

int reports_new(const struct report_request *requests, size_t count,
		const char *appended, struct reports *reports)
{
	int error = 0;

	*reports = (struct reports){0};
	reports->reports = calloc(count + 1, sizeof *reports->reports);
	if (!reports->reports)
		return -ENOMEM;
	for (size_t i = 0; i < count && !error; i++) {
		struct report_request request = requests[i];

		request.appended = appended;
		error = report_new(&request, &reports->reports[i]);
		reports->count += !error;
	}
	return error;
}

/* Rows of two reports in one file are no table, whatever its names. */
static int check_file(const struct reports *reports, size_t opened)
{
	for (size_t i = 0; i < opened; i++) {
		const struct report *a = reports->reports[i];
		const struct report *b = reports->reports[opened];

		if (!report_same_file(a, b))
			continue;
		message_error("reports '%s' and '%s' have the same "
			      "destination; give each its own file, "
			      "--report=NAME:FILE",
			      report_table(report_kind_of(a))->name,
			      report_table(report_kind_of(b))->name);
		return -EINVAL;
	}
	return 0;
}

int reports_open(struct reports *reports)
{
	for (size_t i = 0; i < reports->count && !reports->error; i++) {
		reports->error = report_open(reports->reports[i]);
		if (!reports->error)
			reports->error = check_file(reports, i);
	}
	for (size_t i = 0; i < reports->count && reports->error; i++)
		report_discard(reports->reports[i]);
	return reports->error;
}

static struct report *find(const struct reports *reports, enum report_kind kind)
{
	for (size_t i = 0; i < reports->count; i++)
		if (report_kind_of(reports->reports[i]) == kind)
			return reports->reports[i];
	return NULL;
}

bool reports_want(const struct reports *reports, enum report_kind kind)
{
	return find(reports, kind) != NULL;
}

void reports_row(struct reports *reports, enum report_kind kind,
		 const struct row *row)
{
	struct report *report = find(reports, kind);

	if (report)
		report_row(report, row);
}

int reports_flush(struct reports *reports)
{
	for (size_t i = 0; i < reports->count; i++) {
		int error = report_flush(reports->reports[i]);

		if (!reports->error)
			reports->error = error;
	}
	return reports->error;
}

/* Of another rank. */
static int write_rows(void *arg, const char *rows, size_t size)
{
	struct report *report = arg;
	int error = report_add_rows(report, rows, size);

	return error ? error : report_flush(report);
}

int reports_gather(struct reports *reports, enum report_kind kind,
		   struct ranks *ranks)
{
	struct report *report = find(reports, kind);
	const char *rows;
	size_t size;
	int error;

	if (!report)
		return reports->error;
	/* After a failure the report takes no rows, but the others are not to
	 * wait. */
	if (ranks_lead(ranks))
		report_flush(report);
	rows = report_rows(report, &size);
	error = ranks_collect(ranks, rows, size, write_rows, report);
	if (!ranks_lead(ranks))
		error = report_clear(report);
	if (!reports->error)
		reports->error = error;
	return reports->error;
}

int reports_close(struct reports *reports)
{
	int error = reports->error;

	for (size_t i = 0; i < reports->count; i++) {
		int closed = report_close(reports->reports[i]);

		if (!error)
			error = closed;
	}
	free(reports->reports);
	*reports = (struct reports){0};
	return error;
}
