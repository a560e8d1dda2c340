/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/baseline.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/message.h"
#include "report/columns.h"
#include "run/executor.h"

/* The columns in which configurations of one experiment can differ. */
enum { MODE, WORKERS, PLACES, BIND, KERNEL, SHARING, IPC, RANKS, DIMENSIONS };

static const struct {
	const char *name;
	bool alone; /* has a meaning where the mode is the caller alone */
	bool apart; /* agrees with what has none */
} dimensions[DIMENSIONS] = {
	[MODE] = {.name = "mode", .alone = true},
	[WORKERS] = {.name = "workers"},
	[PLACES] = {.name = "places", .alone = true},
	[BIND] = {.name = "bind", .alone = true},
	[KERNEL] = {.name = "kernel", .alone = true},
	[SHARING] = {.name = "sharing", .alone = true},
	[IPC] = {.name = "ipc", .apart = true},
	[RANKS] = {.name = "ranks", .alone = true},
};

struct wanted {
	char *value[DIMENSIONS]; /* NULL: the same as the other's */
};

/* A text that grows. */
struct text {
	char *bytes;
	size_t used, size;
};

/* A configuration that has what is wanted. */
struct candidate {
	char *key; /* owned */
	size_t config;
};

struct candidates {
	struct candidate *list;
	size_t count;
};

/* The value as its report would show it, at the end of a growing text. */
static int append_value(const struct config *config, size_t dimension,
			struct text *text)
{
	const char *name = dimensions[dimension].name;
	const struct column *column =
		column_find(report_table(REPORT_RUNS), name, strlen(name));

	for (;;) {
		size_t room = text->size - text->used, n = 0;
		char *grown;

		if (room > 1)
			n = report_format_field(column, &config->record,
						text->bytes + text->used,
						room - 1);
		text->used += n;
		if (n) {
			text->bytes[text->used] = '\0';
			return 0;
		}
		grown = realloc(text->bytes, 2 * text->size + 256);
		if (!grown)
			return -ENOMEM;
		text->bytes = grown;
		text->size = 2 * text->size + 256;
	}
}

/* 0 or 1, or -ENOMEM. */
static int has_wanted(const struct config *config, const struct wanted *wanted,
		      struct text *text)
{
	for (size_t d = 0; d < DIMENSIONS; d++) {
		int error;

		if (!wanted->value[d])
			continue;
		text->used = 0;
		error = append_value(config, d, text);
		if (error)
			return error;
		if (strcmp(text->bytes, wanted->value[d]) != 0)
			return 0;
	}
	return 1;
}

/* What a baseline has to agree in, as a text: all that is not wanted.  That of
 * a mode that is alone has no number of workers; ipc is apart, since some have
 * none.  The text is the caller's. */
static int make_key(const struct config *config, const struct wanted *wanted,
		    bool alone, char **key)
{
	struct text text = {0};
	int error = 0;

	for (size_t d = 0; d < DIMENSIONS && !error; d++) {
		if (wanted->value[d] || dimensions[d].apart ||
		    (alone && !dimensions[d].alone))
			continue;
		error = append_value(config, d, &text);
		if (!error)
			text.bytes[text.used++] = '\t';
	}
	if (!error && !text.bytes)
		text.bytes = calloc(1, 1);
	else if (!error)
		text.bytes[text.used - 1] = '\0';
	if (error || !text.bytes) {
		free(text.bytes);
		return -ENOMEM;
	}
	*key = text.bytes;
	return 0;
}

/* By key, then in the order of the experiment. */
static int compare(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order
		     : (x->config > y->config) - (x->config < y->config);
}

static int add_candidate(const struct experiment *e, size_t number,
			 const struct wanted *wanted,
			 struct candidates *candidates)
{
	const struct config *config = &e->configs[number];
	struct candidate candidate = {.config = number};
	int error = make_key(config, wanted, config->setup.executor->alone,
			     &candidate.key);

	if (error)
		return error;
	error = list_append(&candidates->list, &candidates->count, &candidate,
			    sizeof candidate);
	if (error)
		free(candidate.key);
	return error;
}

/* Sorted, so that the search for each configuration's is short. */
static int find_candidates(const struct experiment *e,
			   const struct wanted *wanted,
			   struct candidates *candidates)
{
	struct text text = {0};
	int is = 0;

	for (size_t i = 0; i < e->count && is >= 0; i++) {
		is = has_wanted(&e->configs[i], wanted, &text);
		if (is > 0)
			is = add_candidate(e, i, wanted, candidates);
	}
	free(text.bytes);
	if (candidates->count)
		qsort(candidates->list, candidates->count,
		      sizeof *candidates->list, compare);
	return is < 0 ? is : 0;
}

/* The first one with that key. */
static size_t search(const struct candidates *candidates, const char *key)
{
	size_t low = 0, high = candidates->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(candidates->list[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool agree_in_ipc(const struct config *a, const struct config *b,
			 const struct wanted *wanted)
{
	const struct ipc *x = a->setup.ipc, *y = b->setup.ipc;

	return wanted->value[IPC] || !x || !y || x == y;
}

/* Of those that are alone, or of the others: the first one that agrees with
 * the configuration, or NO_CONFIG. */
static int find_one(const struct experiment *e, const struct config *config,
		    const struct wanted *wanted,
		    const struct candidates *candidates, bool alone,
		    size_t *found)
{
	char *key;
	int error = make_key(config, wanted, alone, &key);
	size_t i;

	*found = NO_CONFIG;
	if (error)
		return error;
	for (i = search(candidates, key); i < candidates->count; i++) {
		const struct candidate *c = &candidates->list[i];
		const struct config *base = &e->configs[c->config];

		if (strcmp(c->key, key) != 0)
			break;
		if (base->setup.executor->alone != alone ||
		    !agree_in_ipc(config, base, wanted))
			continue;
		*found = c->config;
		break;
	}
	free(key);
	return 0;
}

static int bad_element(const char *element)
{
	message_error("--baseline: '%s' is not COLUMN=VALUE with a column of "
		      "mode, workers, places, bind, kernel, sharing, ipc, "
		      "ranks",
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
		    const struct candidates *candidates)
{
	int error = 0;

	for (size_t i = 0; i < e->count && !error; i++) {
		struct config *config = &e->configs[i];
		size_t alone, other;

		error = find_one(e, config, wanted, candidates, true, &alone);
		if (!error)
			error = find_one(e, config, wanted, candidates, false,
					 &other);
		if (!error)
			config->baseline = alone < other ? alone : other;
	}
	return error;
}

static int find(struct experiment *e, const struct wanted *wanted,
		const char *text, bool required)
{
	struct candidates candidates = {0};
	int error = find_candidates(e, wanted, &candidates);

	if (!error)
		error = find_all(e, wanted, &candidates);
	for (size_t i = 0; i < candidates.count; i++)
		free(candidates.list[i].key);
	free(candidates.list);
	if (error || candidates.count || !required)
		return error;
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
		error = find(e, &wanted, text, required);
	for (size_t d = 0; d < DIMENSIONS; d++)
		free(wanted.value[d]);
	return error;
}
