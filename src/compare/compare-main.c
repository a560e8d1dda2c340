/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pinsum-compare: two saved reports of runs against each other.
 */
#include <config.h>

#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "base/number.h"
#include "base/privileges.h"
#include "compare/compare.h"

/* What two sessions on one machine differ by, as a rule. */
#define DEFAULT_MARGIN 0.01

struct request {
	double margin;
	char *environments; /* "OLD,NEW", or NULL */
	bool headings;
	bool done; /* help or version was written */
};

static int parse_margin(struct request *r, char *argument)
{
	if (number_parse_decimal(argument, &r->margin) || r->margin >= 100) {
		message_error("--margin: '%s' is not a number of per cent "
			      "below 100, such as 2 or 0.5",
			      argument);
		return -EINVAL;
	}
	r->margin /= 100;
	return 0;
}

static int parse_environment(struct request *r, char *argument)
{
	const char *comma = strchr(argument, ',');

	if (!comma || comma == argument || !comma[1]) {
		message_error("--environment: '%s' is not OLD,NEW", argument);
		return -EINVAL;
	}
	r->environments = argument;
	return 0;
}

static int parse_noheadings(struct request *r, char *argument)
{
	(void)argument;
	r->headings = false;
	return 0;
}

static int parse_quiet(struct request *r, char *argument)
{
	(void)r;
	(void)argument;
	message_set_quiet(true);
	return 0;
}

static int write_version(struct request *r, char *argument)
{
	(void)argument;
	r->done = true;
	puts("pinsum-compare (pinsum) " PACKAGE_VERSION "\n"
	     "License GPLv3+: GNU GPL version 3 or later "
	     "<https://gnu.org/licenses/gpl.html>\n"
	     "This is free software: you are free to change and "
	     "redistribute it.\n"
	     "There is NO WARRANTY, to the extent permitted by law.");
	return 0;
}

static int write_help(struct request *r, char *argument);

static const struct {
	const char *name;
	char letter; /* 0: none */
	const char *argument, *help;
	int (*parse)(struct request *r, char *argument);
} options[] = {
	{"environment", 0, "OLD,NEW",
	 "two saved environment reports: note what differs", parse_environment},
	{"margin", 0, "PERCENT", "differences up to that are none; default 1",
	 parse_margin},
	{"noheadings", 0, NULL, "no header row", parse_noheadings},
	{"quiet", 'q', NULL, "errors only", parse_quiet},
	{"help", 'h', NULL, "this text", write_help},
	{"version", 'V', NULL, "version and licence", write_version},
};

#define OPTIONS (sizeof options / sizeof *options)

static int write_help(struct request *r, char *argument)
{
	(void)argument;
	r->done = true;
	puts("Usage: pinsum-compare [OPTION]... OLD NEW\n"
	     "Hold two reports of runs, as pinsum --report=runs:FILE writes "
	     "them, against\neach other: a row for each configuration that "
	     "both have.\n");
	for (size_t i = 0; i < OPTIONS; i++) {
		char name[40];

		snprintf(name, sizeof name, "--%s%s%s", options[i].name,
			 options[i].argument ? "=" : "",
			 options[i].argument ? options[i].argument : "");
		printf("  %c%c%c %-22s %s\n", options[i].letter ? '-' : ' ',
		       options[i].letter ? options[i].letter : ' ',
		       options[i].letter ? ',' : ' ', name, options[i].help);
	}
	puts("\nExit status: 0 when they were compared, 1 otherwise.");
	return 0;
}

static int parse_one(struct request *r, int value, char *argv[])
{
	for (size_t i = 0; i < OPTIONS; i++)
		if (value == (int)i + 256 || value == options[i].letter)
			return options[i].parse(r, optarg);
	message_error(value == ':' ? "option '%s' needs an argument; see --help"
				   : "bad option '%s'; see --help",
		      argv[optind - 1]);
	return -EINVAL;
}

static int parse(struct request *r, int argc, char *argv[])
{
	struct option longs[OPTIONS + 1] = {0};
	int value, error = 0;

	for (size_t i = 0; i < OPTIONS; i++)
		longs[i] = (struct option){
			.name = options[i].name,
			.has_arg = options[i].argument ? required_argument
						       : no_argument,
			.val = (int)i + 256};
	opterr = 0;
	while (!error && !r->done &&
	       (value = getopt_long(argc, argv, ":qhV", longs, NULL)) != -1)
		error = parse_one(r, value, argv);
	if (error || r->done || argc - optind == 2)
		return error;
	message_error("two files are needed, OLD and NEW, not %d; see --help",
		      argc - optind);
	return -EINVAL;
}

static void write_headings(void)
{
	for (size_t i = 0; i < COMPARE_KEYS; i++)
		printf("%s\t", compare_keys[i]);
	puts("old_runs\tnew_runs\told_wall_ns\tnew_wall_ns\told_wall_p90_ns\t"
	     "new_wall_p90_ns\tratio\tratio_lo\tratio_hi\tverdict");
}

static void write_time(double ns)
{
	if (isnan(ns))
		fputs("\tNA", stdout);
	else
		printf("\t%.0f", floor(ns + 0.5));
}

static void write_ratio(double ratio)
{
	char text[NUMBER_RATIO_MAX];

	if (!isfinite(ratio) || ratio >= 1e14)
		fputs("\tNA", stdout);
	else
		printf("\t%.*s", (int)number_format_ratio(text, ratio), text);
}

static void write_row(const struct comparison *c)
{
	const struct sample *old = &c->old, *new = &c->new;

	for (size_t i = 0; i < COMPARE_KEYS; i++)
		printf("%s\t", c->key[i] ? c->key[i] : "NA");
	printf("%zu\t%zu", old->count, new->count);
	write_time(stats_median(old->wall_ns, old->count));
	write_time(stats_median(new->wall_ns, new->count));
	write_time(stats_quantile(old->wall_ns, old->count, 0.9));
	write_time(stats_quantile(new->wall_ns, new->count, 0.9));
	write_ratio(c->ratio);
	write_ratio(c->interval.lo);
	write_ratio(c->interval.hi);
	printf("\t%s\n", verdict_name(c->verdict));
}

static void note_left_out(const struct comparisons *all)
{
	if (all->only_old || all->only_new)
		message_note("left out: %zu configuration%s of OLD alone, %zu "
			     "of NEW alone",
			     all->only_old, all->only_old == 1 ? "" : "s",
			     all->only_new);
	if (all->lost)
		message_note("left out: %zu run%s not ok", all->lost,
			     all->lost == 1 ? " that is" : "s that are");
}

static int write_all(const struct request *r, const struct comparisons *all)
{
	note_left_out(all);
	if (!all->count) {
		message_error("the reports have no configuration in common");
		return -EINVAL;
	}
	if (r->headings)
		write_headings();
	for (size_t i = 0; i < all->count; i++)
		write_row(&all->rows[i]);
	return 0;
}

static int with_both(const char *old, const char *new, const void *arg,
		     int (*both)(const struct tsv *old, const struct tsv *new,
				 const void *arg))
{
	struct tsv before, after;
	int error = tsv_read(old, &before);

	if (error)
		return error;
	error = tsv_read(new, &after);
	if (!error) {
		error = both(&before, &after, arg);
		tsv_free(&after);
	}
	tsv_free(&before);
	return error;
}

static int compare_runs(const struct tsv *old, const struct tsv *new,
			const void *arg)
{
	const struct request *r = arg;
	struct comparisons all;
	int error = compare_reports(old, new, r->margin, &all);

	if (!error)
		error = write_all(r, &all);
	else if (error != -EINVAL)
		message_error("cannot compare: %s", strerror(-error));
	compare_free(&all);
	return error;
}

static int compare_both_environments(const struct tsv *old,
				     const struct tsv *new, const void *arg)
{
	(void)arg;
	return compare_environments(old, new);
}

static int run(struct request *r, char *files[])
{
	int error = with_both(files[0], files[1], r, compare_runs);
	char *new;

	if (error || !r->environments)
		return error;
	new = strchr(r->environments, ',');
	*new ++ = '\0';
	return with_both(r->environments, new, NULL, compare_both_environments);
}

/* musl's fclose() forgets why an earlier write failed: its errno is read
 * first. */
static int flush(void)
{
	int error = ferror(stdout) ? errno : 0;

	if (fclose(stdout) && !error)
		error = errno;
	if (error)
		message_error("cannot write to standard output: %s",
			      strerror(error));
	return -error;
}

int main(int argc, char *argv[])
{
	struct request r = {.margin = DEFAULT_MARGIN, .headings = true};
	int error;

	message_init("pinsum-compare");
	error = privileges_drop();
	if (error)
		message_error("cannot give up privileges: %s",
			      strerror(-error));
	else
		error = parse(&r, argc, argv);
	if (!error && !r.done)
		error = run(&r, argv + optind);
	if (flush())
		error = -EIO;
	return error ? EXIT_FAILURE : EXIT_SUCCESS;
}
