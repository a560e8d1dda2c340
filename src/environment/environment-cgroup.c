/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of the control groups. */
#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "environment/environment-source.h"

static char *read_version(struct environment_source *s, const char *argument)
{
	int version = s->cgroups.dirs[CGROUP_CPU].version;

	(void)argument;
	return version ? source_format(s, "%d", version) : NULL;
}

static char *read_name(struct environment_source *s,
		       enum cgroup_controller which)
{
	const char *name = s->cgroups.dirs[which].name;

	return name ? source_format(s, "%s", name) : NULL;
}

static char *read_cpu_name(struct environment_source *s, const char *argument)
{
	(void)argument;
	return read_name(s, CGROUP_CPU);
}

static char *read_cpuset_name(struct environment_source *s,
			      const char *argument)
{
	(void)argument;
	return read_name(s, CGROUP_CPUSET);
}

static int read_quota_of(struct environment_source *s,
			 struct cgroup_quota *quota)
{
	int error = cgroup_quota(&s->cgroups, quota);

	if (error == -ENOMEM)
		s->no_memory = true;
	return error;
}

/* CPUs with two decimals, and a third where those would say nothing. */
static char *format_cpus(struct environment_source *s,
			 const struct cgroup_quota *quota)
{
	double cpus = (double)quota->quota_us / (double)quota->period_us;
	int64_t hundredths;

	if (cpus > 1e6)
		return NULL; /* no machine has as many: the file is garbage */
	if (cpus < 0.01)
		return source_format(s, "0.%03d", (int)(cpus * 1000 + 0.5));
	hundredths = (int64_t)(cpus * 100 + 0.5);
	return source_format(s, "%" PRId64 ".%02" PRId64, hundredths / 100,
			     hundredths % 100);
}

static char *read_quota(struct environment_source *s, const char *argument)
{
	struct cgroup_quota quota;
	int error = read_quota_of(s, &quota);
	char *text;

	(void)argument;
	if (error == -ENOENT)
		return source_format(s, "none");
	if (error)
		return NULL;
	text = format_cpus(s, &quota);
	free(quota.from);
	return text;
}

static char *read_quota_from(struct environment_source *s, const char *argument)
{
	struct cgroup_quota quota;
	char *text;

	(void)argument;
	if (read_quota_of(s, &quota) != 0)
		return NULL;
	text = source_format(s, "%s", quota.from + s->cgroups.root);
	free(quota.from);
	return text;
}

/* The first of the files, named by commas, that the own cgroup or an ancestor
 * has: they are called otherwise in every version. */
static char *read_cpuset(struct environment_source *s, const char *files)
{
	char *names = source_format(s, "%s", files), *rest = names, *name;
	char *text = NULL;
	int error = -ENOENT;

	while (error == -ENOENT && (name = strsep(&rest, ",")))
		error = cgroup_text(&s->cgroups, CGROUP_CPUSET, name, &text);
	free(names);
	if (error == -ENOMEM)
		s->no_memory = true;
	if (error)
		return NULL;
	text[strcspn(text, "\n")] = '\0';
	if (*text)
		return text;
	free(text);
	return source_format(s, "none");
}

const struct environment_row environment_cgroup[] = {
	{
		.key = "cgroup_version",
		.meaning = "version of the control groups that limit CPU time",
		.read = read_version,
	},
	{
		.key = "cgroup",
		.meaning = "control group of the cpu controller",
		.read = read_cpu_name,
	},
	{
		.key = "quota",
		.meaning = "tightest quota of it and its ancestors, in CPUs",
		.read = read_quota,
	},
	{
		.key = "quota_from",
		.meaning = "file that sets that quota",
		.read = read_quota_from,
	},
	{
		.key = "cpuset",
		.meaning = "control group of the cpuset controller",
		.read = read_cpuset_name,
	},
	{
		.key = "cpuset_cpus",
		.meaning = "CPUs that the cpuset allows",
		.read = read_cpuset,
		.argument = "cpuset.cpus.effective,cpuset.effective_cpus,"
			    "cpuset.cpus",
	},
	{
		.key = "cpuset_mems",
		.meaning = "NUMA nodes that the cpuset allows",
		.read = read_cpuset,
		.argument = "cpuset.mems.effective,cpuset.effective_mems,"
			    "cpuset.mems",
	},
	{0},
};
