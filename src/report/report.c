/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "report/report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "report/record.h"
#include "report/sink.h"

/* A field that is no text fits into this. */
#define FIELD_MAX 64

/* Characters that one may become. */
#define ESCAPED 3

struct report {
	struct report_request request;
	const struct report_table *table;
	const struct column **columns;
	size_t count;
	struct sink sink;
	char *buffer;
	size_t used, size;
	int error; /* the first one */
};

static size_t copy(char *to, const char *from)
{
	size_t n = strlen(from);

	memcpy(to, from, n);
	return n;
}

/* Printable, and no trap for readers of tab-separated text; % itself is
 * escaped so that every field can be decoded. */
static bool is_plain(unsigned char c, bool spaces)
{
	switch (c) {
	case ' ':
		return spaces;
	case '"':
	case '\'':
	case '#':
	case '\\':
	case '%':
		return false;
	default:
		return c > ' ' && c < 0x7f;
	}
}

/* 0 where it does not fit. */
static size_t format_text(char *to, size_t size, const char *text, bool spaces)
{
	static const char hex[] = "0123456789ABCDEF";
	const char *end = to + size - ESCAPED;
	char *p = to;

	if (!text || !*text)
		return copy(to, "NA");
	for (; *text && p <= end; text++) {
		unsigned char c = (unsigned char)*text;

		if (is_plain(c, spaces)) {
			*p++ = (char)c;
			continue;
		}
		*p++ = '%';
		*p++ = hex[c >> 4];
		*p++ = hex[c & 15];
	}
	return *text ? 0 : (size_t)(p - to);
}

static size_t format_integer(char *to, const void *field)
{
	int64_t value = *(const int64_t *)field;

	return value == RECORD_NA ? copy(to, "NA")
				  : number_format_i64(to, value);
}

static size_t format_ratio(char *to, const void *field)
{
	double value = *(const double *)field;

	return isfinite(value) && fabs(value) < 1e14
		       ? number_format_ratio(to, value)
		       : copy(to, "NA");
}

static size_t format_sum(char *to, const void *field)
{
	const struct maybe_sum *sum = field;

	return sum->known ? number_format_u128(to, sum->value) : copy(to, "NA");
}

static const char *text_of(const struct column *column, const void *field)
{
	return column->type == COLUMN_WORD ? field
					   : *(const char *const *)field;
}

size_t report_format_field(const struct column *column, const void *record,
			   char *buffer, size_t size)
{
	const void *field = (const char *)record + column->offset;

	if (size < FIELD_MAX)
		return 0;
	switch (column->type) {
	case COLUMN_INTEGER:
		return format_integer(buffer, field);
	case COLUMN_RATIO:
		return format_ratio(buffer, field);
	case COLUMN_SUM:
		return format_sum(buffer, field);
	case COLUMN_TEXT:
	case COLUMN_WORD:
	case COLUMN_FREE:
		break;
	}
	return format_text(buffer, size, text_of(column, field),
			   column->type == COLUMN_FREE);
}

static int grow(struct report *report, size_t more)
{
	size_t size = report->size ? report->size : 16 * 1024;
	char *p;

	if (report->size - report->used >= more)
		return 0;
	while (size - report->used < more)
		size *= 2;
	p = realloc(report->buffer, size);
	if (!p)
		return -ENOMEM;
	report->buffer = p;
	report->size = size;
	return 0;
}

/* With room for the tab or line feed after it; every field but a long text fits
 * into FIELD_MAX. */
static int append_field(struct report *report, const struct column *column,
			const void *record)
{
	size_t n = 0;

	for (size_t want = FIELD_MAX + 1; !n; want *= 2) {
		int error = grow(report, want);

		if (error)
			return error;
		n = report_format_field(column, record,
					report->buffer + report->used,
					report->size - report->used - 1);
	}
	report->used += n;
	report->buffer[report->used++] = '\t';
	return 0;
}

/* A row could not be made: sinks speak for themselves. */
static void fail(struct report *report, int error)
{
	if (!report->error)
		message_error("cannot make a row of report '%s': %s",
			      report->table->name, strerror(-error));
	if (!report->error)
		report->error = error;
}

void report_row(struct report *report, const struct row *row)
{
	size_t begin = report->used;
	int error = 0;

	for (size_t i = 0; i < report->count && !error; i++)
		error = append_field(report, report->columns[i],
				     row->record[report->columns[i]->record]);
	if (error) {
		report->used = begin;
		fail(report, error);
	} else {
		report->buffer[report->used - 1] = '\n';
	}
}

static void headings(struct report *report)
{
	for (size_t i = 0; i < report->count; i++) {
		size_t n = strlen(report->columns[i]->name);
		int error = grow(report, n + 1);

		if (error) {
			fail(report, error);
			return;
		}
		memcpy(report->buffer + report->used, report->columns[i]->name,
		       n);
		report->used += n;
		report->buffer[report->used++] =
			i + 1 < report->count ? '\t' : '\n';
	}
}

static int unknown_column(const struct report *report, const char *name,
			  size_t length)
{
	message_error("report '%s' has no column '%.*s'; --list-columns shows "
		      "those that it has",
		      report->table->name, (int)length, name);
	return -EINVAL;
}

static bool is_selected(const struct report *report,
			const struct column *column)
{
	for (size_t i = 0; i < report->count; i++)
		if (report->columns[i] == column)
			return true;
	return false;
}

static int column_again(const struct report *report,
			const struct column *column)
{
	message_error("report '%s' would have column '%s' twice, and readers "
		      "find columns by name; +COLUMNS come after those that it "
		      "has by default",
		      report->table->name, column->name);
	return -EINVAL;
}

/* "a,b,c" after whatever is selected already. */
static int select_names(struct report *report, const char *names)
{
	for (;;) {
		size_t length = strcspn(names, ",");
		const struct column *column =
			column_find(report->table, names, length);

		if (!column)
			return unknown_column(report, names, length);
		if (is_selected(report, column))
			return column_again(report, column);
		report->columns[report->count++] = column;
		names += length;
		if (!*names)
			return 0;
		names += *names == ',';
	}
}

static void select_first(struct report *report, size_t n)
{
	for (size_t i = 0; i < n; i++)
		report->columns[i] = &report->table->columns[i];
	report->count = n;
}

/* "a,b", of which reports may lack some. */
static void append_known(struct report *report, const char *names)
{
	while (*names) {
		size_t length = strcspn(names, ",");
		const struct column *column =
			column_find(report->table, names, length);

		if (column)
			report->columns[report->count++] = column;
		names += length;
		names += *names == ',';
	}
}

static int select_columns(struct report *report)
{
	const struct report_request *request = &report->request;
	const struct report_table *table = report->table;
	const char *names = request->columns;
	size_t most = 2 * table->count + (names ? strlen(names) : 0) + 1;

	report->columns = calloc(most, sizeof *report->columns);
	if (!report->columns)
		return -ENOMEM;
	if (request->all)
		select_first(report, table->count);
	else if (!names || *names == '+')
		select_first(report, table->defaults);
	if (request->appended && !request->all && (!names || *names == '+'))
		append_known(report, request->appended);
	if (names)
		return select_names(report, names + (*names == '+'));
	return 0;
}

static void report_free(struct report *report)
{
	free(report->columns);
	free(report->buffer);
	free(report);
}

int report_new(const struct report_request *request, struct report **result)
{
	struct report *report = calloc(1, sizeof *report);
	int error;

	if (!report)
		return -ENOMEM;
	report->request = *request;
	report->table = report_table(request->kind);
	sink_init(&report->sink, request->file);
	error = select_columns(report);
	if (error)
		report_free(report);
	else
		*result = report;
	return error;
}

int report_open(struct report *report)
{
	int error = sink_open(&report->sink);

	if (!error && report->request.headings)
		headings(report);
	return error;
}

bool report_same_file(const struct report *a, const struct report *b)
{
	return sink_same(&a->sink, &b->sink);
}

void report_discard(struct report *report)
{
	report->used = 0;
	sink_discard(&report->sink);
}

enum report_kind report_kind_of(const struct report *report)
{
	return report->request.kind;
}

const char *report_rows(const struct report *report, size_t *size)
{
	*size = report->used;
	return report->buffer;
}

int report_clear(struct report *report)
{
	report->used = 0;
	return report->error;
}

int report_add_rows(struct report *report, const char *rows, size_t size)
{
	int error = grow(report, size);

	if (error)
		return error;
	memcpy(report->buffer + report->used, rows, size);
	report->used += size;
	return 0;
}

int report_flush(struct report *report)
{
	if (!report->error && report->used) {
		report->error =
			sink_write(&report->sink, report->buffer, report->used);
		report->used = 0;
	}
	return report->error;
}

int report_close(struct report *report)
{
	int error = report_flush(report);
	int closed = sink_close(&report->sink, !error);

	report_free(report);
	return error ? error : closed;
}
