/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys that the program knows of itself. */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "environment/environment-source.h"

static char *read_copy(struct environment_source *s, const char *text)
{
	return source_format(s, "%s", text);
}

static char *read_command_line(struct environment_source *s,
			       const char *argument)
{
	size_t size = 1;
	char *line, *end;
	int i;

	(void)argument;
	for (i = 0; i < s->argc; i++)
		size += strlen(s->argv[i]) + 1;
	end = line = calloc(size, 1);
	if (!line) {
		s->no_memory = true;
		return NULL;
	}
	for (i = 0; i < s->argc; i++)
		end += sprintf(end, i ? " %s" : "%s", s->argv[i]);
	return line;
}

static char *read_start(struct environment_source *s, const char *argument)
{
	struct timespec when = clock_wall();
	char now[CLOCK_UTC_MAX];

	(void)argument;
	clock_utc(&when, now);
	return read_copy(s, now);
}

static char *read_libc(struct environment_source *s, const char *argument)
{
	(void)argument;
#ifdef __GLIBC__
	char text[64];
	size_t size = confstr(_CS_GNU_LIBC_VERSION, text, sizeof text);

	if (size < 2 || size > sizeof text)
		return NULL;
	return read_copy(s, text);
#else
	return read_copy(s, "musl");
#endif
}

static char *read_uid(struct environment_source *s, const char *argument)
{
	(void)argument;
	return source_format(s, "%ju", (uintmax_t)geteuid());
}

static char *format_limit(struct environment_source *s, rlim_t limit)
{
	if (limit == RLIM_INFINITY)
		return read_copy(s, "unlimited");
	return source_format(s, "%ju", (uintmax_t)limit);
}

static char *read_nproc(struct environment_source *s, const char *argument)
{
	struct rlimit limit;

	(void)argument;
	if (getrlimit(RLIMIT_NPROC, &limit) != 0)
		return NULL;
	return format_limit(s, limit.rlim_cur);
}

static char *read_nofile(struct environment_source *s, const char *argument)
{
	struct rlimit limit;

	(void)argument;
	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return NULL;
	return format_limit(s, limit.rlim_cur);
}

#ifdef __clang__
#define COMPILER __VERSION__ /* has its name in it */
#else
#define COMPILER "gcc " __VERSION__
#endif

const struct environment_row environment_program[] = {
	{
		.key = "pinsum_version",
		.meaning = "version of this program",
		.read = read_copy,
		.argument = PACKAGE_VERSION,
	},
	{
		.key = "command_line",
		.meaning = "the arguments, joined by blanks",
		.read = read_command_line,
	},
	{
		.key = "start",
		.meaning = "when the environment was read, UTC, RFC 3339",
		.read = read_start,
	},
	{
		.key = "compiler",
		.meaning = "what this program was compiled with",
		.read = read_copy,
		.argument = COMPILER,
	},
	{
		.key = "libc",
		.meaning = "C library",
		.read = read_libc,
	},
	{
		.key = "uid",
		.meaning = "effective user number",
		.read = read_uid,
	},
	{
		.key = "rlimit_nproc",
		.meaning = "soft limit on processes and threads of the user",
		.read = read_nproc,
	},
	{
		.key = "rlimit_nofile",
		.meaning = "soft limit on open files",
		.read = read_nofile,
	},
	{0},
};
