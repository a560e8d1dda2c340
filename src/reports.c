/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "reports.h"

#include <errno.h>
#include <stdlib.h>

int reports_new(const struct report_request *requests, size_t count,
		struct reports *reports)
{
	int error = 0;

	*reports = (struct reports){0};
	reports->reports = calloc(count + 1, sizeof *reports->reports);
	if (!reports->reports)
		return -ENOMEM;
	for (size_t i = 0; i < count && !error; i++) {
		error = report_new(&requests[i], &reports->reports[i]);
		reports->count += !error;
	}
	return error;
}

int reports_open(struct reports *reports)
{
	for (size_t i = 0; i < reports->count && !reports->error; i++)
		reports->error = report_open(reports->reports[i]);
	for (size_t i = 0; i < reports->count && reports->error; i++)
		report_discard(reports->reports[i]);
	return reports->error;
}

static struct report *find(const struct reports *reports,
			   enum report_kind kind)
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
