/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "measure/cgroup.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/procfile.h"

/* Thousands of mounts are met on hosts of containers. */
#define MOUNTS_LIMIT ((size_t)4 << 20)
#define MEMBER_LIMIT ((size_t)256 << 10)

/* A mount of a hierarchy: the mount point shows `root` of the hierarchy. */
struct mount {
	char *root, *point;
	const char *type, *options;
};

static const char *const controller_names[] = {
	[CGROUP_CPU] = "cpu",
	[CGROUP_CPUSET] = "cpuset",
};

static int read_below(const char *root, const char *path, size_t limit,
		      char **text)
{
	char *full;
	int error;

	if (asprintf(&full, "%s%s", root, path) < 0)
		return -ENOMEM;
	error = procfile_read(full, limit, text, NULL);
	free(full);
	return error;
}

/* Whether `word` is in a list by commas. */
static bool has_word(const char *list, const char *word)
{
	size_t length = strlen(word), part;

	for (;; list += part + 1) {
		part = strcspn(list, ",");
		if (part == length && strncmp(list, word, length) == 0)
			return true;
		if (!list[part])
			return false;
	}
}

static int set_name(struct cgroup_dir *dir, int version, const char *name)
{
	if (dir->name || name[0] != '/')
		return 0;
	dir->name = strdup(name);
	if (!dir->name)
		return -ENOMEM;
	dir->version = version;
	return 0;
}

/* Lines "4:cpu,cpuacct:/name" and, for version 2, "0::/name".  A controller
 * is in version 2 only where no hierarchy of version 1 has taken it. */
static int read_members(struct cgroups *cgroups, char *text)
{
	const char *unified = NULL, *controllers;
	char *line, *rest = text;
	int c, error = 0;

	while ((line = strsep(&rest, "\n"))) {
		strsep(&line, ":");
		controllers = strsep(&line, ":");
		if (!line)
			continue;
		if (!*controllers)
			unified = line;
		for (c = 0; !error && c < CGROUP_CONTROLLERS; c++)
			if (has_word(controllers, controller_names[c]))
				error = set_name(&cgroups->dirs[c], 1, line);
	}
	for (c = 0; unified && !error && c < CGROUP_CONTROLLERS; c++)
		error = set_name(&cgroups->dirs[c], 2, unified);
	return error;
}

/* The kernel writes blanks and backslashes of a path as \040. */
static void decode_octal(char *text)
{
	char *to = text;

	for (; *text; text++) {
		if (text[0] == '\\' && strspn(text + 1, "01234567") >= 3) {
			*to++ = (char)((text[1] - '0') * 64 +
				       (text[2] - '0') * 8 + text[3] - '0');
			text += 3;
		} else {
			*to++ = *text;
		}
	}
	*to = '\0';
}

/* "31 23 0:28 / /sys/fs/cgroup rw shared:9 - cgroup cgroup rw,cpu" */
static bool parse_mount(char *line, struct mount *mount)
{
	char *tail = strstr(line, " - ");
	int field;

	if (!tail)
		return false;
	*tail = '\0';
	tail += 3;
	for (field = 0; field < 3; field++)
		strsep(&line, " ");
	mount->root = strsep(&line, " ");
	mount->point = strsep(&line, " ");
	mount->type = strsep(&tail, " ");
	strsep(&tail, " ");
	mount->options = tail;
	if (!mount->point || !tail)
		return false;
	decode_octal(mount->root);
	decode_octal(mount->point);
	return true;
}

/* What follows `root` in `name`; NULL where `name` is not below it.  A name
 * that leads out of the mount ("/../x": the process is outside of its cgroup
 * namespace) is not below it either. */
static const char *below(const char *name, const char *root)
{
	size_t length = strcmp(root, "/") == 0 ? 0 : strlen(root);

	if (strncmp(name, root, length) != 0)
		return NULL;
	name += length;
	if (*name && *name != '/')
		return NULL;
	if (strncmp(name, "/..", 3) == 0 && (!name[3] || name[3] == '/'))
		return NULL;
	return strcmp(name, "/") == 0 ? "" : name;
}

static bool is_mount_of(const struct mount *mount, const struct cgroup_dir *dir,
			const char *controller)
{
	if (dir->version == 2)
		return strcmp(mount->type, "cgroup2") == 0;
	return dir->version == 1 && strcmp(mount->type, "cgroup") == 0 &&
	       has_word(mount->options, controller);
}

/* Of several mounts, take the one that shows the most ancestors. */
static int use_mount(struct cgroup_dir *dir, const char *root,
		     const struct mount *mount)
{
	const char *rest = below(dir->name, mount->root);
	size_t top = strlen(root) + strlen(mount->point);
	char *path;

	if (!rest ||
	    (dir->path && strlen(dir->path) - dir->top >= strlen(rest)))
		return 0;
	if (asprintf(&path, "%s%s%s", root, mount->point, rest) < 0)
		return -ENOMEM;
	free(dir->path);
	dir->path = path;
	dir->top = top;
	return 0;
}

static int read_mounts(struct cgroups *cgroups, const char *root, char *text)
{
	struct cgroup_dir *dir;
	struct mount mount;
	char *line;
	int c, error = 0;

	while (!error && (line = strsep(&text, "\n"))) {
		if (!parse_mount(line, &mount))
			continue;
		for (c = 0; !error && c < CGROUP_CONTROLLERS; c++) {
			dir = &cgroups->dirs[c];
			if (is_mount_of(&mount, dir, controller_names[c]))
				error = use_mount(dir, root, &mount);
		}
	}
	return error;
}

int cgroup_locate(const char *root, struct cgroups *cgroups)
{
	char *text;
	int error;

	*cgroups = (struct cgroups){.root = strlen(root)};
	error = read_below(root, "/proc/self/cgroup", MEMBER_LIMIT, &text);
	if (error)
		return error;
	error = read_members(cgroups, text);
	free(text);
	if (error)
		return error;
	error = read_below(root, "/proc/self/mountinfo", MOUNTS_LIMIT, &text);
	if (error)
		return error;
	error = read_mounts(cgroups, root, text);
	free(text);
	return error;
}

void cgroup_free(struct cgroups *cgroups)
{
	int c;

	for (c = 0; c < CGROUP_CONTROLLERS; c++) {
		free(cgroups->dirs[c].name);
		free(cgroups->dirs[c].path);
	}
	*cgroups = (struct cgroups){0};
}
