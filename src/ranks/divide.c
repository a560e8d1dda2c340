/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "ranks/divide.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"

/* What each rank of the host was given: a byte for each CPU. */
static int read_sets(const struct peers *peers, size_t size,
		     struct cpuset *sets)
{
	for (size_t i = 0; i < peers->count; i++) {
		const char *has = peers->bytes + i * size;
		int error = cpuset_init(&sets[i], (unsigned)size);

		if (error)
			return error;
		for (unsigned os = 0; os < size; os++)
			if (has[os])
				cpuset_add(&sets[i], os);
	}
	return 0;
}

static void restrict_machine(struct machine *machine, const struct cpuset *own)
{
	for (unsigned i = 0; i < machine->pu_count; i++) {
		struct pu *pu = &machine->pus[i];

		if (!pu->usable || cpuset_has(own, pu->os))
			continue;
		pu->usable = false;
		machine->state_of_os[pu->os] = CPU_NOT_IN_MASK;
		if (pu->kind != NONE)
			machine->kinds[pu->kind].pus--;
	}
}

static int check(const struct ranks *ranks, const struct machine *machine,
		 const struct peers *peers, bool oversubscribe)
{
	char *usable;

	if (ranks->allotment != ALLOT_SHARED || oversubscribe)
		return 0;
	usable = topology_usable_text(machine);
	message_error("%zu ranks on host %s do not fit on its CPUs (%s); "
		      "--oversubscribe lets them share",
		      peers->count, ranks->host, usable ? usable : "unknown");
	free(usable);
	return -EINVAL;
}

static int apply(const struct ranks *ranks, struct machine *machine,
		 const struct cpuset *own)
{
	int error = 0;

	if (ranks->allotment != ALLOT_SPLIT && ranks->allotment != ALLOT_SHARED)
		return 0;
	restrict_machine(machine, own);
	if (machine->is_this_system)
		error = bind_set(0, own);
	if (error)
		message_error("cannot confine the rank to its CPUs: %s",
			      strerror(-error));
	return error;
}

static int divide(struct ranks *ranks, struct machine *machine,
		  const struct peers *peers, size_t size, bool oversubscribe)
{
	struct cpuset *sets = calloc(peers->count, sizeof *sets);
	struct cpuset own = {0};
	int error = sets ? read_sets(peers, size, sets) : -ENOMEM;

	if (!error)
		error = cpuset_init(&own, machine->os_count);
	if (error) {
		message_error("cannot divide the CPUs: %s", strerror(-error));
	} else {
		ranks->allotment =
			allot(machine, sets, peers->count, peers->self, &own);
		error = check(ranks, machine, peers, oversubscribe);
	}
	if (!error)
		error = apply(ranks, machine, &own);
	for (size_t i = 0; sets && i < peers->count; i++)
		cpuset_free(&sets[i]);
	free(sets);
	cpuset_free(&own);
	return error;
}

int ranks_divide(struct ranks *ranks, struct machine *machine,
		 bool oversubscribe)
{
	struct peers peers = {0};
	size_t size;
	char *has;
	int error;

	if (!ranks->calls)
		return 0;
	/* A control group may hide CPUs from one rank and not from another. */
	size = (size_t)ranks_most(ranks, machine->os_count);
	has = calloc(size, 1);
	if (!has)
		message_error("cannot divide the CPUs: %s", strerror(ENOMEM));
	for (unsigned i = 0; has && i < machine->pu_count; i++)
		has[machine->pus[i].os] = machine->pus[i].usable ? 1 : 0;
	if (ranks_agree(ranks, has ? 0 : -ENOMEM)) {
		free(has);
		return -ECANCELED;
	}
	error = ranks_peers(ranks, has, size, &peers);
	if (!error)
		error = divide(ranks, machine, &peers, size, oversubscribe);
	ranks->leads_host = peers.self == 0;
	ranks->origin.allotment = allot_name(ranks->allotment);
	free(peers.bytes);
	free(has);
	return error;
}
