/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "options/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "base/number.h"
#include "options/option-table.h"
#include "options/option-values.h"

#define DEFAULT_LAST UINT64_C(300000000)
/* Where workers meet at every integer. */
#define DEFAULT_LAST_MEETING UINT64_C(1000000)
#define LAST_MAX	     UINT64_C(1000000000000000)
#define DEFAULT_RUNS	     10
#define DEFAULT_WARMUP	     1
#define DEFAULT_TIMEOUT	     (600 * NS_PER_S)
/* With --precision, which alone might go on for ever. */
#define DEFAULT_MAX_TIME (60 * NS_PER_S)

static void *check(void *p)
{
	if (!p) {
		message_error("out of memory");
		exit(EXIT_FAILURE);
	}
	return p;
}

/* getopt's tables from ours.  A long option without a letter gets a number
 * beyond all letters: its row. */
static void getopt_tables(struct option **longs, char **shorts)
{
	size_t n = 0, length = 0;

	while (option_at(n))
		n++;
	*longs = check(calloc(n + 1, sizeof **longs));
	*shorts = check(calloc(2 * n + 2, 1));
	(*shorts)[length++] = ':'; /* tell a missing argument apart */
	for (size_t i = 0; i < n; i++) {
		const struct option_row *row = option_at(i);

		(*longs)[i] = (struct option){
			.name = row->name,
			.has_arg =
				row->argument ? required_argument : no_argument,
			.val = (int)i + OPTION_BASE};
		if (row->letter) {
			(*shorts)[length++] = row->letter;
			if (row->argument)
				(*shorts)[length++] = ':';
		}
	}
}

static const struct option_row *row_of(int value)
{
	const struct option_row *row;

	if (value >= OPTION_BASE)
		return option_at((size_t)(value - OPTION_BASE));
	for (size_t i = 0; (row = option_at(i)); i++)
		if (row->letter == value)
			return row;
	return NULL;
}

static uint64_t parse_bound(const char *text)
{
	uint64_t value = 0;
	int error = number_parse_count(text, &value);

	if (error == -ERANGE || (!error && value > LAST_MAX))
		message_error("'%s' is too large: the range ends at 10^15 at "
			      "the latest",
			      text);
	else if (error)
		message_error("'%s' is not a whole number of 0 or more, such "
			      "as 1000 or 300M",
			      text);
	if (error || value > LAST_MAX)
		exit(EXIT_FAILURE);
	return value;
}

/* The argument that getopt took for a letter and that is a number: getopt does
 * not say where it stands. */
static const char *negative_number(int digit, char *argv[])
{
	if (digit < '0' || digit > '9')
		return NULL;
	do
		argv++;
	while (*argv && ((*argv)[0] != '-' || (*argv)[1] != digit));
	return *argv;
}

__attribute__((noreturn)) static void bad_option(int value, char *argv[])
{
	const struct option_row *row = optopt ? row_of(optopt) : NULL;
	const char *number;

	if (row && value == ':' && optopt < OPTION_BASE)
		message_error("option '-%c' needs an argument, %s; see --help",
			      optopt, row->argument);
	else if (row && value == ':')
		message_error("option '%s' needs an argument, %s; see --help",
			      argv[optind - 1], row->argument);
	else if (row)
		message_error("option '%s' takes no argument; see --help",
			      argv[optind - 1]);
	else if (optopt && (number = negative_number(optopt, argv)))
		parse_bound(number);
	else if (optopt)
		message_error("unknown option '-%c'; see --help", optopt);
	else
		message_error("unknown or ambiguous option '%s'; see --help",
			      argv[optind - 1]);
	exit(EXIT_FAILURE);
}

static void parse_row(const struct option_row *row, struct options *options)
{
	int error = row->parse(options, optarg);

	if (!error)
		return;
	/* -EINVAL: the parser has said what is wrong. */
	if (error == -ERANGE)
		message_error("--%s: '%s' is out of range", row->name, optarg);
	else if (error != -EINVAL)
		message_error("--%s: %s", row->name, strerror(-error));
	exit(EXIT_FAILURE);
}

static void parse_options(int argc, char *argv[], struct options *options)
{
	struct option *longs;
	char *shorts;
	int value;

	getopt_tables(&longs, &shorts);
	opterr = 0;
	while ((value = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		const struct option_row *row =
			value == '?' || value == ':' ? NULL : row_of(value);

		if (!row)
			bad_option(value, argv);
		parse_row(row, options);
	}
	free(longs);
	free(shorts);
}

static uint64_t default_last(const struct options *options)
{
	for (size_t i = 0; i < options->sharing_count; i++)
		if (options->sharings[i]->meets)
			return DEFAULT_LAST_MEETING;
	return DEFAULT_LAST;
}

static void parse_range(int argc, char *argv[], struct options *options)
{
	if (argc > 2) {
		message_error("unexpected argument '%s': the range is "
			      "[[FIRST] LAST]",
			      argv[2]);
		exit(EXIT_FAILURE);
	}
	options->last =
		argc ? parse_bound(argv[argc - 1]) : default_last(options);
	if (argc > 1)
		options->first = parse_bound(argv[0]);
	if (options->first > options->last) {
		message_error("the range %s to %s is reversed: LAST is less "
			      "than FIRST",
			      argc > 1 ? argv[0] : "1", argv[argc - 1]);
		exit(EXIT_FAILURE);
	}
}

/* -EINVAL: the parser has said what is wrong. */
static void require(int error)
{
	if (!error)
		return;
	if (error != -EINVAL)
		message_error("%s", strerror(-error));
	exit(EXIT_FAILURE);
}

static void parse_default(struct options *options, const char *name,
			  const char *text)
{
	require(option_find(name)->parse(options, text));
}

/* What a user would have had to write to get the defaults. */
static void fill_defaults(struct options *options)
{
	static const struct {
		const char *option, *value;
		size_t count; /* offset of the count that tells */
	} defaults[] = {
		{"mode", "single,thread,process",
		 offsetof(struct options, mode_count)},
		{"workers", "cores", offsetof(struct options, workers_count)},
		{"kernel", "auto", offsetof(struct options, kernel_count)},
		{"sharing", "private", offsetof(struct options, sharing_count)},
		{"ipc", "shm", offsetof(struct options, ipc_count)},
		{"bind", "close", offsetof(struct options, bind_count)},
	};

	for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
		const char *base = (const char *)options;
		size_t count;

		memcpy(&count, base + defaults[i].count, sizeof count);
		if (!count)
			parse_default(options, defaults[i].option,
				      defaults[i].value);
	}
}

__attribute__((noreturn)) static void refuse(const char *why)
{
	message_error("%s", why);
	exit(EXIT_FAILURE);
}

static void check_combination(const struct options *options)
{
	if (options->places && options->cpu_list)
		refuse("--places and --cpu-list exclude each other: give one "
		       "of them");
	if (options->input && !options->dry_run)
		refuse("--input describes another machine, where nothing can "
		       "be measured: add --dry-run to see the plan");
}

/* A dry run has no rows for the other reports. */
static void check_dry_run(const struct options *options)
{
	for (size_t i = 0; options->dry_run && i < options->report_count; i++) {
		enum report_kind kind = options->reports[i].kind;

		if (kind == REPORT_PLAN || kind == REPORT_ENVIRONMENT)
			continue;
		message_error("--dry-run runs nothing, so report '%s' would "
			      "be empty: ask for plan or environment",
			      report_table(kind)->name);
		exit(EXIT_FAILURE);
	}
}

/* Before defaults are filled in: a sweep says who sits where. */
static void check_sweep(struct options *options)
{
	if (!options->sweep)
		return;
	if (options->workers_count)
		refuse("--sweep and --workers exclude each other: a sweep has "
		       "one worker, two, or one on each place");
	if (options->bind_count)
		refuse("--sweep and --bind exclude each other: a sweep names "
		       "the places of its workers");
	for (size_t i = 0; i < options->mode_count; i++)
		if (options->sweep == SWEEP_PAIRS && options->modes[i]->alone)
			refuse("--sweep=pairs needs two workers, and --mode="
			       "single has one");
	if (!options->mode_count)
		parse_default(options, "mode", "thread");
}

void options_parse(int argc, char *argv[], struct options *options)
{
	*options = (struct options){
		.runs = DEFAULT_RUNS,
		.warmup = DEFAULT_WARMUP,
		.timeout_ns = DEFAULT_TIMEOUT,
		.first = 1,
		.gil_interval_ns = 5 * NS_PER_MS,
	};
	parse_options(argc, argv, options);
	check_sweep(options);
	fill_defaults(options);
	parse_range(argc - optind, argv + optind, options);
	if (options->precision > 0 && !options->max_time_ns)
		options->max_time_ns = DEFAULT_MAX_TIME;
	check_combination(options);
	require(option_values_reports(options));
	check_dry_run(options);
}

void options_free(struct options *options)
{
	for (size_t i = 0; i < options->kernel_count; i++)
		free(options->kernels[i]);
	free(options->modes);
	free(options->workers);
	free(options->kernels);
	free(options->sharings);
	free(options->ipcs);
	free(options->binds);
	free(options->outputs);
	free(options->reports);
}
