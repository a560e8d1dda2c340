/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "environment/environment-source.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/procfile.h"

#define LINE_LIMIT    4096
#define CPUINFO_LIMIT ((size_t)64 << 10) /* dozens of CPUs: all the kinds */

char *source_format(struct environment_source *s, const char *format, ...)
{
	va_list args;
	char *text;
	int length;

	va_start(args, format);
	length = vasprintf(&text, format, args);
	va_end(args);
	if (length < 0) {
		s->no_memory = true;
		return NULL;
	}
	return text;
}

char *source_text(struct environment_source *s, const char *path, size_t limit,
		  size_t *length)
{
	char *full = source_format(s, "%s%s", s->root, path), *text;

	if (!full)
		return NULL;
	if (procfile_read(full, limit, &text, length) == -ENOMEM)
		s->no_memory = true;
	free(full);
	return text;
}

bool source_exists(struct environment_source *s, const char *path)
{
	char *full = source_format(s, "%s%s", s->root, path);
	bool exists = full && access(full, F_OK) == 0;

	free(full);
	return exists;
}

bool source_contains(struct environment_source *s, const char *path,
		     const char *part)
{
	char *text = source_text(s, path, LINE_LIMIT, NULL);
	bool contains = text && strstr(text, part);

	free(text);
	return contains;
}

char *source_line(struct environment_source *s, const char *path)
{
	char *text = source_text(s, path, LINE_LIMIT, NULL);
	size_t blanks, length;

	if (!text)
		return NULL;
	blanks = strspn(text, " \t");
	length = strcspn(text + blanks, "\n");
	while (length && strchr(" \t\r", text[blanks + length - 1]))
		length--;
	if (!length) {
		free(text);
		return NULL;
	}
	memmove(text, text + blanks, length);
	text[length] = '\0';
	return text;
}

char *source_number(struct environment_source *s, const char *path)
{
	char *line = source_line(s, path);
	int64_t value;

	if (line && procfile_parse(line, &value) != 0) {
		free(line);
		return NULL;
	}
	return line;
}

char *source_list(struct environment_source *s, const char *path)
{
	char *line = source_line(s, path);

	/* Some kernels print a pointer that is NULL. */
	if (line && strcmp(line, "(null)") != 0)
		return line;
	if (!line && !source_exists(s, path))
		return NULL;
	free(line);
	return source_format(s, "none");
}

/* Whether `list` has the part between commas; it may hold some itself. */
static bool is_in(const char *list, const char *part, size_t length)
{
	const char *at = list;

	while ((at = memmem(at, strlen(at), part, length))) {
		if ((at == list || at[-1] == ',') &&
		    (at[length] == ',' || at[length] == '\0'))
			return true;
		at++;
	}
	return false;
}

void source_join(struct environment_source *s, char **list, const char *part,
		 size_t length)
{
	char *longer;

	if (*list && is_in(*list, part, length))
		return;
	longer = source_format(s, "%s%s%.*s", *list ? *list : "",
			       *list ? "," : "", (int)length, part);
	if (!longer)
		return;
	free(*list);
	*list = longer;
}

void source_open(struct environment_source *s)
{
	s->cpuinfo = source_text(s, "/proc/cpuinfo", CPUINFO_LIMIT, NULL);
	s->loadavg = source_line(s, "/proc/loadavg");
	if (cgroup_locate(s->root, &s->cgroups) == -ENOMEM)
		s->no_memory = true;
}

void source_close(struct environment_source *s)
{
	free(s->cpuinfo);
	free(s->loadavg);
	cgroup_free(&s->cgroups);
}
