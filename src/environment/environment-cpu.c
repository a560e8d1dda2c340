/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of the CPUs. */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/procfile.h"
#include "environment/environment-source.h"
#include "experiment/busy.h"

#define STAT_LIMIT ((size_t)512 << 10) /* the CPUs come first */
#define SYSTEM_CPU "/sys/devices/system/cpu/"

/* Distinct values of a key of /proc/cpuinfo, by commas. */
static char *read_cpuinfo(struct environment_source *s, const char *key)
{
	const char *text = s->cpuinfo, *value;
	char *list = NULL;
	size_t length;

	while (text && (value = procfile_find(text, key, &length, &text)))
		if (length)
			source_join(s, &list, value, length);
	return list;
}

/* Architectures name them differently: the first that is there. */
static char *read_first(struct environment_source *s, const char *const *keys)
{
	char *list = NULL;

	for (; *keys && !list; keys++)
		list = read_cpuinfo(s, *keys);
	return list;
}

static char *read_vendor(struct environment_source *s, const char *argument)
{
	static const char *const keys[] = {
		"vendor_id", "CPU implementer", "mvendorid", "vendor", NULL,
	};

	(void)argument;
	return read_first(s, keys);
}

static char *read_model(struct environment_source *s, const char *argument)
{
	/* The tabulator keeps "cpu MHz" out. */
	static const char *const keys[] = {
		"model name", "Model Name", "cpu model", "CPU part",
		"uarch",      "cpu\t",	    "isa",	 NULL,
	};

	(void)argument;
	return read_first(s, keys);
}

static char *read_affinity(struct environment_source *s, const char *path)
{
	char *text = source_text(s, path, STAT_LIMIT, NULL), *list = NULL;
	const char *value;
	size_t length;

	if (!text)
		return NULL;
	value = procfile_find(text, "Cpus_allowed_list", &length, NULL);
	if (value && length)
		source_join(s, &list, value, length);
	free(text);
	return list;
}

/* A file with 1 or 0 as the first or the second of two words, by commas. */
static char *read_switch(struct environment_source *s, const char *path,
			 const char *one, const char *zero)
{
	char *line = source_line(s, path);
	const char *word = NULL;

	if (line && strcmp(line, "1") == 0)
		word = one;
	if (line && strcmp(line, "0") == 0)
		word = zero;
	free(line);
	return word ? source_format(s, "%s", word) : NULL;
}

static char *read_smt(struct environment_source *s, const char *path)
{
	return read_switch(s, path, "active", "inactive");
}

static char *read_turbo(struct environment_source *s, const char *argument)
{
	char *text =
		read_switch(s, SYSTEM_CPU "intel_pstate/no_turbo", "off", "on");

	(void)argument;
	if (text)
		return text;
	return read_switch(s, SYSTEM_CPU "cpufreq/boost", "on", "off");
}

/* A file of the cpufreq folder of a CPU. */
static char *read_cpufreq(struct environment_source *s, unsigned os,
			  const char *file)
{
	char *path = source_format(s, SYSTEM_CPU "cpu%u/cpufreq/%s", os, file);
	char *line = path ? source_line(s, path) : NULL;

	free(path);
	return line;
}

/* Distinct values over the usable CPUs; those of another machine have none
 * here. */
static char *read_distinct(struct environment_source *s, const char *file)
{
	const struct pu *pu = s->machine->pus;
	const struct pu *end = pu + s->machine->pu_count;
	char *list = NULL, *one;

	for (; s->machine->is_this_system && pu < end; pu++) {
		one = pu->usable ? read_cpufreq(s, pu->os, file) : NULL;
		if (one)
			source_join(s, &list, one, strlen(one));
		free(one);
	}
	return list;
}

/* The least (sign 1) or the greatest (sign -1) number over the usable CPUs. */
static char *read_extreme(struct environment_source *s, const char *file,
			  int sign)
{
	char *list = read_distinct(s, file), *rest = list, *word;
	int64_t value, best = 0;

	while ((word = strsep(&rest, ",")))
		if (procfile_parse(word, &value) == 0 && value > 0 &&
		    (!best || (value < best) == (sign > 0)))
			best = value;
	free(list);
	return best ? source_format(s, "%" PRId64, best) : NULL;
}

static char *read_least(struct environment_source *s, const char *file)
{
	return read_extreme(s, file, 1);
}

static char *read_greatest(struct environment_source *s, const char *file)
{
	return read_extreme(s, file, -1);
}

char *environment_governor(struct environment_source *s, unsigned cpu)
{
	return read_cpufreq(s, cpu, "scaling_governor");
}

/* Ticks of CPUs, all since boot. */
struct ticks {
	uintmax_t busy; /* neither idle nor stolen */
	uintmax_t stolen;
};

/* "cpu3 user nice system idle iowait irq softirq steal ..." */
static bool parse_ticks(const char *line, unsigned *cpu, struct ticks *ticks)
{
	uintmax_t user, nice, system, irq, softirq;

	if (sscanf(line, "cpu%u %ju %ju %ju %*u %*u %ju %ju %ju", cpu, &user,
		   &nice, &system, &irq, &softirq, &ticks->stolen) != 7)
		return false;
	ticks->busy = user + nice + system + irq + softirq;
	return true;
}

/* Of the usable CPUs together; false where the kernel does not say. */
static bool read_ticks(struct environment_source *s, const char *path,
		       struct ticks *sum)
{
	char *text = source_text(s, path, STAT_LIMIT, NULL), *rest = text;
	struct ticks ticks;
	bool found = false;
	unsigned cpu;
	char *line;

	*sum = (struct ticks){0};
	while ((line = strsep(&rest, "\n")) && strncmp(line, "cpu", 3) == 0) {
		if (!s->machine->is_this_system ||
		    !parse_ticks(line, &cpu, &ticks) ||
		    topology_cpu_state(s->machine, cpu) != CPU_USABLE)
			continue;
		sum->busy += ticks.busy;
		sum->stolen += ticks.stolen;
		found = true;
	}
	free(text);
	return found;
}

static char *read_steal(struct environment_source *s, const char *path)
{
	long hertz = sysconf(_SC_CLK_TCK);
	struct ticks ticks;

	if (!read_ticks(s, path, &ticks) || hertz <= 0 ||
	    ticks.stolen > INT64_MAX / 1000000000)
		return NULL;
	return source_format(s, "%ju",
			     ticks.stolen * (1000000000 / (uintmax_t)hertz));
}

static char *read_steal_share(struct environment_source *s, const char *path)
{
	struct ticks ticks;
	double share;
	char text[NUMBER_RATIO_MAX];
	size_t length;

	if (!read_ticks(s, path, &ticks) || ticks.busy + ticks.stolen == 0)
		return NULL;
	share = (double)ticks.stolen / ((double)ticks.stolen +
					(double)ticks.busy);
	length = number_format_ratio(text, share);
	return source_format(s, "%.*s", (int)length, text);
}

/* "1: 1234 (make); 0: 77 (cc1)" */
static char *read_busy(struct environment_source *s, const char *argument)
{
	char *list = NULL, *longer;
	struct busy busy;

	(void)argument;
	if (busy_look(s->root, &busy))
		return NULL;
	if (!busy.count)
		return source_format(s, "none");
	for (size_t i = 0; i < busy.count; i++) {
		longer = source_format(s, "%s%s%d: %ld (%s)",
				       list ? list : "", list ? "; " : "",
				       busy.found[i].cpu, busy.found[i].pid,
				       busy.found[i].name);
		free(list);
		list = longer;
		if (!list)
			return NULL;
	}
	return list;
}

const struct environment_row environment_cpu[] = {
	{
		.key = "cpu_vendor",
		.meaning = "maker of the CPUs; a number on some architectures",
		.read = read_vendor,
	},
	{
		.key = "cpu_model",
		.meaning = "model of the CPUs; part numbers on Arm",
		.read = read_model,
	},
	{
		.key = "microcode",
		.meaning = "revision of the microcode",
		.read = read_cpuinfo,
		.argument = "microcode",
	},
	{
		.key = "online_cpus",
		.meaning = "CPUs that are online",
		.read = source_list,
		.argument = SYSTEM_CPU "online",
	},
	{
		.key = "offline_cpus",
		.meaning = "CPUs that could be online and are not",
		.read = source_list,
		.argument = SYSTEM_CPU "offline",
	},
	{
		.key = "affinity",
		.meaning = "affinity mask that the program started with",
		.read = read_affinity,
		.argument = "/proc/self/status",
	},
	{
		.key = "isolated_cpus",
		.meaning = "CPUs kept free of the scheduler's balancing",
		.read = source_list,
		.argument = SYSTEM_CPU "isolated",
	},
	{
		.key = "nohz_full",
		.meaning = "CPUs without a periodic tick",
		.read = source_list,
		.argument = SYSTEM_CPU "nohz_full",
	},
	{
		.key = "smt",
		.meaning =
			"whether cores run several threads: active, inactive",
		.read = read_smt,
		.argument = SYSTEM_CPU "smt/active",
	},
	{
		.key = "smt_control",
		.meaning = "what the kernel was told about that",
		.read = source_line,
		.argument = SYSTEM_CPU "smt/control",
	},
	{
		.key = "frequency_driver",
		.meaning = "frequency drivers of the usable CPUs",
		.read = read_distinct,
		.argument = "scaling_driver",
	},
	{
		.key = "governor",
		.meaning = "frequency governors of the usable CPUs",
		.read = read_distinct,
		.argument = "scaling_governor",
	},
	{
		.key = "frequency_min_khz",
		.meaning = "lowest frequency that a usable CPU may have",
		.read = read_least,
		.argument = "scaling_min_freq",
	},
	{
		.key = "frequency_max_khz",
		.meaning = "highest frequency that a usable CPU may have",
		.read = read_greatest,
		.argument = "scaling_max_freq",
	},
	{
		.key = "turbo",
		.meaning = "frequencies beyond the nominal one: on, off",
		.read = read_turbo,
	},
	{
		.key = "steal_ns",
		.meaning = "time since boot that a hypervisor took from the "
			   "usable CPUs; counted in steps of 10 ms or so",
		.read = read_steal,
		.argument = "/proc/stat",
	},
	{
		.key = "steal_share",
		.meaning = "that time over it and the time that they ran",
		.read = read_steal_share,
		.argument = "/proc/stat",
	},
	{
		.key = "busy",
		.meaning = "other processes that ran at that moment, CPU, "
			   "number and name of each, or none",
		.read = read_busy,
	},
	{0},
};
