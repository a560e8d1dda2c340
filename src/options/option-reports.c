/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --report, --output, --output-all and --noheadings: which reports are
 * written, where to, and with which columns.
 */
#include <config.h>

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/list.h"
#include "base/message.h"
#include "options/option-values.h"
#include "options/option-words.h"

/* The report named by `text` up to its colon or end, or REPORT_KINDS. */
static enum report_kind leading_report(const char *text)
{
	char name[32];
	size_t length = strcspn(text, ":");

	if (length >= sizeof name)
		return REPORT_KINDS;
	memcpy(name, text, length);
	name[length] = '\0';
	return report_find(name);
}

int option_report(struct options *options, const char *argument)
{
	struct report_request request = {.kind = leading_report(argument),
					 .headings = true};
	const char *colon = strchr(argument, ':');

	if (request.kind == REPORT_KINDS)
		return option_none_of("report", argument, "");
	if (colon && !colon[1]) {
		message_error("--report: '%s' names no file after the colon",
			      argument);
		return -EINVAL;
	}
	request.file = colon ? colon + 1 : NULL;
	return list_append(&options->reports, &options->report_count, &request,
			   sizeof request);
}

int option_output(struct options *options, const char *argument)
{
	return list_append(&options->outputs, &options->output_count,
			   &argument, sizeof argument);
}

int option_output_all(struct options *options, const char *argument)
{
	(void)argument;
	options->output_all = true;
	return 0;
}

int option_noheadings(struct options *options, const char *argument)
{
	(void)argument;
	options->noheadings = true;
	return 0;
}

static struct report_request *requested(struct options *options,
					enum report_kind kind)
{
	for (size_t i = 0; i < options->report_count; i++)
		if (options->reports[i].kind == kind)
			return &options->reports[i];
	return NULL;
}

/* "[NAME:]COLUMNS" */
static int apply_output(struct options *options, const char *text)
{
	struct report_request *request = &options->reports[0];
	const char *colon = strchr(text, ':');

	if (colon)
		request = requested(options, leading_report(text));
	else if (options->report_count > 1)
		request = NULL;
	if (!request) {
		message_error(colon ? "--output: '%s' names no report that is "
				      "written; give --report too"
				    : "--output: '%s' does not say which of "
				      "the reports it is for: write NAME:%s",
			      text, text);
		return -EINVAL;
	}
	request->columns = colon ? colon + 1 : text;
	return 0;
}

static bool same_file(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* Rows of two reports in one file are no table. */
static int check_destinations(const struct options *options)
{
	for (size_t i = 0; i < options->report_count; i++) {
		const struct report_request *a = &options->reports[i];

		for (size_t k = 0; k < i; k++) {
			const struct report_request *b = &options->reports[k];

			if (!same_file(a->file, b->file) && a->kind != b->kind)
				continue;
			message_error("reports '%s' and '%s' %s; give each "
				      "its own file, --report=NAME:FILE",
				      report_table(b->kind)->name,
				      report_table(a->kind)->name,
				      a->kind == b->kind
					      ? "are the same one twice"
					      : "have the same destination");
			return -EINVAL;
		}
	}
	return 0;
}

static bool wants_counters(const struct report_request *request)
{
	if (request->kind != REPORT_RUNS && request->kind != REPORT_WORKERS)
		return false;
	return request->all ||
	       (request->columns && (strstr(request->columns, "cycles") ||
				     strstr(request->columns, "instructions")));
}

int option_values_reports(struct options *options)
{
	int error = 0;

	if (options->output_all && options->output_count) {
		message_error("--output and --output-all exclude each other: "
			      "give one of them");
		return -EINVAL;
	}
	options->for_people = !options->report_count &&
			      !options->output_count && !options->output_all;
	if (!options->report_count)
		error = option_report(options,
				      options->dry_run ? "plan" : "summary");
	for (size_t i = 0; i < options->output_count && !error; i++)
		error = apply_output(options, options->outputs[i]);
	for (size_t i = 0; i < options->report_count; i++) {
		options->reports[i].all = options->output_all;
		options->reports[i].headings = !options->noheadings;
		options->counters |= wants_counters(&options->reports[i]);
	}
	return error ? error : check_destinations(options);
}

int option_explain(struct options *options, const char *argument)
{
	(void)argument;
	options->explain = true;
	return 0;
}
