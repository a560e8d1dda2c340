/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "measure/cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/procfile.h"

#define FILE_LIMIT ((size_t)64 << 10)
#define STAT_SIZE  4096 /* of a cpu.stat: a dozen short lines */

/* The levels of a directory, as lengths of its path: from the own cgroup up
 * to the mount point; 0 ends. */
static size_t first_level(const struct cgroup_dir *dir)
{
	return dir->path ? strlen(dir->path) : 0;
}

static size_t next_level(const struct cgroup_dir *dir, size_t level)
{
	if (level <= dir->top)
		return 0;
	do
		level--;
	while (level > dir->top && dir->path[level] != '/');
	return level;
}

static char *level_file(const struct cgroup_dir *dir, size_t level,
			const char *file)
{
	char *path;

	if (asprintf(&path, "%.*s/%s", (int)level, dir->path, file) < 0)
		return NULL;
	return path;
}

static int read_level(const struct cgroup_dir *dir, size_t level,
		      const char *file, char **text)
{
	char *path = level_file(dir, level, file);
	int error;

	*text = NULL;
	if (!path)
		return -ENOMEM;
	error = procfile_read(path, FILE_LIMIT, text, NULL);
	free(path);
	return error;
}

int cgroup_text(const struct cgroups *cgroups, enum cgroup_controller which,
		const char *file, char **text)
{
	const struct cgroup_dir *dir = &cgroups->dirs[which];
	size_t level;
	int error;

	for (level = first_level(dir); level; level = next_level(dir, level)) {
		error = read_level(dir, level, file, text);
		if (!error || error == -ENOMEM)
			return error;
	}
	return -ENOENT;
}

static bool is_number(const char *text, int64_t *value)
{
	return procfile_parse(text, value) == 0;
}

/* "50000 100000", or "max 100000" for none. */
static int read_max(const struct cgroup_dir *dir, size_t level,
		    struct cgroup_quota *quota)
{
	char *text, *rest, *first;
	bool valid;
	int error = read_level(dir, level, "cpu.max", &text);

	if (error)
		return error;
	rest = text;
	first = strsep(&rest, " ");
	valid = rest && is_number(first, &quota->quota_us) &&
		is_number(rest, &quota->period_us);
	free(text);
	return valid ? 0 : -ENOENT;
}

static int read_level_number(const struct cgroup_dir *dir, size_t level,
			     const char *file, int64_t *value)
{
	char *text;
	int error = read_level(dir, level, file, &text);

	if (error)
		return error;
	error = procfile_parse(text, value);
	free(text);
	return error;
}

/* -1 is no limit. */
static int read_cfs(const struct cgroup_dir *dir, size_t level,
		    struct cgroup_quota *quota)
{
	int error = read_level_number(dir, level, "cpu.cfs_quota_us",
				      &quota->quota_us);

	if (error)
		return error;
	return read_level_number(dir, level, "cpu.cfs_period_us",
				 &quota->period_us);
}

static const struct quota_file {
	const char *name;
	int (*read)(const struct cgroup_dir *dir, size_t level,
		    struct cgroup_quota *quota);
} quota_files[] = {
	[1] = {.name = "cpu.cfs_quota_us", .read = read_cfs},
	[2] = {.name = "cpu.max", .read = read_max},
};

static bool is_tighter(const struct cgroup_quota *a,
		       const struct cgroup_quota *b)
{
	if (!b->period_us)
		return true;
	return (double)a->quota_us / (double)a->period_us <
	       (double)b->quota_us / (double)b->period_us;
}

/* The root of version 2 has no cpu.max: the directory is what must be there
 * to say that there is no quota. */
static bool is_seen(const struct cgroup_dir *dir)
{
	return dir->version && dir->path && access(dir->path, F_OK) == 0;
}

int cgroup_quota(const struct cgroups *cgroups, struct cgroup_quota *quota)
{
	const struct cgroup_dir *dir = &cgroups->dirs[CGROUP_CPU];
	const struct quota_file *file = &quota_files[dir->version];
	struct cgroup_quota one;
	size_t level, tightest = 0;
	int error;

	*quota = (struct cgroup_quota){0};
	if (!is_seen(dir))
		return -ENODATA;
	for (level = first_level(dir); level; level = next_level(dir, level)) {
		error = file->read(dir, level, &one);
		if (error == -ENOMEM)
			return error;
		if (error || one.quota_us <= 0 || one.period_us <= 0 ||
		    !is_tighter(&one, quota))
			continue;
		*quota = one;
		tightest = level;
	}
	if (!tightest)
		return -ENOENT;
	quota->from = level_file(dir, tightest, file->name);
	return quota->from ? 0 : -ENOMEM;
}

static int open_level(const struct cgroup_dir *dir, size_t level,
		      const char *file)
{
	char *path = level_file(dir, level, file);
	int fd;

	if (!path)
		return -ENOMEM;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fd = -errno;
	free(path);
	return fd;
}

/* Such that leave the figure wrong if they were ignored. */
static bool is_fatal(int error)
{
	return error == -ENOMEM || error == -EMFILE || error == -ENFILE;
}

static int open_levels(const struct cgroup_dir *dir, struct cgroup_cpu *cpu)
{
	size_t level, levels = 0;
	int fd;

	for (level = first_level(dir); level; level = next_level(dir, level))
		levels++;
	cpu->fds = calloc(levels, sizeof *cpu->fds);
	if (!cpu->fds)
		return -ENOMEM;
	for (level = first_level(dir); level; level = next_level(dir, level)) {
		fd = open_level(dir, level, "cpu.stat");
		if (is_fatal(fd))
			return fd;
		if (fd >= 0)
			cpu->fds[cpu->count++] = fd;
	}
	return cpu->count ? 0 : -ENOENT;
}

int cgroup_cpu_open(const struct cgroups *cgroups, struct cgroup_cpu *cpu)
{
	const struct cgroup_dir *dir = &cgroups->dirs[CGROUP_CPU];
	struct cgroup_throttle throttle;
	int error;

	*cpu = (struct cgroup_cpu){.local = -1};
	if (!is_seen(dir))
		return -ENOENT;
	error = open_levels(dir, cpu);
	if (!error)
		cpu->local =
			open_level(dir, first_level(dir), "cpu.stat.local");
	if (!error && is_fatal(cpu->local))
		error = cpu->local;
	if (!error)
		error = cgroup_cpu_read(cpu, &throttle);
	if (error)
		cgroup_cpu_close(cpu);
	return error == -ENODATA ? -ENOENT : error;
}

/* Version 1 counts nanoseconds, version 2 microseconds. */
static int throttled_ns(const char *text, int64_t *ns)
{
	int64_t us;

	if (procfile_number(text, "throttled_time", ns) == 0)
		return 0;
	if (procfile_number(text, "throttled_usec", &us) != 0 ||
	    us > INT64_MAX / 1000)
		return -ENODATA;
	*ns = us * 1000;
	return 0;
}

/* A file that is there but tells of no throttling (the root of version 2)
 * adds nothing. */
static int add_level(int fd, struct cgroup_throttle *sum, bool *told)
{
	char text[STAT_SIZE];
	ssize_t length = procfile_reread(fd, text, sizeof text);
	int64_t ns, count;

	if (length < 0)
		return (int)length;
	if (throttled_ns(text, &ns) != 0)
		return 0;
	if (procfile_number(text, "nr_throttled", &count) != 0)
		count = 0; /* cpu.stat.local has none */
	if (__builtin_add_overflow(sum->ns, ns, &sum->ns) ||
	    __builtin_add_overflow(sum->count, count, &sum->count))
		return -ENODATA;
	*told = true;
	return 0;
}

int cgroup_cpu_read(const struct cgroup_cpu *cpu,
		    struct cgroup_throttle *throttle)
{
	struct cgroup_throttle local = {0};
	bool told = false, told_local = false;
	size_t i;
	int error = 0;

	*throttle = (struct cgroup_throttle){0};
	for (i = 0; !error && i < cpu->count; i++)
		error = add_level(cpu->fds[i], throttle, &told);
	if (!error && cpu->local >= 0)
		error = add_level(cpu->local, &local, &told_local);
	if (error)
		return error;
	/* It counts the time that this cgroup's own tasks were held back, by
	 * whatever level, once. */
	if (told_local)
		throttle->ns = local.ns;
	return told || told_local ? 0 : -ENODATA;
}

void cgroup_cpu_close(struct cgroup_cpu *cpu)
{
	while (cpu->count)
		close(cpu->fds[--cpu->count]);
	if (cpu->local >= 0)
		close(cpu->local);
	free(cpu->fds);
	*cpu = (struct cgroup_cpu){.local = -1};
}
