/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plan WORKERS ROUNDS [SYNTHETIC]
 *
 * Places and plan for as many workers as cores, on a machine that is made up,
 * against what they may take: 10 ns a worker and 150 ns a core.  With hwloc's
 * description of a machine, against what reading that takes.  A row for each
 * round.
 */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/message.h"
#include "bench.h"
#include "plan/places.h"
#include "plan/plan.h"
#include "topology/topology.h"
#include "unit/machines.h"

enum { WORKER_NS = 10, CORE_NS = 150, CORES_A_PACKAGE = 1024 };

static int64_t time_plan(const struct machine *machine, size_t workers)
{
	static const struct places_filter all;
	struct bind_request bind = {0};
	char error[PLACES_ERROR_MAX];
	int64_t start, ns = -1;
	struct places places;
	struct plan plan;
	bool seeded;

	if (plan_parse_policy("close", &bind, &seeded))
		return -1;
	start = clock_now();
	if (places_parse("cores", machine, &all, &places, error))
		return -1;
	if (plan_build(machine, &places, &bind, false, workers, &plan) == 0) {
		ns = clock_now() - start;
		plan_free(&plan);
	}
	places_free(&places);
	return ns;
}

/* *ns is what the plan is held against. */
static struct machine *machine_for(const char *description, size_t workers,
				   int64_t *ns)
{
	struct machine *machine = NULL;
	int64_t start = clock_now();

	if (!description) {
		*ns = (int64_t)workers * (WORKER_NS + CORE_NS);
		return machine_regular((unsigned)workers, 1, CORES_A_PACKAGE);
	}
	topology_load(description, &machine);
	*ns = clock_now() - start;
	return machine;
}

int main(int argc, char *argv[])
{
	size_t workers = (size_t)bench_rounds(argc, argv, 1);
	uint64_t rounds = bench_rounds(argc, argv, 2);
	int64_t peer_ns;
	struct machine *machine;

	message_init("plan");
	machine = machine_for(argc > 3 ? argv[3] : NULL, workers, &peer_ns);
	if (!machine)
		return bench_skip("the machine cannot be made up");
	printf("ns\tpeer_ns\n");
	for (uint64_t i = 0; i < rounds; i++) {
		int64_t ns = time_plan(machine, workers);

		if (ns < 0)
			return bench_fail("no plan");
		printf("%" PRId64 "\t%" PRId64 "\n", ns, peer_ns);
	}
	topology_free(machine);
	return bench_end();
}
