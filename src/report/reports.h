/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All reports of an experiment together.
 */
#ifndef PINSUM_REPORTS_H
#define PINSUM_REPORTS_H

#include <stdbool.h>
#include <stddef.h>

#include "report/report.h"

struct reports {
	struct report **reports;
	size_t count;
	int error; /* the first failure: no more rows are taken */
};

/* Select the columns of all, no file touched; then open all.  0 or a negative
 * errno with a message written; to be closed in either case.  `appended`: what
 * comes after the default columns, or NULL. */
int reports_new(const struct report_request *requests, size_t count,
		const char *appended, struct reports *reports);
int reports_open(struct reports *reports);

/* Whether rows of that kind go anywhere. */
bool reports_want(const struct reports *reports, enum report_kind kind);

/* Format a row for the report of that kind, where there is one. */
void reports_row(struct reports *reports, enum report_kind kind,
		 const struct row *row);

/* Write what was formatted so far.  0 or a negative errno (a message is
 * written but for -EPIPE). */
int reports_flush(struct reports *reports);

/* Hand the rows of every rank's report of that kind to rank 0, which writes its
 * own first and then each other's: it holds those of one at a time.
 * Collective.  As reports_flush(); nothing where there is no such report. */
struct ranks;
int reports_gather(struct reports *reports, enum report_kind kind,
		   struct ranks *ranks);

/* Flush and close all; files get their names even where another report
 * failed.  0 or the first error. */
int reports_close(struct reports *reports);

#endif
