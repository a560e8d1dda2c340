/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which CPUs may be used, and of what kind they are.
 */
#include <config.h>

#include "topology/topology-hwloc.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"
#include "base/message.h"
#include "base/procfile.h"

#define ONLINE	     "/sys/devices/system/cpu/online"
#define ONLINE_BYTES 65536

static void set_state(const struct machine *machine, unsigned os,
		      enum cpu_state state)
{
	machine->state_of_os[os] = (unsigned char)state;
}

/* hwloc knows of CPUs without saying why they are left out.  Of those, the
 * ones that are online are outside of the cpuset. */
static int find_online(const struct machine *machine)
{
	struct cpulist online;
	char *text;
	int err = procfile_read(ONLINE, ONLINE_BYTES, &text, NULL);

	if (err)
		return err;
	text[strcspn(text, "\n")] = '\0';
	err = cpulist_parse(text, &online, NULL);
	free(text);
	if (err)
		return err;
	for (unsigned os = 0; os < machine->os_count; os++)
		if (machine->state_of_os[os] == CPU_NOT_IN_CPUSET)
			set_state(machine, os, CPU_OFFLINE);
	for (size_t i = 0; i < online.count; i++)
		if (online.cpus[i] < machine->os_count &&
		    machine->state_of_os[online.cpus[i]] == CPU_OFFLINE)
			set_state(machine, online.cpus[i], CPU_NOT_IN_CPUSET);
	cpulist_free(&online);
	return 0;
}

/* An I/O error in /sys makes hwloc find fewer CPUs without a word. */
static int check_covered(const struct machine *machine,
			 const struct cpuset *mask)
{
	unsigned cpus = (unsigned)(mask->size * CHAR_BIT);

	for (unsigned os = 0; os < cpus; os++) {
		if (!cpuset_has(mask, os))
			continue;
		if (os < machine->os_count && machine->pu_of_os[os] != NONE)
			continue;
		message_error("hwloc does not find CPU %u, on which this "
			      "process may run: the topology cannot be trusted",
			      os);
		return -EIO;
	}
	return 0;
}

/* One CPU without a core beside others that have one: that too. */
static int check_whole(const struct machine *machine)
{
	const struct pu *first = machine->pus;

	for (unsigned i = 1; i < machine->pu_count; i++) {
		const struct pu *pu = &machine->pus[i];

		if ((pu->core == NONE) == (first->core == NONE) &&
		    (pu->package == NONE) == (first->package == NONE))
			continue;
		message_error("hwloc finds the core or package of only one of "
			      "CPUs %u and %u: the topology cannot be trusted",
			      first->os, pu->os);
		return -EIO;
	}
	return 0;
}

int states_build(hwloc_topology_t topology, const struct cpuset *mask,
		 struct machine *machine)
{
	hwloc_obj_t root = hwloc_get_root_obj(topology);
	int os, err;

	machine->state_of_os = malloc(machine->os_count);
	if (!machine->state_of_os)
		return -ENOMEM;
	memset(machine->state_of_os, CPU_ABSENT, machine->os_count);
	hwloc_bitmap_foreach_begin(os, root->complete_cpuset)
		set_state(machine, (unsigned)os, CPU_NOT_IN_CPUSET);
	hwloc_bitmap_foreach_end();
	for (unsigned i = 0; i < machine->pu_count; i++) {
		struct pu *pu = &machine->pus[i];

		pu->usable = !mask || cpuset_has(mask, pu->os);
		set_state(machine, pu->os,
			  pu->usable ? CPU_USABLE : CPU_NOT_IN_MASK);
	}
	if (!mask)
		return 0;
	err = find_online(machine);
	if (err != -ENOMEM) /* nothing is known of what is offline */
		err = check_covered(machine, mask);
	return err ? err : check_whole(machine);
}

/* "NAME=VALUE NAME=VALUE", or NULL where there is nothing to say. */
static int join_infos(const struct hwloc_info_s *infos, unsigned count,
		      char **text)
{
	size_t size = 1;
	char *end;

	*text = NULL;
	for (unsigned i = 0; i < count; i++)
		size += strlen(infos[i].name) + strlen(infos[i].value) + 2;
	if (count == 0)
		return 0;
	*text = end = malloc(size);
	if (!end)
		return -ENOMEM;
	for (unsigned i = 0; i < count; i++) {
		end = stpcpy(end, i ? " " : "");
		end = stpcpy(end, infos[i].name);
		end = stpcpy(end, "=");
		end = stpcpy(end, infos[i].value);
	}
	return 0;
}

/* Kind number `i`; `set` is room for its CPUs. */
static int add_kind(hwloc_topology_t topology, struct machine *machine,
		    unsigned i, hwloc_bitmap_t set)
{
	struct cpu_kind *kind = &machine->kinds[i];
	struct hwloc_info_s *infos;
	unsigned count;
	int os;

	if (hwloc_cpukinds_get_info(topology, i, set, &kind->efficiency, &count,
				    &infos, 0))
		return -errno;
	hwloc_bitmap_foreach_begin(os, set)
	{
		int pu = (unsigned)os < machine->os_count
				 ? machine->pu_of_os[os]
				 : NONE;

		if (pu == NONE)
			continue;
		machine->pus[pu].kind = (int)i;
		kind->pus += machine->pus[pu].usable;
	}
	hwloc_bitmap_foreach_end();
	return join_infos(infos, count, &kind->about);
}

int kinds_build(hwloc_topology_t topology, struct machine *machine)
{
	int count = hwloc_cpukinds_get_nr(topology, 0);
	hwloc_bitmap_t set;
	int err = 0;

	if (count <= 0)
		return 0;
	set = hwloc_bitmap_alloc();
	machine->kinds = calloc((size_t)count, sizeof(*machine->kinds));
	if (!set || !machine->kinds)
		err = -ENOMEM;
	else
		machine->kind_count = (unsigned)count;
	for (unsigned i = 0; !err && i < machine->kind_count; i++)
		err = add_kind(topology, machine, i, set);
	hwloc_bitmap_free(set);
	return err;
}
