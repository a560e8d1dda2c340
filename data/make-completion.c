/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make-completion SHELL: what completion/head.SHELL leaves open, from the
 * table of options.  Kernels are left to the program that is completed: those
 * that there are hang on the machine, and the same file serves all.
 */
#include <config.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "kernels/kernel.h"
#include "options/option-table.h"
#include "options/option-words.h"
#include "report/columns.h"

static const char *const offers[] = {
	[OFFER_NOTHING] = "nothing", [OFFER_WORD] = "words",
	[OFFER_LIST] = "list",	     [OFFER_KERNELS] = "kernels",
	[OFFER_FILE] = "files",	     [OFFER_REPORT] = "report",
	[OFFER_COLUMNS] = "columns",
};

/* After `lead`, with blanks between, without those that the machine adds. */
static void words(const char *lead, const struct option_row *row)
{
	const char *word;

	for (size_t i = 0; row->word && (word = row->word(i)); i++) {
		if (row->offer == OFFER_KERNELS && kernel_find(word))
			continue;
		printf("%s%s", lead, word);
		lead = " ";
	}
}

/* With a backslash before each of `special`; a quote as POSIX has it. */
static void quoted(const char *text, size_t length, const char *special)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\'')
			fputs("'\\'", stdout);
		else if (strchr(special, text[i]))
			putchar('\\');
		putchar(text[i]);
	}
}

/* What --help says, up to the default and the like. */
static void summary(const struct option_row *row, const char *special)
{
	char text[OPTION_TEXT_MAX];

	option_help(row, text);
	quoted(text, strcspn(text, ";"), special);
}

/* A line of columns for each report; `separator` follows its name. */
static void columns(const char *lead, const char *separator, const char *end)
{
	for (int kind = 0; kind < REPORT_KINDS; kind++) {
		const struct report_table *report =
			report_table((enum report_kind)kind);

		printf("%s%s%s", lead, report->name, separator);
		for (size_t i = 0; i < report->count; i++)
			printf(" %s", report->columns[i].name);
		puts(end);
	}
}

static void bash_argument(const struct option_row *row)
{
	fputs("\t", stdout);
	if (row->letter)
		printf("-%c | ", row->letter);
	printf("--%s) kind=%s", row->name, offers[row->offer]);
	words(" list='", row);
	puts(row->word ? "' ;;" : " ;;");
}

static void bash(void)
{
	const struct option_row *row;

	puts("_pinsum_options()\n{\n\tcat <<-'END'");
	for (size_t i = 0; (row = option_at(i)); i++)
		printf("\t\t--%s%s\n", row->name, row->argument ? "=" : "");
	puts("\tEND\n}\n");
	puts("# Sets kind and list; fails for what takes no argument.\n"
	     "_pinsum_argument() # OPTION\n{\n\tcase $1 in");
	for (size_t i = 0; (row = option_at(i)); i++)
		if (row->argument)
			bash_argument(row);
	puts("\t*) return 1 ;;\n\tesac\n}\n");
	puts("_pinsum_columns() # REPORT\n{\n\tcase $1 in");
	columns("\t", ") echo", " ;;");
	puts("\tesac\n}");
}

static void zsh_argument(const struct option_row *row)
{
	static const char *const actions[] = {
		[OFFER_NOTHING] = " ",
		[OFFER_WORD] = "(",
		[OFFER_LIST] = "_sequence compadd - ",
		[OFFER_KERNELS] = " _pinsum_kernels ",
		[OFFER_FILE] = "_files",
		[OFFER_REPORT] = " _pinsum_reports ",
		[OFFER_COLUMNS] = "_pinsum_output",
	};

	putchar(':');
	quoted(row->argument, strlen(row->argument), ":[]");
	putchar(':');
	words(actions[row->offer], row);
	if (!row->word)
		fputs(actions[row->offer], stdout);
	else if (row->offer == OFFER_WORD)
		putchar(')');
}

static void zsh_option(const struct option_row *row)
{
	const char *value = row->argument ? "=" : "";
	bool again = row->offer == OFFER_REPORT || row->offer == OFFER_COLUMNS;

	fputs(" \\\n\t", stdout);
	if (again)
		printf("'*'{-%c+,--%s=}'", row->letter, row->name);
	else if (row->letter)
		printf("'(-%c --%s)'{-%c%s,--%s%s}'", row->letter, row->name,
		       row->letter, row->argument ? "+" : "", row->name, value);
	else
		printf("'--%s%s", row->name, value);
	putchar('[');
	summary(row, ":[]");
	putchar(']');
	if (row->argument)
		zsh_argument(row);
	putchar('\'');
}

static void zsh(void)
{
	const struct option_row *row;

	puts("(( $+functions[_pinsum_columns] )) ||\n"
	     "_pinsum_columns()\n{\n\tcase $1 in");
	columns("\t", ") echo", " ;;");
	puts("\tesac\n}\n");
	fputs("_arguments -s -S", stdout);
	for (size_t i = 0; (row = option_at(i)); i++)
		zsh_option(row);
	puts(" \\\n\t':first or last:' ':last:'");
}

static void fish_argument(const struct option_row *row)
{
	static const char *const actions[] = {
		[OFFER_NOTHING] = "-x",
		[OFFER_WORD] = "-xa '",
		[OFFER_LIST] = "-xa '(__pinsum_list ",
		[OFFER_KERNELS] = "-xa '(__pinsum_kernels ",
		[OFFER_FILE] = "-rF",
		[OFFER_REPORT] = "-xa '(__pinsum_reports ",
		[OFFER_COLUMNS] = "-xa '(__pinsum_output)'",
	};

	putchar(' ');
	words(actions[row->offer], row);
	if (!row->word)
		fputs(actions[row->offer], stdout);
	else
		fputs(row->offer == OFFER_WORD ? "'" : ")'", stdout);
}

static void fish(void)
{
	const struct option_row *row;

	puts("function __pinsum_columns\n    switch $argv[1]");
	columns("        case ", "\n            printf '%s\\n'", "");
	puts("    end\nend\n\ncomplete -c pinsum -f");
	for (size_t i = 0; (row = option_at(i)); i++) {
		fputs("complete -c pinsum", stdout);
		if (row->letter)
			printf(" -s %c", row->letter);
		printf(" -l %s -d '", row->name);
		summary(row, "");
		putchar('\'');
		if (row->argument)
			fish_argument(row);
		putchar('\n');
	}
}

int main(int argc, char *argv[])
{
	static const struct {
		const char *name;
		void (*write)(void);
	} shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

	message_init("make-completion");
	for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
		if (argc == 2 && !strcmp(argv[1], shells[i].name)) {
			shells[i].write();
			return fclose(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
		}
	message_error("give the name of a shell: bash, zsh or fish");
	return EXIT_FAILURE;
}
