/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * discover ROUNDS
 *
 * What pinsum's discovery of the machine takes, hwloc's init and load, against
 * the same with hwloc's defaults.  A row for each round.
 */
#include <config.h>

#include <hwloc.h>
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "bench.h"
#include "topology/topology.h"

static int64_t time_ours(void)
{
	struct machine *machine;
	int64_t ns;

	if (topology_load(NULL, &machine))
		return -1;
	ns = machine->discovery_ns;
	topology_free(machine);
	return ns;
}

static int64_t time_default(void)
{
	int64_t start = clock_now(), ns = -1;
	hwloc_topology_t topology;

	if (hwloc_topology_init(&topology))
		return -1;
	if (hwloc_topology_load(topology) == 0)
		ns = clock_now() - start;
	hwloc_topology_destroy(topology);
	return ns;
}

int main(int argc, char *argv[])
{
	uint64_t rounds = bench_rounds(argc, argv, 1);

	printf("ns\tdefault_ns\n");
	for (uint64_t i = 0; i < rounds; i++) {
		int64_t theirs = i % 2 ? time_default() : 0;
		int64_t ours = time_ours();

		if (i % 2 == 0)
			theirs = time_default();
		if (ours < 0 || theirs < 0)
			return bench_fail("hwloc failed");
		printf("%" PRId64 "\t%" PRId64 "\n", ours, theirs);
	}
	return bench_end();
}
