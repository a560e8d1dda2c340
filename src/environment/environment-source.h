/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to environment*.c and its test: the table's rows, and what their
 * readers read from.
 */
#ifndef PINSUM_ENVIRONMENT_SOURCE_H
#define PINSUM_ENVIRONMENT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "environment/environment.h"
#include "measure/cgroup.h"
#include "topology/topology.h"

struct environment_source {
	const char *root; /* before every path: "" but in tests */
	const struct machine *machine;
	int argc;
	char *const *argv;
	char *cpuinfo, *loadavg; /* files that several keys are in, or NULL */
	struct cgroups cgroups;
	bool no_memory; /* set by whatever ran out of it */
};

/* A key: `read` gives its value, malloc'ed, or NULL where it is not known. */
struct environment_row {
	const char *key, *meaning;
	char *(*read)(struct environment_source *s, const char *argument);
	const char *argument; /* a path below the root, for most */
};

/* The groups of keys, each ended by a row without a key. */
extern const struct environment_row environment_program[];
extern const struct environment_row environment_system[];
extern const struct environment_row environment_topology[];
extern const struct environment_row environment_cpu[];
extern const struct environment_row environment_cgroup[];

/* As environment_read(), with every path below `root`. */
int environment_read_below(const char *root, const struct machine *machine,
			   int argc, char *const argv[],
			   struct environment *environment);

/* The value of one key alone, malloc'ed, or NULL; those that are read from the
 * files of source_open() need it. */
char *environment_value(struct environment_source *s, const char *key);

/* The frequency governor of a CPU, malloc'ed, or NULL. */
char *environment_governor(struct environment_source *s, unsigned cpu);

void source_open(struct environment_source *s);
void source_close(struct environment_source *s);

/* Text as from printf; NULL, and no_memory set, where there is no memory. */
char *source_format(struct environment_source *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* A file's text, cut after `limit` bytes, or NULL; `length` may be NULL. */
char *source_text(struct environment_source *s, const char *path, size_t limit,
		  size_t *length);

bool source_exists(struct environment_source *s, const char *path);

/* Whether the file holds `part`. */
bool source_contains(struct environment_source *s, const char *path,
		     const char *part);

/* Readers: the first line of a file without the blanks around it, NULL where
 * that is empty; the same as a number, NULL where it is none; a list of CPUs,
 * "none" where the file says that there are none. */
char *source_line(struct environment_source *s, const char *path);
char *source_number(struct environment_source *s, const char *path);
char *source_list(struct environment_source *s, const char *path);

/* Add `part` to a list by commas, unless it is in it. */
void source_join(struct environment_source *s, char **list, const char *part,
		 size_t length);

#endif
