/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "baseline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "executor.h"
#include "list.h"
#include "message.h"

/* The columns in which configurations of one experiment can differ. */
static const struct {
	const char *name;
	bool alone; /* has a meaning where the mode is the caller alone */
} dimensions[] = {
	{"mode", true},	   {"workers", false}, {"places", true},
	{"bind", true},	   {"kernel", true},   {"sharing", true},
	{"ipc", false},
};

#define DIMENSIONS (sizeof dimensions / sizeof *dimensions)

struct wanted {
	char *value[DIMENSIONS]; /* NULL: the same as the other's */
};

/* The value as its report would show it. */
static size_t value_of(const struct config *config, size_t dimension,
		       char *buffer, size_t size)
{
	const char *name = dimensions[dimension].name;
	const struct column *column = column_find(
		report_table(REPORT_RUNS), name, strlen(name));
	size_t n = report_format_field(column, &config->record, buffer,
				       size - 1);

	buffer[n] = '\0';
	return n;
}

static bool has_value(const struct config *config, size_t dimension,
		      const char *value)
{
	char text[512];

	value_of(config, dimension, text, sizeof text);
	return !strcmp(text, value);
}

static bool agrees(const struct config *a, const struct config *b,
		   size_t dimension)
{
	char x[512], y[512];

	if (b->setup.executor->alone && !dimensions[dimension].alone)
		return true;
	value_of(a, dimension, x, sizeof x);
	value_of(b, dimension, y, sizeof y);
	return !strcmp(x, y);
}

static bool has_wanted(const struct config *config,
		       const struct wanted *wanted)
{
	for (size_t d = 0; d < DIMENSIONS; d++)
		if (wanted->value[d] && !has_value(config, d, wanted->value[d]))
			return false;
	return true;
}

static bool is_baseline_of(const struct config *config,
			   const struct config *base,
			   const struct wanted *wanted)
{
	if (!has_wanted(base, wanted))
		return false;
	for (size_t d = 0; d < DIMENSIONS; d++)
		if (!wanted->value[d] && !agrees(config, base, d))
			return false;
	return true;
}

static int bad_element(const char *element)
{
	message_error("--baseline: '%s' is not COLUMN=VALUE with a column of "
		      "mode, workers, places, bind, kernel, sharing, ipc",
		      element);
	return -EINVAL;
}

static int parse_element(const char *element, void *arg)
{
	struct wanted *wanted = arg;
	const char *equals = strchr(element, '=');

	if (!equals || !equals[1])
		return bad_element(element);
	for (size_t d = 0; d < DIMENSIONS; d++) {
		size_t length = strlen(dimensions[d].name);

		if (length != (size_t)(equals - element) ||
		    strncmp(element, dimensions[d].name, length) != 0)
			continue;
		free(wanted->value[d]);
		wanted->value[d] = strdup(equals + 1);
		return wanted->value[d] ? 0 : -ENOMEM;
	}
	return bad_element(element);
}

static int find_all(struct experiment *e, const struct wanted *wanted,
		    const char *text, bool required)
{
	bool any = false;

	for (size_t i = 0; i < e->count; i++) {
		struct config *config = &e->configs[i];

		any |= has_wanted(config, wanted);
		config->baseline = NO_CONFIG;
		for (size_t k = 0; k < e->count; k++)
			if (is_baseline_of(config, &e->configs[k], wanted)) {
				config->baseline = k;
				break;
			}
	}
	if (any || !required)
		return 0;
	message_error("--baseline: no configuration of this experiment has "
		      "'%s'",
		      text);
	return -EINVAL;
}

int baseline_find(struct experiment *e, const char *text, bool required)
{
	struct wanted wanted = {0};
	int error = list_split(text, parse_element, &wanted);

	if (!error)
		error = find_all(e, &wanted, text, required);
	for (size_t d = 0; d < DIMENSIONS; d++)
		free(wanted.value[d]);
	return error;
}
