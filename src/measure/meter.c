/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "measure/meter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/procfile.h"
#include "measure/meter-energy.h"
#include "plan/plan.h"
#include "report/record.h"

/* Longest line of a CPU in /proc/stat: ten numbers. */
#define STAT_LINE 224

/* A run shorter than this many ticks cannot tell no steal from some. */
#define GRAINS 10

static int open_throttle(struct meter *meter, const char *root)
{
	struct cgroups cgroups;
	int error = cgroup_locate(root, &cgroups);

	meter->throttle_error =
		error ? error : cgroup_cpu_open(&cgroups, &meter->throttle);
	cgroup_free(&cgroups);
	return meter->throttle_error == -ENOMEM ? -ENOMEM : 0;
}

static int open_stat(struct meter *meter, const struct machine *machine,
		     const char *root)
{
	char path[4096];

	if (snprintf(path, sizeof path, "%s/proc/stat", root) >=
	    (int)sizeof path)
		return -ENAMETOOLONG;
	meter->size = (machine->os_count + 2) * (size_t)STAT_LINE;
	meter->text = malloc(meter->size);
	meter->steal_before =
		calloc(machine->os_count + 1, sizeof *meter->steal_before);
	if (!meter->text || !meter->steal_before)
		return -ENOMEM;
	meter->stat = open(path, O_RDONLY | O_CLOEXEC);
	return 0;
}

int meter_open(struct meter *meter, const struct machine *machine,
	       const char *root)
{
	int error;

	*meter = (struct meter){.stat = -1};
	error = open_throttle(meter, root);
	if (!error)
		error = open_stat(meter, machine, root);
	if (!error)
		error = meter_energy_open(meter, root);
	if (error)
		meter_close(meter);
	return error;
}

void meter_close(struct meter *meter)
{
	if (!meter->throttle_error)
		cgroup_cpu_close(&meter->throttle);
	meter->throttle_error = -ENOENT;
	if (meter->stat >= 0)
		close(meter->stat);
	meter->stat = -1;
	free(meter->text);
	free(meter->steal_before);
	meter->text = NULL;
	meter->steal_before = NULL;
	meter_energy_close(meter);
}

static int64_t read_throttled(const struct meter *meter)
{
	struct cgroup_throttle throttle;

	if (meter->throttle_error ||
	    cgroup_cpu_read(&meter->throttle, &throttle))
		return RECORD_NA;
	return throttle.ns;
}

/* "cpuN user nice system idle iowait irq softirq steal guest guest_nice" */
static const char *parse_line(const char *line, unsigned *cpu, int64_t *steal)
{
	char *end;

	if (strncmp(line, "cpu", 3) != 0)
		return NULL;
	line += 3;
	*cpu = *line == ' ' ? UINT32_MAX : (unsigned)strtoul(line, &end, 10);
	line += strcspn(line, " \n");
	for (int field = 0; field < 8; field++) {
		*steal = strtoll(line, &end, 10);
		if (end == line)
			return NULL; /* a kernel without that field */
		line = end;
	}
	line = strchr(line, '\n');
	return line ? line + 1 : NULL;
}

/* Steal of every CPU so far, in ticks, by OS number; false where the kernel
 * does not say. */
static bool read_steal(struct meter *meter, unsigned count, int64_t *steal)
{
	const char *line = meter->text;
	bool any = false;
	int64_t ticks;
	unsigned cpu;
	ssize_t n;

	if (meter->stat < 0)
		return false;
	n = pread(meter->stat, meter->text, meter->size - 1, 0);
	if (n <= 0)
		return false;
	meter->text[n] = '\0';
	while (line && (line = parse_line(line, &cpu, &ticks)))
		if (cpu < count) {
			steal[cpu] = ticks;
			any = true;
		}
	return any;
}

/* Which PUs the plan uses; all usable ones where it does not pin. */
static bool *used_pus(const struct machine *machine, const struct plan *plan)
{
	bool *used = calloc(machine->pu_count, sizeof *used);

	for (unsigned i = 0; used && !plan->pu_count && i < machine->pu_count;
	     i++)
		used[i] = machine->pus[i].usable;
	for (size_t i = 0; used && i < plan->pu_count; i++)
		used[plan->pus[i]] = true;
	return used;
}

static int64_t stolen_ticks(const struct machine *machine, const bool *used,
			    const int64_t *before, const int64_t *now)
{
	int64_t ticks = 0;

	for (unsigned i = 0; i < machine->pu_count; i++)
		if (used[i])
			ticks += now[machine->pus[i].os] -
				 before[machine->pus[i].os];
	return ticks;
}

static int64_t steal_since(struct meter *meter, const struct machine *machine,
			   const struct plan *plan, int64_t wall_ns)
{
	int64_t tick_ns = NS_PER_S / sysconf(_SC_CLK_TCK);
	int64_t *now = calloc(machine->os_count + 1, sizeof *now);
	bool *used = used_pus(machine, plan);
	int64_t ticks = RECORD_NA;

	if (now && used && meter->steal_known &&
	    read_steal(meter, machine->os_count, now))
		ticks = stolen_ticks(machine, used, meter->steal_before, now);
	free(now);
	free(used);
	if (ticks == RECORD_NA || ticks < 0 ||
	    (ticks == 0 && wall_ns < GRAINS * tick_ns))
		return RECORD_NA;
	return ticks * tick_ns;
}

void meter_before(struct meter *meter, const struct machine *machine)
{
	meter->throttled_before = read_throttled(meter);
	meter->steal_known =
		read_steal(meter, machine->os_count, meter->steal_before);
	meter_energy_before(meter);
}

void meter_after(struct meter *meter, const struct machine *machine,
		 const struct plan *plan, int64_t wall_ns,
		 struct meter_reading *reading)
{
	int64_t throttled = read_throttled(meter);

	reading->throttled_ns = RECORD_NA;
	if (throttled != RECORD_NA && meter->throttled_before != RECORD_NA)
		reading->throttled_ns = throttled - meter->throttled_before;
	reading->energy_uj = meter_energy_after(meter, machine, plan);
	reading->steal_ns = steal_since(meter, machine, plan, wall_ns);
}
