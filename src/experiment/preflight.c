/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/preflight.h"

#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"
#include "base/message.h"
#include "environment/environment-source.h"
#include "experiment/busy.h"

/* A hypervisor that took less since boot is not worth a word. */
#define STEAL_WORTH 0.01

struct preflight {
	const struct experiment *e;
	struct environment_source source;
	bool *chosen; /* by PU: in use by any configuration */
};

/* Every PU that a worker may be on. */
static void mark_chosen(struct preflight *p)
{
	const struct machine *machine = p->e->machine;

	for (size_t i = 0; i < p->e->count; i++) {
		const struct plan *plan = &p->e->configs[i].plan;

		for (size_t k = 0; k < plan->pu_count; k++)
			p->chosen[plan->pus[k]] = true;
		for (unsigned k = 0; !plan->pu_count && k < machine->pu_count;
		     k++)
			p->chosen[k] |= machine->pus[k].usable;
	}
}

/* Whether the PU, or another of its core, is in use. */
static bool is_near(const struct preflight *p, int pu)
{
	const struct machine *machine = p->e->machine;
	unsigned core = topology_core_key(machine, (unsigned)pu);

	for (unsigned i = 0; i < machine->pu_count; i++)
		if (p->chosen[i] && topology_core_key(machine, i) == core)
			return true;
	return false;
}

static int pu_of_cpu(const struct machine *machine, int cpu)
{
	return cpu >= 0 && (unsigned)cpu < machine->os_count
		       ? machine->pu_of_os[cpu]
		       : NONE;
}

static void name_busy(const struct preflight *p, const struct busy_process *b)
{
	bool own = p->chosen[pu_of_cpu(p->e->machine, b->cpu)];

	message_note("CPU %d is busy: process %ld (%s) was running on it just "
		     "now%s",
		     b->cpu, b->pid, b->name,
		     own ? "" : ", and it is a sibling of one in use");
}

/* More threads than there are CPUs beside the chosen ones must get in the
 * way of some worker, wherever they are. */
static void check_busy(struct preflight *p)
{
	const struct machine *machine = p->e->machine;
	size_t free_cpus = topology_usable_pus(machine), near = 0;
	struct busy busy;

	if (busy_look(p->source.root, &busy))
		return;
	for (size_t i = 0; i < busy.count; i++) {
		int pu = pu_of_cpu(machine, busy.found[i].cpu);

		if (pu == NONE || !is_near(p, pu))
			continue;
		if (!near++)
			name_busy(p, &busy.found[i]);
	}
	for (unsigned i = 0; i < machine->pu_count; i++)
		free_cpus -= p->chosen[i];
	if (near > 1)
		message_note("%zu more process%s running on CPUs in use",
			     near - 1, near == 2 ? " was" : "es were");
	else if (!near && busy.others > free_cpus)
		message_note("%zu other thread%s could run just now, and "
			     "beside the CPUs in use there %s %zu",
			     busy.others, busy.others == 1 ? "" : "s",
			     free_cpus == 1 ? "is" : "are", free_cpus);
}

static size_t most_workers(const struct experiment *e)
{
	size_t most = 0;

	for (size_t i = 0; i < e->count; i++)
		if (e->configs[i].setup.workers > most)
			most = e->configs[i].setup.workers;
	return most;
}

static void check_quota(struct preflight *p)
{
	size_t workers = most_workers(p->e);
	struct cgroup_quota quota;
	double cpus;

	if (cgroup_quota(&p->source.cgroups, &quota))
		return;
	cpus = (double)quota.quota_us / (double)quota.period_us;
	if ((double)workers > cpus)
		message_note("%zu worker%s more than the quota of %.2f CPUs "
			     "(%s): see throttled_ns",
			     workers, workers == 1 ? " is" : "s are", cpus,
			     quota.from + p->source.cgroups.root);
	free(quota.from);
}

static void check_governor(struct preflight *p)
{
	for (unsigned i = 0; i < p->e->machine->pu_count; i++) {
		unsigned cpu = p->e->machine->pus[i].os;
		char *governor = NULL;
		bool other;

		if (p->chosen[i])
			governor = environment_governor(&p->source, cpu);
		other = governor && strcmp(governor, "performance") != 0;
		if (other)
			message_note("the frequency governor of CPU %u is %s, "
				     "not performance: its speed may change "
				     "between runs",
				     cpu, governor);
		free(governor);
		if (other)
			return;
	}
}

/* It is lower the more cores are at work. */
static void check_turbo(struct preflight *p)
{
	char *turbo;

	if (most_workers(p->e) < 2)
		return;
	turbo = environment_value(&p->source, "turbo");
	if (turbo && !strcmp(turbo, "on"))
		message_note("turbo is on: cores are slower the more of them "
			     "work, and hotter ones too");
	free(turbo);
}

static void check_steal(struct preflight *p)
{
	char *share = environment_value(&p->source, "steal_share");

	if (share && strtod(share, NULL) >= STEAL_WORTH)
		message_note("a hypervisor has taken %.1f %% of the busy time "
			     "of these CPUs since boot: see off_ns",
			     100 * strtod(share, NULL));
	free(share);
}

/* Two workers on different PUs of one core. */
static bool shares_core(const struct config *config, unsigned cpus[2])
{
	const struct machine *machine = config->setup.machine;
	const struct plan *plan = &config->plan;
	unsigned keys = 2 * (machine->os_count + machine->pu_count);
	int *taken = calloc(keys, sizeof *taken); /* by core: PU + 1 */
	bool shared = false;

	for (size_t i = 0; taken && i < plan->workers && !shared; i++) {
		const struct seat *seat = &plan->seats[i];
		unsigned pu, key;

		if (seat->count != 1)
			continue;
		pu = plan->pus[seat->first];
		key = topology_core_key(machine, pu);
		shared = taken[key] && taken[key] != (int)pu + 1;
		if (shared) {
			cpus[0] = machine->pus[taken[key] - 1].os;
			cpus[1] = machine->pus[pu].os;
		}
		taken[key] = (int)pu + 1;
	}
	free(taken);
	return shared;
}

static void check_siblings(struct preflight *p)
{
	unsigned cpus[2] = {0};

	for (size_t i = 0; i < p->e->count; i++) {
		if (!shares_core(&p->e->configs[i], cpus))
			continue;
		message_note("configuration %zu has two workers on one core, "
			     "CPUs %u and %u: they share its units, and "
			     "--no-smt gives each its own",
			     i + 1, cpus[0], cpus[1]);
		return;
	}
}

static bool is_listed(const struct cpulist *list, unsigned cpu)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->cpus[i] == cpu)
			return true;
	return false;
}

static void check_isolated(struct preflight *p)
{
	const struct machine *machine = p->e->machine;
	char *list = environment_value(&p->source, "isolated_cpus");
	size_t inside = 0, outside = 0, idle = 0;
	struct cpulist cpus = {0};

	if (list && strcmp(list, "none") != 0)
		(void)cpulist_parse(list, &cpus, NULL);
	for (unsigned i = 0; cpus.count && i < machine->pu_count; i++) {
		bool isolated = is_listed(&cpus, machine->pus[i].os);

		inside += isolated && p->chosen[i];
		outside += !isolated && p->chosen[i];
		idle += isolated && !p->chosen[i];
	}
	if (inside && outside)
		message_note("CPUs %s are isolated from the scheduler, others "
			     "in use are not: they do not compare",
			     list);
	else if (idle && !inside)
		message_note("CPUs %s are isolated from the scheduler, and "
			     "none of them is in use",
			     list);
	cpulist_free(&cpus);
	free(list);
}

/* In the order of the notes. */
static void (*const checks[])(struct preflight *) = {
	check_busy,  check_quota,    check_governor, check_turbo,
	check_steal, check_siblings, check_isolated,
};

/* Integers of all runs; those that wait take long whatever their number. */
static bool is_worth_it(const struct experiment *e)
{
	const struct options *o = e->options;
	double integers = (double)(o->last - o->first) + 1;
	double runs = (double)e->count * (double)(o->runs + o->warmup);

	return integers * runs >= PREFLIGHT_LEAST || o->block_count;
}

void preflight(const struct experiment *e, const char *root)
{
	struct preflight p = {
		.e = e,
		.source = {.root = root, .machine = e->machine},
	};

	if (!e->count || e->options->quiet || !is_worth_it(e))
		return;
	p.chosen = calloc(e->machine->pu_count, sizeof *p.chosen);
	if (!p.chosen)
		return;
	mark_chosen(&p);
	/* Where that fails, no quota is found. */
	(void)cgroup_locate(root, &p.source.cgroups);
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
		checks[i](&p);
	source_close(&p.source);
	free(p.chosen);
}
