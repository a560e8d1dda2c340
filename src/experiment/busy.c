/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/busy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOUND_MOST                                                             \
	(sizeof((struct busy *)0)->found / sizeof(struct busy_process))

/* A small file into a buffer; the length or a negative errno. */
static ssize_t read_small(const char *path, char *buffer, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return -errno;
	n = read(fd, buffer, size - 1);
	if (n < 0)
		n = -errno;
	else
		buffer[n] = '\0';
	close(fd);
	return n;
}

/* "0.12 0.34 0.56 3/456 7890": 3 are runnable. */
static int read_running(const char *root, size_t *running)
{
	char path[4096], text[128], *at;
	ssize_t n;

	snprintf(path, sizeof path, "%s/proc/loadavg", root);
	n = read_small(path, text, sizeof text);
	if (n < 0)
		return (int)n;
	at = strchr(text, '/');
	while (at && at > text && at[-1] != ' ')
		at--;
	if (!at || at == text)
		return -ENODATA;
	*running = strtoul(at, NULL, 10);
	return *running ? 0 : -ENODATA;
}

/* "1234 (a name) R ...": the state is field 3, the CPU field 39. */
static bool parse_stat(const char *text, struct busy_process *process)
{
	const char *name = strchr(text, '('), *end = strrchr(text, ')');
	char *after;
	int field = 3;

	if (!name || !end || end < name || strncmp(end, ") R ", 4) != 0)
		return false;
	snprintf(process->name, sizeof process->name, "%.*s",
		 (int)(end - name - 1), name + 1);
	for (end += 2; field < 39 && *end; end++)
		field += *end == ' ';
	process->cpu = (int)strtol(end, &after, 10);
	return after != end;
}

static bool is_busy(const char *root, const char *pid,
		    struct busy_process *process)
{
	char path[4096], text[1024];

	process->pid = strtol(pid, NULL, 10);
	if (process->pid <= 0 || process->pid == (long)getpid())
		return false;
	snprintf(path, sizeof path, "%s/proc/%ld/stat", root, process->pid);
	return read_small(path, text, sizeof text) > 0 &&
	       parse_stat(text, process);
}

static int search(const char *root, struct busy *busy)
{
	int64_t deadline = clock_now() + BUSY_LIMIT_NS;
	const struct dirent *entry;
	char path[4096];
	DIR *folder;

	snprintf(path, sizeof path, "%s/proc", root);
	folder = opendir(path);
	if (!folder)
		return -errno;
	while (busy->count < FOUND_MOST && busy->count < busy->others &&
	       clock_now() < deadline && (entry = readdir(folder)))
		busy->count +=
			is_busy(root, entry->d_name, &busy->found[busy->count]);
	closedir(folder);
	return 0;
}

int busy_look(const char *root, struct busy *busy)
{
	size_t running = 0;
	int error;

	*busy = (struct busy){0};
	error = read_running(root, &running);
	if (error)
		return error;
	busy->others = running - 1;
	return busy->others ? search(root, busy) : 0;
}
