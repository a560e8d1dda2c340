/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The environment on recorded trees of /proc and /sys, and on this machine. */
#include <config.h>

#include "environment/environment.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "environment/environment-source.h"
#include "tap.h"
#include "tree.h"

/* What a key must be; NULL where it must have no value. */
struct expected {
	const char *key, *value;
};

#define CPU0 "sys/devices/system/cpu/cpu0/cpufreq/"
#define CPU1 "sys/devices/system/cpu/cpu1/cpufreq/"
#define CPU2 "sys/devices/system/cpu/cpu2/cpufreq/"

static const struct tree {
	const char *name;
	struct tree_file files[16];
	struct expected expected[16];
} trees[] = {
	{
		.name = "version 1",
		.files =
			{
				{"proc/self/cgroup",
				 "3:cpuset:/set\n"
				 "2:cpu,cpuacct:/a/b\n0::/\n"},
				{"proc/self/mountinfo",
				 "30 25 0:26 / /sys/fs/cgroup/cpu rw - cgroup "
				 "c rw,cpu\n"
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
		.expected =
			{
				{"cgroup_version", "1"},
				{"cgroup", "/a/b"},
				{"quota", "0.50"},
				{"quota_from",
				 "/sys/fs/cgroup/cpu/a/b/cpu.cfs_quota_us"},
				{"cpuset", "/set"},
				{"cpuset_cpus", "0-1,3"},
				{"cpuset_mems", "none"},
			},
	},
	{
		.name = "a small quota in a container",
		.files =
			{
				{"proc/self/cgroup", "0::/a\n"},
				{"proc/self/mountinfo",
				 "1 2 0:3 / /cg rw - cgroup2 c rw\n"},
				{"cg/a/cpu.max", "1000 300000\n"},
				{"cg/cpuset.cpus.effective", "0-2\n"},
				{"run/systemd/container", "oci\n"},
			},
		.expected =
			{
				{"quota", "0.003"},
				{"quota_from", "/cg/a/cpu.max"},
				{"cpuset_cpus", "0-2"},
				{"cpuset_mems", NULL},
				{"container", "oci"},
			},
	},
	{
		.name = "no quota",
		.files =
			{
				{"proc/self/cgroup", "0::/\n"},
				{"proc/self/mountinfo",
				 "1 2 0:3 / /cg rw - cgroup2 c rw\n"},
				{"cg/cgroup.procs", "1\n"},
				{"proc/1/environ", "container=lxc"},
			},
		.expected = {{"quota", "none"},
			     {"quota_from", NULL},
			     {"container", "lxc"}},
	},
	{
		.name = "governors that differ, CPU 2 not usable",
		.files =
			{
				{CPU0 "scaling_governor", "powersave\n"},
				{CPU1 "scaling_governor", "performance\n"},
				{CPU2 "scaling_governor", "ondemand\n"},
				{CPU0 "scaling_min_freq", "800000\n"},
				{CPU1 "scaling_min_freq", "400000\n"},
				{CPU2 "scaling_min_freq", "1\n"},
				{CPU0 "scaling_max_freq", "5000000\n"},
				{CPU1 "scaling_max_freq", "3800000\n"},
				{CPU2 "scaling_max_freq", "9000000\n"},
				{CPU0 "scaling_driver", "intel_pstate\n"},
				{CPU1 "scaling_driver", "intel_pstate\n"},
				{"sys/devices/system/cpu/intel_pstate/no_turbo",
				 "1\n"},
				{"sys/devices/system/cpu/smt/active", "1\n"},
				{"sys/devices/system/cpu/isolated", "\n"},
				{"sys/devices/system/cpu/nohz_full",
				 "  (null)\n"},
			},
		.expected =
			{
				{"governor", "powersave,performance"},
				{"frequency_min_khz", "400000"},
				{"frequency_max_khz", "5000000"},
				{"frequency_driver", "intel_pstate"},
				{"turbo", "off"},
				{"smt", "active"},
				{"isolated_cpus", "none"},
				{"nohz_full", "none"},
				{"online_cpus", NULL},
			},
	},
	{
		.name = "a governor whose name ends another's",
		.files =
			{
				{CPU0 "scaling_governor", "powersave\n"},
				{CPU1 "scaling_governor", "save\n"},
			},
		.expected = {{"governor", "powersave,save"}},
	},
	{
		.name = "a virtual machine of x86",
		.files =
			{
				{"proc/cpuinfo",
				 "vendor_id\t: GenuineIntel\ncpu MHz\t\t: "
				 "2600\n"
				 "model name\t: Some CPU @ 2 GHz "
				 "\nmicrocode\t: "
				 "0x1\n"
				 "flags\t\t: fpu hypervisor sse\n\n"
				 "model name\t: Some CPU @ 2 GHz\n"},
				{"proc/loadavg", "0.25 1.50 2.00 3/456 7890\n"},
				{"proc/stat",
				 "cpu  9 9 9 9 9 9 9 999 0 0\n"
				 "cpu0 1 2 3 4 5 6 7 10 0 0\n"
				 "cpu1 1 2 3 4 5 6 7 5 0 0\n"
				 "cpu2 1 2 3 4 5 6 7 80 0 0\nintr 5 5\n"},
				{"proc/meminfo",
				 "MemTotal:       16 kB\nMemFree: 1\n"},
				{"etc/os-release",
				 "NAME=x\nPRETTY_NAME=\"An OS 1\"\n"},
				{"sys/class/dmi/id/sys_vendor",
				 "VMware, Inc.\n"},
				{"sys/class/dmi/id/product_name",
				 "Virtual  \n"},
				{"proc/self/status",
				 "Cpus_allowed:\t7\n"
				 "Cpus_allowed_list:\t0-2\n"},
				{".dockerenv", ""},
			},
		.expected =
			{
				{"cpu_vendor", "GenuineIntel"},
				{"cpu_model", "Some CPU @ 2 GHz"},
				{"microcode", "0x1"},
				{"load_1min", "0.25"},
				{"load_15min", "2.00"},
				{"running", "3"},
				{"memory_total_kib", "16"},
				{"os", "An OS 1"},
				{"machine_vendor", "VMware, Inc."},
				{"machine_model", "Virtual"},
				{"virtualisation", "vmware"},
				{"container", "docker"},
				{"affinity", "0-2"},
				{"steal_ns", "150000000"},
			},
	},
	{
		.name = "Arm with two kinds, no hypervisor known",
		.files =
			{
				{"proc/cpuinfo",
				 "processor\t: 0\nCPU implementer\t: 0x41\n"
				 "CPU part\t: 0xd05\n\nprocessor\t: 1\n"
				 "CPU implementer\t: 0x41\nCPU part\t: "
				 "0xd0b\n"},
				{"proc/device-tree/model", "A Board\n"},
				{"sys/devices/system/cpu/cpufreq/boost", "1\n"},
			},
		.expected =
			{
				{"cpu_vendor", "0x41"},
				{"cpu_model", "0xd05,0xd0b"},
				{"machine_model", "A Board"},
				{"turbo", "on"},
				{"virtualisation", NULL},
				{"container", "none"},
			},
	},
	{
		.name = "garbage",
		.files =
			{
				{"proc/self/cgroup",
				 ":::\n\n::\nx\n0::nowhere\n2:cpu:/a"},
				{"proc/self/mountinfo",
				 "\n - \n1 2 3 / /sys/fs/cgroup rw - cgroup\n"
				 "1 2 - cgroup x rw,cpu\n"
				 "1 2 3 / /cg rw - cgroup x rw,cpu"},
				{"cg/a/cpu.cfs_quota_us",
				 "99999999999999999999\n"},
				{"cg/a/cpu.cfs_period_us", "x\n"},
				{"cg/cpu.cfs_quota_us", "5000 3\n"},
				{"cg/cpu.cfs_period_us", "0\n"},
				{"proc/cpuinfo", ": : :\n=\nflags"},
				{"proc/loadavg", "nan/1 1x"},
				{"proc/stat", "cpu0 1 2 3\ncpu1 - - -\n"},
				{"proc/meminfo", "MemTotal: many kB\n"},
				{"etc/os-release", "PRETTY_NAME=\"\n"},
				{CPU0 "scaling_min_freq", "-5\n"},
				{CPU1 "scaling_min_freq", "five\n"},
				{"proc/sys/kernel/perf_event_paranoid", "4x\n"},
				{"sys/devices/system/cpu/smt/active", "2\n"},
			},
		.expected =
			{
				{"cgroup", "/a"},
				{"quota", "none"},
				{"cpu_model", NULL},
				{"virtualisation", NULL},
				{"load_1min", NULL},
				{"load_5min", NULL},
				{"running", NULL},
				{"steal_ns", NULL},
				{"memory_total_kib", NULL},
				{"os", "\""},
				{"frequency_min_khz", NULL},
				{"perf_event_paranoid", NULL},
				{"smt", NULL},
			},
	},
	{
		.name = "nothing at all",
		.expected =
			{
				{"pus", "3"},
				{"packages", NULL},
				{"quota", NULL},
				{"cgroup_version", NULL},
				{"governor", NULL},
				{"smt", NULL},
				{"online_cpus", NULL},
				{"cpu_model", NULL},
				{"command_line", "pinsum -w 2"},
				{"topology_source", "this machine"},
				{"discovery_ns", "1234"},
			},
	},
};

/* Three CPUs, the last one not in the mask. */
static struct pu pus[] = {
	{.os = 0, .usable = true},
	{.os = 1, .usable = true},
	{.os = 2},
};
static int pu_of_os[] = {0, 1, 2};
static unsigned char states[] = {CPU_USABLE, CPU_USABLE, CPU_NOT_IN_MASK};
static const struct machine machine = {
	.pus = pus,
	.pu_count = 3,
	.pu_of_os = pu_of_os,
	.state_of_os = states,
	.os_count = 3,
	.is_this_system = true,
	.discovery_ns = 1234,
};

static char program[] = "pinsum", option[] = "-w", number[] = "2";
static char *const arguments[] = {program, option, number, NULL};

static const char *value_of(const struct environment *environment,
			    const char *key)
{
	size_t i;

	for (i = 0; i < environment->count; i++)
		if (strcmp(environment->entries[i].key, key) == 0)
			return environment->entries[i].value;
	return "no such key";
}

static void test_tree(const struct tree *tree)
{
	char *root = tree_make(tree->files);
	struct environment environment;
	const struct expected *e;
	const char *value;
	int error = environment_read_below(root, &machine, 3, arguments,
					   &environment);

	tap_is_int(error, 0, "%s: read", tree->name);
	for (e = tree->expected; e->key; e++) {
		value = value_of(&environment, e->key);
		tap_is_text(value ? value : "NA", e->value ? e->value : "NA",
			    "%s: %s", tree->name, e->key);
	}
	environment_free(&environment);
	tree_remove(root);
}

/* A line of a megabyte is cut, not taken for something else. */
static void test_long_lines(void)
{
	size_t size = (size_t)1 << 20;
	char *text = malloc(size + 1);
	struct environment environment;
	struct tree tree = {.files = {{"proc/cpuinfo", text},
				      {"proc/loadavg", text},
				      {"proc/self/cgroup", text},
				      {"proc/stat", text},
				      {"sys/class/dmi/id/sys_vendor", text}}};
	const char *vendor;
	char *root;

	if (!text)
		exit(1);
	memset(text, '7', size);
	text[size] = '\0';
	root = tree_make(tree.files);
	tap_is_int(environment_read_below(root, &machine, 3, arguments,
					  &environment),
		   0, "long lines: read");
	vendor = value_of(&environment, "machine_vendor");
	tap_ok(vendor && strlen(vendor) == 4096, "long lines: cut");
	tap_ok(!value_of(&environment, "cgroup"), "long lines: no cgroup");
	environment_free(&environment);
	tree_remove(root);
	free(text);
}

/* Every key once, documented, well-formed; values of one printable line. */
static bool is_name(const char *key)
{
	return *key && strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_") ==
			       strlen(key);
}

static bool is_printable(const char *value)
{
	for (; *value; value++)
		if ((unsigned char)*value < ' ' || *value == 0x7f)
			return false;
	return true;
}

static void test_this_machine(void)
{
	struct environment environment;
	const char *key, *meaning, *value;
	size_t i, j;

	tap_is_int(environment_read(&machine, 3, arguments, &environment), 0,
		   "this machine: read");
	for (i = 0; (key = environment_key(i, &meaning)); i++) {
		tap_ok(i < environment.count &&
			       strcmp(environment.entries[i].key, key) == 0,
		       "%s is in its place", key);
		tap_ok(is_name(key) && meaning && *meaning, "%s is described",
		       key);
		for (j = 0; j < i; j++)
			if (strcmp(environment_key(j, NULL), key) == 0)
				tap_ok(false, "%s is there twice", key);
		value = environment.entries[i].value;
		tap_ok(!value || (*value && is_printable(value)),
		       "%s is printable", key);
		tap_note("%s: %s", key, value ? value : "NA");
	}
	tap_is_int((int64_t)environment.count, (int64_t)i, "no further keys");
	value = value_of(&environment, "kernel");
	tap_ok(value && *value, "the kernel is known");
	environment_free(&environment);
}

/* A foreign topology's numbers are not looked up on this machine. */
static void test_foreign_topology(void)
{
	struct machine foreign = machine;
	const struct tree_file files[] = {
		{CPU0 "scaling_governor", "performance\n"},
		{"proc/stat", "cpu0 1 2 3 4 5 6 7 8 9\n"},
		{0},
	};
	char *root = tree_make(files);
	struct environment environment;

	foreign.is_this_system = false;
	foreign.why_not = "--input";
	tap_is_int(environment_read_below(root, &foreign, 3, arguments,
					  &environment),
		   0, "foreign topology: read");
	tap_is_text(value_of(&environment, "topology_source"), "--input",
		    "foreign topology: source");
	tap_ok(!value_of(&environment, "steal_ns") &&
		       !value_of(&environment, "governor"),
	       "foreign topology: nothing of its CPUs");
	environment_free(&environment);
	tree_remove(root);
}

int main(void)
{
	size_t i;

	for (i = 0; i < sizeof trees / sizeof *trees; i++)
		test_tree(&trees[i]);
	test_long_lines();
	test_this_machine();
	test_foreign_topology();
	return tap_done();
}
