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

#include "base/list.h"

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

static bool is_busy(const char *root, long pid, struct busy_process *process)
{
	char path[4096], text[1024];

	process->pid = pid;
	snprintf(path, sizeof path, "%s/proc/%ld/stat", root, pid);
	return read_small(path, text, sizeof text) > 0 &&
	       parse_stat(text, process);
}

struct pids {
	long *pid;
	size_t count;
};

/* Of all processes but this one. */
static int list_pids(const char *root, struct pids *pids)
{
	const struct dirent *entry;
	long own = getpid();
	char path[4096];
	int error = 0;
	DIR *folder;

	snprintf(path, sizeof path, "%s/proc", root);
	folder = opendir(path);
	if (!folder)
		return -errno;
	while (!error && (entry = readdir(folder))) {
		long pid = strtol(entry->d_name, NULL, 10);

		if (pid > 0 && pid != own)
			error = list_append(&pids->pid, &pids->count, &pid,
					    sizeof pid);
	}
	closedir(folder);
	return error;
}

static int compare_pids(const void *a, const void *b)
{
	const long *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The newest first: the oldest are the kernel's own, hundreds of them. */
static void search(const char *root, const struct pids *pids, struct busy *busy)
{
	int64_t deadline = clock_now() + BUSY_LIMIT_NS;

	qsort(pids->pid, pids->count, sizeof *pids->pid, compare_pids);
	for (size_t i = pids->count; i > 0; i--) {
		if (busy->count == FOUND_MOST || busy->count == busy->others ||
		    clock_now() > deadline)
			return;
		busy->count += is_busy(root, pids->pid[i - 1],
				       &busy->found[busy->count]);
	}
}

int busy_look(const char *root, struct busy *busy)
{
	struct pids pids = {NULL, 0};
	size_t running = 0;
	int error;

	*busy = (struct busy){0};
	error = read_running(root, &running);
	if (error)
		return error;
	busy->others = running - 1;
	if (!busy->others)
		return 0;
	error = list_pids(root, &pids);
	if (!error && pids.count)
		search(root, &pids, busy);
	free(pids.pid);
	return error;
}
