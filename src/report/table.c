/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "report/table.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/human.h"
#include "base/message.h"
#include "experiment/summary.h"
#include "explain/explain.h"

#define TABLE_WIDTH 79
#define BAR_MIN     6
#define BAR_STRETCH 2 /* times the longest median */
#define RED         "\033[31m"
#define PLAIN       "\033[0m"

/* What tells configurations apart: a column where it varies, else a word of
 * the line above the table. */
static const struct {
	const char *name;
	size_t offset; /* of a text in struct config_record */
} labels[] = {
	{"mode", offsetof(struct config_record, mode)},
	{"bind", offsetof(struct config_record, bind)},
	{"kernel", offsetof(struct config_record, kernel)},
	{"sharing", offsetof(struct config_record, sharing)},
	{"places", offsetof(struct config_record, places)},
};

#define LABELS (sizeof labels / sizeof *labels)

struct table {
	const struct experiment *experiment;
	struct summary_record *rows;
	FILE *out;
	int width[LABELS]; /* 0: not a column */
	int bar;           /* widest bar */
	int64_t longest;   /* what the widest bar stands for */
	bool colour;
};

static bool wants_colour(void)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

	return term && strcmp(term, "dumb") != 0 && (!no || !*no);
}

static const char *label(const struct table *t, size_t config, size_t which)
{
	const char *text;
	const char *record =
		(const char *)&t->experiment->configs[config].record;

	memcpy(&text, record + labels[which].offset, sizeof text);
	return text ? text : "-";
}

static void measure_label(struct table *t, size_t which)
{
	bool varies = which == 0; /* the mode is always shown */
	size_t width = strlen(labels[which].name);

	for (size_t i = 0; i < t->experiment->count; i++) {
		const char *text = label(t, i, which);

		varies |= strcmp(text, label(t, 0, which)) != 0;
		if (strlen(text) > width)
			width = strlen(text);
	}
	t->width[which] = varies ? (int)width : 0;
}

/* The fixed columns: workers, time, speed-up with its interval. */
#define FIXED_WIDTH (9 + 12 + 2 + 8 + 17)

/* What the widest bar stands for: the end of the widest interval, unless that
 * would leave no room for the medians. */
static int64_t longest_of(const struct table *t)
{
	int64_t median = 0, end = 0;

	for (size_t i = 0; i < t->experiment->count; i++) {
		if (t->rows[i].wall_ns > median)
			median = t->rows[i].wall_ns;
		if (t->rows[i].wall_hi_ns > end)
			end = t->rows[i].wall_hi_ns;
	}
	if (end > BAR_STRETCH * median)
		end = BAR_STRETCH * median;
	return end > median ? end : median;
}

static void measure(struct table *t)
{
	int used = FIXED_WIDTH;

	for (size_t i = 0; i < LABELS; i++) {
		measure_label(t, i);
		used += t->width[i] ? t->width[i] + 2 : 0;
	}
	t->bar = TABLE_WIDTH - used;
	if (t->bar < BAR_MIN)
		t->bar = 0;
	t->longest = longest_of(t);
}

static void write_header(const struct table *t)
{
	const struct config *first = &t->experiment->configs[0];
	char sum[NUMBER_U128_MAX + 1] = "";
	const struct maybe_sum *known = &t->rows[0].sum;

	if (known->known)
		number_format_u128(sum, known->value);
	fprintf(t->out, "%lld + ... + %lld = %s\n",
		(long long)first->setup.first, (long long)first->setup.last,
		known->known ? sum : "?");
	fprintf(t->out, "median of %lld runs", (long long)t->rows[0].runs);
	for (size_t i = 1; i < LABELS; i++)
		if (!t->width[i])
			fprintf(t->out, ", %s %s", labels[i].name,
				label(t, 0, i));
	fputs("\n\n", t->out);
	for (size_t i = 0; i < LABELS; i++)
		if (t->width[i])
			fprintf(t->out, "%-*s  ", t->width[i],
				labels[i].name);
	fprintf(t->out, "%7s  %10s  %-*s  %6s  %s\n", "workers", "time", t->bar,
		"", "speed", "95 %");
}

/* The character of the bar in which a time falls; the bar's width where that
 * is beyond it. */
static int cell_of(const struct table *t, int64_t ns)
{
	double cell = (double)ns / (double)t->longest * t->bar;

	return ns == t->longest ? t->bar - 1
	       : cell < t->bar	? (int)cell
				: t->bar;
}

/* "####==|--": the time, its median marked, and the 95 % interval of the
 * median: what lies in it below and above; '>' where it goes on. */
static char bar_character(const struct table *t, int cell, int lo, int median,
			  int hi)
{
	if (cell == median)
		return '|';
	if (cell < median)
		return cell < lo ? '#' : '=';
	if (cell == t->bar - 1 && hi > cell)
		return '>';
	return cell <= hi ? '-' : ' ';
}

static void write_bar(const struct table *t, const struct summary_record *row)
{
	bool known = row->wall_lo_ns != RECORD_NA;
	int median, lo, hi;

	if (!t->bar)
		return;
	if (row->wall_ns <= 0) {
		fprintf(t->out, "%*s", t->bar, "");
		return;
	}
	median = cell_of(t, row->wall_ns);
	lo = known ? cell_of(t, row->wall_lo_ns) : median;
	hi = known ? cell_of(t, row->wall_hi_ns) : median;
	for (int i = 0; i < t->bar; i++)
		fputc(bar_character(t, i, lo, median, hi), t->out);
}

static void write_speedup(const struct table *t,
			  const struct summary_record *row)
{
	if (isnan(row->speedup))
		fprintf(t->out, "  %6s", "-");
	else
		fprintf(t->out, "  %6.2f", row->speedup);
	if (!isnan(row->speedup_lo))
		fprintf(t->out, "  %.2f to %.2f", row->speedup_lo,
			row->speedup_hi);
}

static void write_row(const struct table *t, size_t i)
{
	const struct summary_record *row = &t->rows[i];
	char time[HUMAN_MAX];

	for (size_t k = 0; k < LABELS; k++)
		if (t->width[k])
			fprintf(t->out, "%-*s  ", t->width[k], label(t, i, k));
	fprintf(t->out, "%7lld  %10s  ",
		(long long)t->experiment->configs[i].record.workers,
		human_time(row->wall_ns, time));
	write_bar(t, row);
	write_speedup(t, row);
	if (strcmp(row->status, status_name(STATUS_OK)) != 0)
		fprintf(t->out, "  %s%s%s", t->colour ? RED : "", row->status,
			t->colour ? PLAIN : "");
	fputc('\n', t->out);
}

/* One sentence as a paragraph, its words within the table's width. */
static void write_sentence(void *arg, const char *sentence)
{
	struct table *t = arg;
	int column = 1, word;

	fputs("\n*", t->out);
	for (bool first = true; *sentence; first = false) {
		word = (int)strcspn(sentence, " ");
		if (column + 1 + word > TABLE_WIDTH) {
			fputs("\n ", t->out);
			column = 1;
		}
		fprintf(t->out, " %c%.*s",
			first ? toupper(*sentence) : *sentence, word - 1,
			sentence + 1);
		column += 1 + word;
		sentence += word;
		sentence += strspn(sentence, " ");
	}
	fputc('.', t->out);
}

static int write_all(struct table *t)
{
	const struct experiment *e = t->experiment;
	int error = 0;

	for (size_t i = 0; i < e->count && !error; i++)
		error = summary_of(e, i, &t->rows[i]);
	if (error)
		return error;
	measure(t);
	write_header(t);
	for (size_t i = 0; i < e->count; i++)
		write_row(t, i);
	error = explain_write(e, write_sentence, t);
	if (error)
		return error;
	fputc('\n', t->out);
	errno = 0;
	return fflush(t->out) || ferror(t->out) ? -(errno ? errno : EIO) : 0;
}

int table_write(const struct experiment *e, FILE *out)
{
	struct table t = {.experiment = e,
			  .out = out,
			  .colour = wants_colour()};
	int error = 0;

	if (!e->rounds)
		return 0;
	t.rows = calloc(e->count, sizeof *t.rows);
	if (!t.rows)
		error = -ENOMEM;
	if (!error)
		error = write_all(&t);
	free(t.rows);
	if (error)
		message_error("cannot write the table: %s", strerror(-error));
	return error;
}
