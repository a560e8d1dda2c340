/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields as they are written, the table of columns, and rows in a file.
 */
#include <config.h>

#include "report/report.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/message.h"
#include "report/record.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* `record` is the field itself. */
static void check_field(enum column_type type, const void *record,
			const char *want)
{
	const struct column column = {.name = "x", .type = type};
	char buffer[256];
	size_t n = report_format_field(&column, record, buffer, sizeof(buffer));

	buffer[n] = '\0';
	tap_is_text(buffer, want, "%s %s", column_type_name(type), want);
}

static const struct {
	int64_t value;
	const char *text;
} integers[] = {
	{0, "0"},
	{-1, "-1"},
	{INT64_MAX, "9223372036854775807"},
	{INT64_MIN + 1, "-9223372036854775807"},
	{RECORD_NA, "NA"},
};

static const struct {
	double value;
	const char *text;
} ratios[] = {
	{1, "1.0000"},	     {0.00005, "0.0001"},
	{1.99996, "2.0000"}, {12345678.5, "12345678.5000"},
	{NAN, "NA"},	     {INFINITY, "NA"},
	{-INFINITY, "NA"},   {1e300, "NA"},
};

static const struct {
	struct maybe_sum sum;
	const char *text;
} sums[] = {
	{{{0, 0}, true}, "0"},
	{{{0, UINT64_MAX}, true}, "18446744073709551615"},
	{{{1, 0}, true}, "18446744073709551616"},
	{{{UINT64_MAX, UINT64_MAX}, true},
	 "340282366920938463463374607431768211455"},
	{{{0, 5}, false}, "NA"},
};

static const struct {
	const char *value, *text, *spaced;
} texts[] = {
	{"plain", "plain", "plain"},
	{NULL, "NA", "NA"},
	{"", "NA", "NA"},
	{"a b", "a%20b", "a b"},
	{"a\tb\n", "a%09b%0A", "a%09b%0A"},
	{"\"'#\\%", "%22%27%23%5C%25", "%22%27%23%5C%25"},
	{"\x7f\xc3\xa9\x01", "%7F%C3%A9%01", "%7F%C3%A9%01"},
	{"{pu:0,pu:4}", "{pu:0,pu:4}", "{pu:0,pu:4}"},
};

static void check_fields(void)
{
	for (size_t i = 0; i < COUNT(integers); i++)
		check_field(COLUMN_INTEGER, &integers[i].value,
			    integers[i].text);
	for (size_t i = 0; i < COUNT(ratios); i++)
		check_field(COLUMN_RATIO, &ratios[i].value, ratios[i].text);
	for (size_t i = 0; i < COUNT(sums); i++)
		check_field(COLUMN_SUM, &sums[i].sum, sums[i].text);
	for (size_t i = 0; i < COUNT(texts); i++) {
		check_field(COLUMN_TEXT, &texts[i].value, texts[i].text);
		check_field(COLUMN_FREE, &texts[i].value, texts[i].spaced);
		if (texts[i].value)
			check_field(COLUMN_WORD, texts[i].value, texts[i].text);
	}
}

static void check_small_buffer(void)
{
	const struct column column = {.type = COLUMN_TEXT};
	char text[100], buffer[302];
	const char *record = text;

	memset(text, '\t', sizeof(text));
	text[99] = '\0';
	buffer[296] = '!';
	tap_is_int((int64_t)report_format_field(&column, &record, buffer, 296),
		   0, "a text that does not fit");
	tap_ok(buffer[296] == '!', "nothing is written beyond the buffer");
	tap_is_int((int64_t)report_format_field(&column, &record, buffer, 297),
		   297, "one that fits is written");
}

static void check_table(enum report_kind kind)
{
	const struct report_table *table = report_table(kind);
	bool unique = true, named = true;

	for (size_t i = 0; i < table->count; i++) {
		const struct column *c = &table->columns[i];

		unique = unique &&
			 column_find(table, c->name, strlen(c->name)) == c;
		named = named && *c->meaning &&
			strspn(c->name,
			       "abcdefghijklmnopqrstuvwxyz0123456789_") ==
				strlen(c->name);
	}
	tap_ok(unique, "%s: each column once", table->name);
	tap_ok(named, "%s: names are lower case, with a meaning", table->name);
	tap_ok(table->defaults <= table->count, "%s: defaults", table->name);
	tap_is_int(report_find(table->name), kind, "%s: found", table->name);
	tap_ok(!column_find(table, "", 0) && !column_find(table, "sumx", 4),
	       "%s: no other column", table->name);
}

static void read_file(const char *name, char *text, size_t size)
{
	FILE *file = fopen(name, "r");

	text[file ? fread(text, 1, size - 1, file) : 0] = '\0';
	if (file)
		fclose(file);
}

static struct report *open_environment(const char *file, const char *columns)
{
	struct report_request request = {.kind = REPORT_ENVIRONMENT,
					 .file = file,
					 .columns = columns,
					 .headings = true};
	struct report *report = NULL;

	tap_is_int(report_new(&request, &report), 0, "a report");
	tap_is_int(report_open(report), 0, "is opened");
	return report;
}

static void put(struct report *report, const char *key, const char *value)
{
	struct environment_record record = {key, value};
	struct row row = {{[RECORD_ENVIRONMENT] = &record}};

	report_row(report, &row);
}

/* Rows are whole at each flush; a long text makes room for itself. */
static void check_rows(const char *file)
{
	char part[PATH_MAX + 8], text[70000];
	struct report *report = open_environment(file, "value,key");
	char *large = malloc(20001);

	snprintf(part, sizeof(part), "%s.part", file);
	put(report, "k", "1");
	read_file(part, text, sizeof(text));
	tap_is_text(text, "", "nothing is written before the flush");
	tap_is_int(report_flush(report), 0, "flush");
	read_file(part, text, sizeof(text));
	tap_is_text(text, "value\tkey\n1\tk\n", "whole rows");
	if (large) {
		memset(large, '#', 20000);
		large[20000] = '\0';
		put(report, large, "2");
	}
	free(large);
	tap_is_int(report_close(report), 0, "close");
	read_file(file, text, sizeof(text));
	tap_is_int((int64_t)strlen(text), 14 + 60000 + 3, "a long field");
	tap_ok(access(part, F_OK) != 0, "FILE.part has got its name");
}

static void check_discard(const char *file)
{
	char part[PATH_MAX + 8], text[100];
	struct report *report = open_environment(file, NULL);

	snprintf(part, sizeof(part), "%s.part", file);
	report_discard(report);
	tap_ok(access(part, F_OK) != 0, "discarded: no FILE.part");
	tap_is_int(report_close(report), 0, "discarded: close");
	read_file(file, text, sizeof(text));
	tap_is_text(text, "old\n", "discarded: the file as it was");
}

int main(void)
{
	char folder[] = "/tmp/pinsum-test-report-XXXXXX", file[PATH_MAX];
	FILE *old;

	message_init("test-report");
	check_fields();
	check_small_buffer();
	for (int kind = 0; kind < REPORT_KINDS; kind++)
		check_table((enum report_kind)kind);
	tap_is_int(report_find("nothing"), REPORT_KINDS, "no such report");
	if (!mkdtemp(folder))
		return 99;
	snprintf(file, sizeof(file), "%s/file", folder);
	check_rows(file);
	old = fopen(file, "w");
	tap_ok(old && fputs("old\n", old) >= 0 && !fclose(old), "an old file");
	check_discard(file);
	unlink(file);
	rmdir(folder);
	return tap_done();
}
