/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What differs between two saved environments.
 */
#include <config.h>

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/message.h"
#include "compare/compare.h"

/* These are others a moment later: no news. */
static const char *const fleeting[] = {
	"load_1min", "load_5min",    "load_15min",  "running", "busy",
	"steal_ns",  "discovery_ns", "steal_share", "start",
};

static bool is_fleeting(const char *key)
{
	for (size_t i = 0; i < sizeof fleeting / sizeof *fleeting; i++)
		if (!strcmp(key, fleeting[i]))
			return true;
	return false;
}

struct keys {
	const struct tsv *tsv;
	size_t key, value;
};

static int find_columns(struct keys *keys)
{
	keys->key = tsv_column(keys->tsv, "key");
	keys->value = tsv_column(keys->tsv, "value");
	if (keys->key != TSV_NO_COLUMN && keys->value != TSV_NO_COLUMN)
		return 0;
	message_error("%s: there is no column key or value: is it a report of "
		      "the environment?",
		      keys->tsv->file);
	return -EINVAL;
}

/* Its value, or NULL. */
static const char *value_of(const struct keys *keys, const char *key)
{
	for (size_t i = 0; i < keys->tsv->rows; i++)
		if (!strcmp(tsv_field(keys->tsv, i, keys->key), key))
			return tsv_field(keys->tsv, i, keys->value);
	return NULL;
}

int compare_environments(const struct tsv *old, const struct tsv *new)
{
	struct keys before = {.tsv = old}, after = {.tsv = new};
	size_t differing = 0;

	if (find_columns(&before) || find_columns(&after))
		return -EINVAL;
	for (size_t i = 0; i < old->rows; i++) {
		const char *key = tsv_field(old, i, before.key);
		const char *value = tsv_field(old, i, before.value);
		const char *now = value_of(&after, key);

		/* A key that only one version of the program knows tells
		 * nothing. */
		if (!now || !strcmp(value, now) || is_fleeting(key))
			continue;
		message_note("environment: %s was %s, is %s", key, value, now);
		differing++;
	}
	if (!differing)
		message_note("environment: nothing differs that lasts");
	return 0;
}
