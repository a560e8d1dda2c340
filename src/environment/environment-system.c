/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of the computer, its kernel and what it is busy with. */
#include <config.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "base/procfile.h"
#include "environment/environment-source.h"
#include "measure/counters.h"

#define DMI	   "/sys/class/dmi/id/"
#define TEXT_LIMIT ((size_t)64 << 10)

static char *read_host(struct environment_source *s, const char *argument)
{
	struct utsname name;

	(void)argument;
	return uname(&name) == 0 ? source_format(s, "%s", name.nodename) : NULL;
}

static char *read_kernel(struct environment_source *s, const char *argument)
{
	struct utsname name;

	(void)argument;
	if (uname(&name) != 0)
		return NULL;
	return source_format(s, "%s %s", name.release, name.version);
}

static char *read_architecture(struct environment_source *s,
			       const char *argument)
{
	struct utsname name;

	(void)argument;
	return uname(&name) == 0 ? source_format(s, "%s", name.machine) : NULL;
}

/* The value of `key` in a file of such lines, without quotes around it. */
static char *read_value(struct environment_source *s, const char *path,
			const char *key)
{
	char *text = source_text(s, path, TEXT_LIMIT, NULL), *copy = NULL;
	const char *value = NULL;
	size_t length = 0;

	if (text)
		value = procfile_find(text, key, &length, NULL);
	if (value && length >= 2 && strchr("\"'", value[0]) &&
	    value[length - 1] == value[0]) {
		value++;
		length -= 2;
	}
	if (value && length)
		copy = source_format(s, "%.*s", (int)length, value);
	free(text);
	return copy;
}

static char *read_os(struct environment_source *s, const char *key)
{
	char *name = read_value(s, "/etc/os-release", key);

	return name ? name : read_value(s, "/usr/lib/os-release", key);
}

static char *read_memory(struct environment_source *s, const char *path)
{
	char *text = source_text(s, path, TEXT_LIMIT, NULL);
	int64_t kib;
	bool found = text && procfile_number(text, "MemTotal", &kib) == 0;

	free(text);
	return found ? source_format(s, "%" PRId64, kib) : NULL;
}

static char *read_machine_model(struct environment_source *s, const char *path)
{
	char *model = source_line(s, path);

	return model ? model : source_line(s, "/proc/device-tree/model");
}

/* Signs of a hypervisor, the surest first. */
static const struct sign {
	const char *path, *part, *name;
} hypervisors[] = {
	{"/sys/hypervisor/type", "xen", "xen"},
	{"/sys/devices/system/clocksource/clocksource0/available_clocksource",
	 "kvm-clock", "kvm"},
	{"/sys/devices/system/clocksource/clocksource0/available_clocksource",
	 "hyperv_clocksource", "hyper-v"},
	{"/proc/device-tree/hypervisor/compatible", "linux,kvm", "kvm"},
	{"/proc/device-tree/hypervisor/compatible", "xen", "xen"},
	{"/proc/sysinfo", "KVM/Linux", "kvm"},
	{"/proc/sysinfo", "z/VM", "z/vm"},
	{DMI "sys_vendor", "QEMU", "qemu"},
	{DMI "sys_vendor", "VMware", "vmware"},
	{DMI "sys_vendor", "innotek", "virtualbox"},
	{DMI "sys_vendor", "Xen", "xen"},
	{DMI "product_name", "Virtual Machine", "hyper-v"},
};

/* x86's flag of an unknown one; NULL where there is no such line. */
static const char *hypervisor_flag(const char *cpuinfo)
{
	static const char flag[] = "hypervisor";
	const char *flags = NULL, *at;
	size_t length;

	if (cpuinfo)
		flags = procfile_find(cpuinfo, "flags", &length, NULL);
	if (!flags)
		return NULL;
	at = memmem(flags, length, flag, strlen(flag));
	return at ? "unknown hypervisor" : "none";
}

static char *read_virtualisation(struct environment_source *s,
				 const char *argument)
{
	const char *name = NULL;
	size_t i;

	(void)argument;
	for (i = 0; !name && i < sizeof hypervisors / sizeof *hypervisors; i++)
		if (source_contains(s, hypervisors[i].path,
				    hypervisors[i].part))
			name = hypervisors[i].name;
	if (!name)
		name = hypervisor_flag(s->cpuinfo);
	return name ? source_format(s, "%s", name) : NULL;
}

/* container=NAME among the variables of the first process, which only its
 * own user may read. */
static char *read_container_variable(struct environment_source *s)
{
	static const char name[] = "container=";
	size_t length, i;
	char *text = source_text(s, "/proc/1/environ", TEXT_LIMIT, &length);
	char *value = NULL;

	for (i = 0; text && !value && i < length; i += strlen(text + i) + 1)
		if (strncmp(text + i, name, strlen(name)) == 0 &&
		    text[i + strlen(name)])
			value = source_format(s, "%s", text + i + strlen(name));
	free(text);
	return value;
}

static const struct sign containers[] = {
	{"/proc/self/cgroup", "kubepods", "kubernetes"},
	{"/proc/self/cgroup", "/docker/", "docker"},
	{"/proc/self/cgroup", "/docker-", "docker"},
	{"/proc/self/cgroup", "/libpod-", "podman"},
	{"/proc/self/cgroup", "/lxc", "lxc"},
	{"/.dockerenv", "", "docker"}, /* they may be empty */
	{"/run/.containerenv", "", "podman"},
};

static char *read_container(struct environment_source *s, const char *path)
{
	char *name = source_line(s, path);
	size_t i;

	if (!name)
		name = read_container_variable(s);
	for (i = 0; !name && i < sizeof containers / sizeof *containers; i++)
		if (source_contains(s, containers[i].path, containers[i].part))
			name = source_format(s, "%s", containers[i].name);
	return name ? name : source_format(s, "none");
}

/* "0.12 0.34 0.56 1/234 5678": the word with that number, up to a slash. */
static char *read_load(struct environment_source *s, const char *number)
{
	const char *at = s->loadavg;
	int64_t skip = 0;
	size_t length;

	if (!at || procfile_parse(number, &skip) != 0)
		return NULL;
	for (; skip > 0; skip--) {
		at += strcspn(at, " ");
		at += strspn(at, " ");
	}
	length = strspn(at, "0123456789.");
	if (!length || (at[length] && !strchr(" /", at[length])))
		return NULL;
	return source_format(s, "%.*s", (int)length, at);
}

static char *read_counters(struct environment_source *s, const char *argument)
{
	(void)s;
	(void)argument;
	return counters_text();
}

const struct environment_row environment_system[] = {
	{
		.key = "host",
		.meaning = "name of the host",
		.read = read_host,
	},
	{
		.key = "kernel",
		.meaning = "release and version of the kernel",
		.read = read_kernel,
	},
	{
		.key = "architecture",
		.meaning = "what the kernel calls the machine",
		.read = read_architecture,
	},
	{
		.key = "os",
		.meaning = "name of the distribution",
		.read = read_os,
		.argument = "PRETTY_NAME",
	},
	{
		.key = "machine_vendor",
		.meaning = "maker of the computer",
		.read = source_line,
		.argument = DMI "sys_vendor",
	},
	{
		.key = "machine_model",
		.meaning = "model of the computer",
		.read = read_machine_model,
		.argument = DMI "product_name",
	},
	{
		.key = "firmware",
		.meaning = "version of the firmware",
		.read = source_line,
		.argument = DMI "bios_version",
	},
	{
		.key = "virtualisation",
		.meaning = "hypervisor that the machine runs on, or none",
		.read = read_virtualisation,
	},
	{
		.key = "container",
		.meaning =
			"container that the program seems to run in, or none",
		.read = read_container,
		.argument = "/run/systemd/container",
	},
	{
		.key = "memory_total_kib",
		.meaning = "memory of the machine, in KiB",
		.read = read_memory,
		.argument = "/proc/meminfo",
	},
	{
		.key = "load_1min",
		.meaning = "load average over 1 minute",
		.read = read_load,
		.argument = "0",
	},
	{
		.key = "load_5min",
		.meaning = "load average over 5 minutes",
		.read = read_load,
		.argument = "1",
	},
	{
		.key = "load_15min",
		.meaning = "load average over 15 minutes",
		.read = read_load,
		.argument = "2",
	},
	{
		.key = "running",
		.meaning = "processes and threads that ran or could have run",
		.read = read_load,
		.argument = "3",
	},
	{
		.key = "clocksource",
		.meaning = "what the kernel reads the time from",
		.read = source_line,
		.argument = "/sys/devices/system/clocksource/clocksource0/"
			    "current_clocksource",
	},
	{
		.key = "counters",
		.meaning = "whether cycles and instructions can be counted, "
			   "or why not",
		.read = read_counters,
	},
	{
		.key = "perf_event_paranoid",
		.meaning = "how far performance counters are kept from users",
		.read = source_number,
		.argument = "/proc/sys/kernel/perf_event_paranoid",
	},
	{
		.key = "sched_rt_runtime_us",
		.meaning = "time in a period that real-time threads may take",
		.read = source_number,
		.argument = "/proc/sys/kernel/sched_rt_runtime_us",
	},
	{0},
};
