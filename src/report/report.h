/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reports: rows of tab-separated text, each written whole.
 *
 * A row is formatted into its report's buffer; report_flush() hands whole rows
 * to the kernel: in one write(2) to a file, in writes of at most PIPE_BUF
 * bytes to anything else, which then takes each of them whole or not at all.
 *
 * A report to a regular file goes to FILE.part, renamed by report_close().
 */
#ifndef PINSUM_REPORT_H
#define PINSUM_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "report/columns.h"

/* What was asked for. */
struct report_request {
	enum report_kind kind;
	const char *file;    /* NULL: standard output */
	const char *columns; /* "a,b" or "+c"; NULL: the default ones */
	bool all;            /* every column */
	const char *appended; /* to the default ones, where the report has
			       * them, as `columns`; or NULL */
	bool headings;
};

/* Records of one row, by enum record_kind; those that the report does not use
 * may be NULL. */
struct row {
	const void *record[RECORD_KINDS];
};

struct report;

/* Select columns; no file is touched yet.  0, or -EINVAL with a message
 * written, or -ENOMEM. */
int report_new(const struct report_request *request, struct report **report);

/* Open the file and format the headings.  0, or a negative errno with a
 * message written. */
int report_open(struct report *report);

/* Whether both are open on one file. */
bool report_same_file(const struct report *a, const struct report *b);

/* Take back an opening: nothing has been written, the file stays as it was. */
void report_discard(struct report *report);

enum report_kind report_kind_of(const struct report *report);

/* Format one row.  A lack of memory is kept, and returned by the flush. */
void report_row(struct report *report, const struct row *row);

/* The rows that were not flushed, and their size. */
const char *report_rows(const struct report *report, size_t *size);

/* Forget them.  0 or the error for which one of them is missing. */
int report_clear(struct report *report);

/* Rows of the same report, made elsewhere.  0 or -ENOMEM. */
int report_add_rows(struct report *report, const char *rows, size_t size);

/* Write all rows so far.  0 or a negative errno, with a message written but
 * for -EPIPE.  After a failure the report takes no more rows. */
int report_flush(struct report *report);

/* Flush, close, and give the file its name, unless a row was lost: FILE.part
 * stays as it is then.  Frees the report in any case.  As report_flush(). */
int report_close(struct report *report);

/* Append one formatted field, escaped where it has to be; for tests and for
 * the table for people.  Returns the bytes written to `buffer`, which holds
 * `size`; 0 where that is too small. */
size_t report_format_field(const struct column *column, const void *record,
			   char *buffer, size_t size);

#endif
