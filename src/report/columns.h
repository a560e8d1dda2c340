/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reports and their columns: one table, from which rows, headings,
 * --list-columns, shell completion and the checks of the manual come.
 *
 * Default columns and their order never change; new columns are appended to
 * the table of their report.
 */
#ifndef PINSUM_COLUMNS_H
#define PINSUM_COLUMNS_H

#include <stddef.h>

enum report_kind {
	REPORT_SUMMARY,
	REPORT_RUNS,
	REPORT_WORKERS,
	REPORT_PLAN,
	REPORT_ENVIRONMENT,
	REPORT_KINDS
};

/* Which record a column is taken from. */
enum record_kind {
	RECORD_CONFIG,
	RECORD_ORIGIN,
	RECORD_SUMMARY,
	RECORD_RUN,
	RECORD_WORKER,
	RECORD_SEAT,
	RECORD_ENVIRONMENT,
	RECORD_KINDS
};

enum column_type {
	COLUMN_INTEGER, /* int64_t, RECORD_NA */
	COLUMN_RATIO,   /* double, NAN; four decimals */
	COLUMN_SUM,     /* struct maybe_sum */
	COLUMN_TEXT,    /* const char *, NULL */
	COLUMN_WORD,    /* char[], empty */
	COLUMN_FREE     /* const char *, may hold spaces */
};

struct column {
	const char *name;
	enum column_type type;
	enum record_kind record;
	size_t offset; /* of the field in its record */
	const char *unit; /* "ns", or "" where it has none */
	const char *meaning;
};

struct report_table {
	const char *name;
	const char *summary;
	const struct column *columns;
	size_t count;
	size_t defaults; /* the first ones are written unless asked otherwise */
};

const struct report_table *report_table(enum report_kind kind);

/* The report called `name`, or REPORT_KINDS. */
enum report_kind report_find(const char *name);

/* The column of a report, or NULL; `length` bytes of `name`. */
const struct column *column_find(const struct report_table *report,
				 const char *name, size_t length);

/* "integer", "ratio", "text". */
const char *column_type_name(enum column_type type);

#endif
