/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "options/help.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "base/signals.h"
#include "kernels/kernel.h"
#include "options/option-table.h"
#include "options/option-words.h"
#include "report/columns.h"

#define HELP_COLUMN 28
#define HELP_WIDTH  79

static int finish(void)
{
	int error = ferror(stdout) ? errno : 0;

	if (fclose(stdout) && !error)
		error = errno;
	if (error) {
		message_error("cannot write to standard output: %s",
			      strerror(error));
		exit(EXIT_FAILURE);
	}
	exit(EXIT_SUCCESS);
}

/* Words of `text` from HELP_COLUMN on, the cursor being at `at`. */
static void wrap(const char *text, int at)
{
	if (at >= HELP_COLUMN) {
		putchar('\n');
		at = 0;
	}
	while (*text) {
		int length = (int)strcspn(text, " ");

		if (at > HELP_COLUMN && at + 1 + length > HELP_WIDTH) {
			putchar('\n');
			at = 0;
		}
		if (at < HELP_COLUMN)
			at += printf("%*s", HELP_COLUMN - at, "");
		else
			at += printf(" ");
		at += printf("%.*s", length, text);
		text += length;
		text += *text == ' ';
	}
	putchar('\n');
}

static void usage_row(const struct option_row *row)
{
	char text[OPTION_TEXT_MAX];
	int at = 0;

	if (row->group)
		printf("\n%s:\n", row->group);
	if (row->letter)
		at = printf("  -%c, --%s", row->letter, row->name);
	else
		at = printf("      --%s", row->name);
	if (row->argument)
		at += printf("=%s", row->argument);
	wrap(option_help(row, text), at + 1);
}

int help_usage(struct options *options, const char *argument)
{
	const struct option_row *row;

	(void)options;
	(void)argument;
	printf("Usage: %s [OPTION]... [[FIRST] LAST]\n", message_program());
	puts("Add every integer from FIRST (default 1) to LAST (default "
	     "300000000) in one\n"
	     "thread, in many threads and in many processes, pinned to "
	     "cores, and report how\n"
	     "long each took.");
	for (size_t i = 0; (row = option_at(i)); i++)
		usage_row(row);
	puts("\nLIST: values separated by commas; every combination of all "
	     "lists is run.\n"
	     "TIME: 200us, 150ms, 2s, 10m, 1h, or plain seconds.\n"
	     "The manual, pinsum(1), says more; pinsum-report(5) explains "
	     "each column.");
	return finish();
}

int help_version(struct options *options, const char *argument)
{
	(void)options;
	(void)argument;
	if (strcmp(message_program(), PACKAGE_NAME) != 0)
		printf("%s (%s) %s\n", message_program(), PACKAGE_NAME,
		       PACKAGE_VERSION);
	else
		puts(PACKAGE_STRING);
	puts("License GPLv3+: GNU GPL version 3 or later "
	     "<https://gnu.org/licenses/gpl.html>\n"
	     "This is free software: you are free to change and "
	     "redistribute it.\n"
	     "There is NO WARRANTY, to the extent permitted by law.");
	return finish();
}

static void list_column(const struct report_table *report, size_t i)
{
	const struct column *column = &report->columns[i];

	printf("%s\t%s\t%s\t%s\t%s\t%s\n", report->name, column->name,
	       i < report->defaults ? "yes" : "no",
	       column_type_name(column->type),
	       *column->unit ? column->unit : "NA", column->meaning);
}

int help_columns(struct options *options, const char *argument)
{
	(void)options;
	(void)argument;
	puts("report\tcolumn\tdefault\ttype\tunit\tmeaning");
	for (int kind = 0; kind < REPORT_KINDS; kind++) {
		const struct report_table *report =
			report_table((enum report_kind)kind);

		for (size_t i = 0; i < report->count; i++)
			list_column(report, i);
	}
	return finish();
}

int help_kernels(struct options *options, const char *argument)
{
	size_t count;
	const struct kernel *kernels = kernel_table(&count);

	(void)options;
	(void)argument;
	puts("kernel\tsupported\tmeaning");
	for (size_t i = 0; i < count; i++)
		printf("%s\t%s\t%s\n", kernels[i].name,
		       kernels[i].supported() ? "yes" : "no",
		       kernels[i].summary);
	return finish();
}
