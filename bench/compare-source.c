/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Commands, and the figures that they give.
 */
#include <config.h>

#include "compare.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/list.h"
#include "bench.h"

enum { WORDS_MAX = 32, LINE_SIZE = 4096, COLUMNS_MAX = 16 };

static const char *value_of(const struct place *place, char name)
{
	switch (name) {
	case 'W':
		return place->workers;
	case 'C':
		return place->cpus;
	case 'S':
		return place->sources;
	default:
		return " ";
	}
}

/* The command with its values in place, cut into words; all malloc'ed, to be
 * freed with words[0]. */
static bool split(const struct place *place, const char *command,
		  char *words[WORDS_MAX])
{
	size_t size, count = 0;
	char *text = NULL;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return false;
	for (const char *p = command; *p; p++) {
		if (*p == ' ')
			fputc('\0', out);
		else if (*p == '%' && p[1])
			fputs(value_of(place, *++p), out);
		else
			fputc(*p, out);
	}
	if (fclose(out))
		return false;
	for (size_t at = 0; at < size && count < WORDS_MAX - 1;
	     at += strlen(text + at) + 1)
		words[count++] = text + at;
	words[count] = NULL;
	return true;
}

static bool add(struct samples *samples, double value)
{
	return list_append(&samples->values, &samples->count, &value,
			   sizeof value) == 0;
}

/* Standard output goes to `out`.  0 or an errno. */
static int start(char *words[], int out, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (!error)
		error = posix_spawn_file_actions_adddup2(&actions, out,
							 STDOUT_FILENO);
	if (!error)
		error = posix_spawnp(pid, words[0], &actions, NULL, words,
				     environ);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

static const char *reason(int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return NULL;
	if (WIFEXITED(status) && WEXITSTATUS(status) == BENCH_SKIP)
		return "not on this machine";
	return "the command failed";
}

static const char *finish(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return "the command was lost";
	return reason(status);
}

static const char *time_command(char *words[], struct samples *samples)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int64_t begin = clock_now();
	const char *why = "no such command";
	pid_t pid;

	if (start(words, null, &pid) == 0) {
		why = finish(pid);
		if (!why && !add(samples, (double)(clock_now() - begin)))
			why = "no memory";
	}
	close(null);
	return why;
}

/* Fields of a line of tab-separated text, which is cut up. */
static size_t cut(char *line, char *fields[COLUMNS_MAX])
{
	size_t count = 0;

	line[strcspn(line, "\n")] = '\0';
	while (line && count < COLUMNS_MAX)
		fields[count++] = strsep(&line, "\t");
	return count;
}

static bool take(char *fields[], size_t count, char *const names[],
		 const struct source *source, struct samples *samples)
{
	for (size_t i = 0; source && i < count; i++)
		if (names[i] && strcmp(names[i], source->column) == 0)
			return add(samples, strtod(fields[i], NULL));
	return !source;
}

static bool read_rows(FILE *in, const struct source *source,
		      struct samples *samples, const struct source *second,
		      struct samples *second_samples)
{
	char heading[LINE_SIZE], line[LINE_SIZE];
	char *names[COLUMNS_MAX] = {0}, *fields[COLUMNS_MAX];
	bool complete;

	if (!fgets(heading, sizeof heading, in))
		return false;
	cut(heading, names);
	complete = true;
	while (fgets(line, sizeof line, in)) {
		size_t count = cut(line, fields);

		complete &= take(fields, count, names, source, samples);
		complete &= take(fields, count, names, second, second_samples);
	}
	return complete;
}

static const char *read_command(char *words[], const struct source *source,
				struct samples *samples,
				const struct source *second,
				struct samples *second_samples)
{
	const char *why = "no such command";
	bool complete = false;
	int ends[2];
	pid_t pid;
	FILE *in;

	if (pipe2(ends, O_CLOEXEC))
		return "no pipe";
	in = fdopen(ends[0], "r");
	if (in && start(words, ends[1], &pid) == 0) {
		close(ends[1]);
		complete =
			read_rows(in, source, samples, second, second_samples);
		why = finish(pid);
		if (!why && !complete)
			why = "no such figures";
	} else {
		close(ends[1]);
	}
	if (in)
		fclose(in);
	return why;
}

const char *source_measure(const struct place *place,
			   const struct source *source, struct samples *samples,
			   const struct source *second,
			   struct samples *second_samples)
{
	char *words[WORDS_MAX];
	const char *why;

	if (!split(place, source->command, words))
		return "no memory";
	why = source->column ? read_command(words, source, samples, second,
					    second_samples)
			     : time_command(words, samples);
	free(words[0]);
	return why;
}
