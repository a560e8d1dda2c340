/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Control groups on recorded trees; small files of /proc. */
#include <config.h>

#include "measure/cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/procfile.h"
#include "tap.h"
#include "tree.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define V1_MOUNT                                                               \
	"30 25 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct\n"
#define V2_MOUNT                                                               \
	"30 25 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 "    \
	"rw\n"

static const struct located {
	const char *name;
	struct tree_file files[16];
	int version;
	const char *group;
	int error; /* of cgroup_quota() */
	int64_t quota_us, period_us;
	const char *from;
} located[] = {
	{
		.name = "version 1",
		.files =
			{
				{"proc/self/cgroup",
				 "3:cpuset:/set\n"
				 "2:cpu,cpuacct:/a/b\n0::/\n"},
				{"proc/self/mountinfo", V1_MOUNT
				 "31 25 0:27 / /sys/fs/cgroup/cpuset rw - "
				 "cgroup cgroup rw,cpuset\n"},
				{"sys/fs/cgroup/cpu/a/b/cpu.cfs_quota_us",
				 "50000\n"},
				{"sys/fs/cgroup/cpu/a/b/cpu.cfs_period_us",
				 "100000\n"},
				{"sys/fs/cgroup/cpu/a/cpu.cfs_quota_us",
				 "-1\n"},
				{"sys/fs/cgroup/cpu/a/cpu.cfs_period_us",
				 "100000\n"},
				{"sys/fs/cgroup/cpuset/set/"
				 "cpuset.effective_cpus",
				 "0-1,3\n"},
				{"sys/fs/cgroup/cpuset/set/cpuset.mems", "\n"},
			},
		.version = 1,
		.group = "/a/b",
		.quota_us = 50000,
		.period_us = 100000,
		.from = "/sys/fs/cgroup/cpu/a/b/cpu.cfs_quota_us",
	},
	{
		.name = "version 2, a tighter quota in an ancestor",
		.files =
			{
				{"proc/self/cgroup", "0::/a/b/c\n"},
				{"proc/self/mountinfo", V2_MOUNT},
				{"sys/fs/cgroup/a/b/c/cpu.max", "max 100000\n"},
				{"sys/fs/cgroup/a/b/cpu.max",
				 "200000 100000\n"},
				{"sys/fs/cgroup/a/cpu.max", "150000 100000\n"},
				{"sys/fs/cgroup/a/cpuset.cpus.effective",
				 "0-2\n"},
			},
		.version = 2,
		.group = "/a/b/c",
		.quota_us = 150000,
		.period_us = 100000,
		.from = "/sys/fs/cgroup/a/cpu.max",
	},
	{
		.name = "a mount of a part of the hierarchy",
		.files =
			{
				{"proc/self/cgroup", "2:cpu:/docker/x y#/in\n"},
				{"proc/self/mountinfo",
				 "1 2 0:3 /other /sys/fs/cgroup/cpu rw - "
				 "cgroup c "
				 "rw,cpu\n"
				 "2 2 0:3 /docker/x\\040y\\043 /c\\040g rw - "
				 "cgroup "
				 "c "
				 "rw,cpu\n"},
				{"c g/in/cpu.cfs_quota_us", "1000\n"},
				{"c g/in/cpu.cfs_period_us", "300000\n"},
				{"c g/cpu.cfs_quota_us", "200000\n"},
				{"c g/cpu.cfs_period_us", "100000\n"},
			},
		.version = 1,
		.group = "/docker/x y#/in",
		.quota_us = 1000,
		.period_us = 300000,
		.from = "/c g/in/cpu.cfs_quota_us",
	},
	{
		.name = "no quota, in the root of version 2",
		.files =
			{
				{"proc/self/cgroup", "0::/\n"},
				{"proc/self/mountinfo", V2_MOUNT},
				{"sys/fs/cgroup/cgroup.procs", "1\n"},
			},
		.version = 2,
		.group = "/",
		.error = -ENOENT,
	},
	{
		.name = "outside of the cgroup namespace, unseen",
		.files =
			{
				{"proc/self/cgroup", "0::/../sibling\n"},
				{"proc/self/mountinfo", V2_MOUNT},
				{"sys/fs/cgroup/cgroup.procs", "1\n"},
				{"sys/fs/sibling/cpu.max", "1000 100000\n"},
			},
		.version = 2,
		.group = "/../sibling",
		.error = -ENODATA,
	},
	{
		.name = "version 1 that is not mounted, beside version 2",
		.files =
			{
				{"proc/self/cgroup", "2:cpu:/a\n0::/\n"},
				{"proc/self/mountinfo", V2_MOUNT},
				{"sys/fs/cgroup/cpu.max", "1000 100000\n"},
			},
		.version = 1,
		.group = "/a",
		.error = -ENODATA,
	},
	{
		.name = "a name below ..: the mount shows more than the "
			"namespace",
		.files =
			{
				{"proc/self/cgroup", "0::/../b/c\n"},
				{"proc/self/mountinfo",
				 "30 25 0:26 /.. /sys/fs/cgroup rw - cgroup2 x "
				 "rw\n"},
				{"sys/fs/cgroup/b/cpu.max", "7000 10000\n"},
				{"sys/fs/cgroup/b/c/cgroup.procs", "1\n"},
			},
		.version = 2,
		.group = "/../b/c",
		.quota_us = 7000,
		.period_us = 10000,
		.from = "/sys/fs/cgroup/b/cpu.max",
	},
	{
		.name = "of two mounts, the one with more ancestors",
		.files =
			{
				{"proc/self/cgroup", "2:cpu:/a/b\n"},
				{"proc/self/mountinfo",
				 "1 2 0:3 /a/b /one rw - cgroup c rw,cpu\n"
				 "1 2 0:3 /a /two rw - cgroup c rw,cpu\n"
				 "1 2 0:3 /a/bc /three rw - cgroup c rw,cpu\n"
				 "1 2 0:3 / /four rw - cgroup c rw,cpuset\n"},
				{"one/cpu.cfs_quota_us", "30000\n"},
				{"one/cpu.cfs_period_us", "10000\n"},
				{"two/b/cgroup.procs", "1\n"},
				{"two/cpu.cfs_quota_us", "20000\n"},
				{"two/cpu.cfs_period_us", "10000\n"},
				{"four/cpu.cfs_quota_us", "10000\n"},
				{"four/cpu.cfs_period_us", "10000\n"},
			},
		.version = 1,
		.group = "/a/b",
		.quota_us = 20000,
		.period_us = 10000,
		.from = "/two/cpu.cfs_quota_us",
	},
	{
		.name = "nothing",
		.error = -ENODATA,
	},
};

static void test_located(const struct located *l)
{
	char *root = tree_make(l->files);
	struct cgroup_quota quota;
	struct cgroups cgroups;
	int error = cgroup_locate(root, &cgroups);
	const struct cgroup_dir *dir = &cgroups.dirs[CGROUP_CPU];

	tap_is_int(error, l->group ? 0 : -ENOENT, "%s: located", l->name);
	tap_is_int(dir->version, l->version, "%s: version", l->name);
	tap_is_text(dir->name ? dir->name : "NA", l->group ? l->group : "NA",
		    "%s: name", l->name);
	error = cgroup_quota(&cgroups, &quota);
	tap_is_int(error, l->error, "%s: quota", l->name);
	if (!error) {
		tap_is_int(quota.quota_us, l->quota_us, "%s: time", l->name);
		tap_is_int(quota.period_us, l->period_us, "%s: period",
			   l->name);
		tap_is_text(quota.from + cgroups.root, l->from ? l->from : "",
			    "%s: file", l->name);
		free(quota.from);
	}
	cgroup_free(&cgroups);
	tree_remove(root);
}

static const struct throttled {
	const char *name;
	struct tree_file files[8];
	int error;
	int64_t ns, count;
} throttled[] = {
	{
		.name = "version 1, levels added",
		.files = {{"proc/self/cgroup", "2:cpu:/a\n"},
			  {"proc/self/mountinfo", V1_MOUNT},
			  {"sys/fs/cgroup/cpu/a/cpu.stat",
			   "nr_periods 9\nnr_throttled 3\nthrottled_time 70\n"},
			  {"sys/fs/cgroup/cpu/cpu.stat",
			   "nr_throttled 1\nthrottled_time 5\n"}},
		.ns = 75,
		.count = 4,
	},
	{
		.name = "version 2 with cpu.stat.local",
		.files = {{"proc/self/cgroup", "0::/a\n"},
			  {"proc/self/mountinfo", V2_MOUNT},
			  {"sys/fs/cgroup/a/cpu.stat.local",
			   "throttled_usec 12\n"},
			  {"sys/fs/cgroup/a/cpu.stat",
			   "usage_usec 5\nnr_throttled 3\nthrottled_usec 7\n"},
			  {"sys/fs/cgroup/cpu.stat", "usage_usec 5\n"}},
		.ns = 12000,
		.count = 3,
	},
	{
		.name = "the root of version 2 does not tell",
		.files = {{"proc/self/cgroup", "0::/\n"},
			  {"proc/self/mountinfo", V2_MOUNT},
			  {"sys/fs/cgroup/cpu.stat", "usage_usec 5\n"}},
		.error = -ENOENT,
	},
	{
		.name = "more than 64 bits take",
		.files = {{"proc/self/cgroup", "2:cpu:/a\n"},
			  {"proc/self/mountinfo", V1_MOUNT},
			  {"sys/fs/cgroup/cpu/a/cpu.stat",
			   "throttled_time 9000000000000000000\n"},
			  {"sys/fs/cgroup/cpu/cpu.stat",
			   "throttled_time 300000000000000000\n"}},
		.error = -ENOENT,
	},
	{
		.name = "no cgroups",
		.error = -ENOENT,
	},
};

static void test_throttled(const struct throttled *t)
{
	struct cgroup_throttle throttle = {0};
	struct cgroup_cpu cpu;
	struct cgroups cgroups;
	char *root = tree_make(t->files);

	cgroup_locate(root, &cgroups);
	tap_is_int(cgroup_cpu_open(&cgroups, &cpu), t->error, "%s: open",
		   t->name);
	cgroup_free(&cgroups);
	if (!t->error) {
		tap_is_int(cgroup_cpu_read(&cpu, &throttle), 0, "%s: read",
			   t->name);
		tap_is_int(throttle.ns, t->ns, "%s: time", t->name);
		tap_is_int(throttle.count, t->count, "%s: periods", t->name);
		cgroup_cpu_close(&cpu);
	}
	tree_remove(root);
}

/* A file larger than the first piece, whole and cut; read again through a
 * buffer that is too small, and one that is not. */
static void test_read(void)
{
	char text[10001], buffer[10001], path[256], *got;
	const struct tree_file files[] = {{"big", text}, {0}};
	size_t length;
	char *root;
	int fd;

	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	root = tree_make(files);
	snprintf(path, sizeof path, "%s/big", root);
	tap_is_int(procfile_read(path, 1 << 20, &got, &length), 0, "read");
	tap_ok(length == 10000 && strcmp(got, text) == 0, "read whole");
	free(got);
	tap_is_int(procfile_read(path, 5000, &got, NULL), 0, "read a part");
	tap_is_int((int64_t)strlen(got), 5000, "cut where the limit is");
	free(got);
	tap_is_int(procfile_read(root, 10, &got, NULL), -EISDIR, "a folder");
	fd = open(path, O_RDONLY | O_CLOEXEC);
	tap_is_int(procfile_reread(fd, buffer, sizeof buffer), 10000, "reread");
	tap_is_int(procfile_reread(fd, buffer, sizeof buffer), 10000, "again");
	tap_is_text(buffer, text, "the same text");
	tap_is_int(procfile_reread(fd, buffer, 10000), -EOVERFLOW,
		   "no room for the NUL");
	tap_is_int((int64_t)strlen(buffer), 9999, "but for its beginning");
	close(fd);
	tree_remove(root);
}

static const struct field {
	const char *text, *key;
	int error;
	int64_t value;
} fields[] = {
	{"a 1\nab 2\n", "ab", 0, 2},
	{"MemTotal:   5 kB\n", "MemTotal", 0, 5},
	{"x\t\t: -3", "x", 0, -3},
	{"k=4\n", "k", 0, 4},
	{"ab 2\n", "a", -ENOENT, 0},
	{"a\n", "a", -ENOENT, 0},
	{"", "a", -ENOENT, 0},
	{"a \n1 2", "a", -EINVAL, 0},
	{"a 1x\n", "a", -EINVAL, 0},
	{"a 9223372036854775808\n", "a", -EINVAL, 0},
	{"a 9223372036854775807\n", "a", 0, INT64_MAX},
};

static void test_field(size_t i)
{
	const struct field *f = &fields[i];
	int64_t value = 0;

	tap_is_int(procfile_number(f->text, f->key, &value), f->error,
		   "number %zu, of %s", i, f->key);
	tap_is_int(value, f->value, "number %zu: its value", i);
}

int main(void)
{
	size_t i;

	for (i = 0; i < COUNT(located); i++)
		test_located(&located[i]);
	for (i = 0; i < COUNT(throttled); i++)
		test_throttled(&throttled[i]);
	for (i = 0; i < COUNT(fields); i++)
		test_field(i);
	test_read();
	return tap_done();
}
