/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "environment/environment.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "environment/environment-source.h"

/* In the order of the report. */
static const struct environment_row *const groups[] = {
	environment_program, environment_system, environment_topology,
	environment_cpu,     environment_cgroup,
};

#define GROUPS (sizeof groups / sizeof groups[0])

static const struct environment_row *find_row(size_t i)
{
	const struct environment_row *row;
	size_t g;

	for (g = 0; g < GROUPS; g++)
		for (row = groups[g]; row->key; row++)
			if (i-- == 0)
				return row;
	return NULL;
}

const char *environment_key(size_t i, const char **meaning)
{
	const struct environment_row *row = find_row(i);

	if (!row)
		return NULL;
	if (meaning)
		*meaning = row->meaning;
	return row->key;
}

static size_t count_rows(void)
{
	size_t count = 0;

	while (find_row(count))
		count++;
	return count;
}

static void read_rows(struct environment_source *s,
		      struct environment_entry *entries)
{
	const struct environment_row *row;
	size_t i;

	for (i = 0; (row = find_row(i)); i++)
		entries[i] = (struct environment_entry){
			.key = row->key,
			.value = row->read(s, row->argument),
		};
}

char *environment_value(struct environment_source *s, const char *key)
{
	const struct environment_row *row;

	for (size_t i = 0; (row = find_row(i)); i++)
		if (!strcmp(row->key, key))
			return row->read(s, row->argument);
	return NULL;
}

int environment_read_below(const char *root, const struct machine *machine,
			   int argc, char *const argv[],
			   struct environment *environment)
{
	struct environment_source s = {
		.root = root,
		.machine = machine,
		.argc = argc,
		.argv = argv,
	};

	*environment = (struct environment){.count = count_rows()};
	environment->entries =
		calloc(environment->count, sizeof *environment->entries);
	if (!environment->entries) {
		environment->count = 0;
		return -ENOMEM;
	}
	source_open(&s);
	read_rows(&s, environment->entries);
	source_close(&s);
	if (!s.no_memory)
		return 0;
	environment_free(environment);
	return -ENOMEM;
}

int environment_read(const struct machine *machine, int argc,
		     char *const argv[], struct environment *environment)
{
	return environment_read_below("", machine, argc, argv, environment);
}

void environment_free(struct environment *environment)
{
	size_t i;

	for (i = 0; i < environment->count; i++)
		free(environment->entries[i].value);
	free(environment->entries);
	*environment = (struct environment){0};
}
