/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * inside ROUNDS PINSUM-ARGUMENT...
 *
 * Runs of the first configuration within one process, against the floor with
 * the same workers on the same CPUs.  A row for each round: what the run took
 * in all, the floor's time, how far apart the workers began, and when the last
 * one began, counted from the call for the gate.
 */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/message.h"
#include "base/signals.h"
#include "bench.h"
#include "experiment/experiment.h"
#include "floor.h"

struct pair {
	const struct run_setup *setup;
	struct floor floor;
};

static int64_t time_floor(const struct pair *pair)
{
	int64_t start = clock_now();
	struct u128 sum;
	int error = pair->setup->executor == &executor_process
			    ? floor_processes(&pair->floor, &sum)
			    : floor_threads(&pair->floor, &sum);

	return error ? -1 : clock_now() - start;
}

static int print_row(const struct run *run, int64_t floor_ns)
{
	int64_t first = INT64_MAX, last = 0;

	if (run->ending != RUN_COMPLETE || floor_ns < 0)
		return bench_fail("a run failed");
	for (size_t i = 0; i < run->setup->workers; i++) {
		int64_t start = run->area->slots[i].start_ns;

		first = start < first ? start : first;
		last = start > last ? start : last;
	}
	printf("%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\n",
	       run->ended_ns - run->created_ns, floor_ns, last - first,
	       last - run->area->called_ns);
	return 0;
}

static int round_of(const struct pair *pair, bool floor_first)
{
	struct run run;
	int64_t floor_ns = floor_first ? time_floor(pair) : 0;
	int error;

	run_execute(pair->setup, &run);
	if (!floor_first)
		floor_ns = time_floor(pair);
	error = print_row(&run, floor_ns);
	run_release(&run);
	return error;
}

/* The CPUs of the plan, by worker. */
static unsigned *cpus_of(const struct run_setup *setup)
{
	unsigned *cpus = calloc(setup->workers, sizeof *cpus);

	for (size_t i = 0; cpus && i < setup->workers; i++) {
		unsigned pu = setup->plan->pus[setup->plan->seats[i].first];

		cpus[i] = setup->machine->pus[pu].os;
	}
	return cpus;
}

static int measure(const struct run_setup *setup, uint64_t rounds)
{
	unsigned *cpus = cpus_of(setup);
	struct pair pair = {setup,
			    {.kernel = setup->kernel,
			     .cpus = cpus,
			     .cpu_count = setup->workers,
			     .workers = setup->workers,
			     .first = setup->first,
			     .last = setup->last}};
	int error = 0;

	if (!cpus)
		return bench_fail("no memory");
	printf("wall_ns\tfloor_ns\tskew_ns\tlast_start_ns\n");
	for (uint64_t i = 0; i < rounds && !error; i++)
		error = round_of(&pair, i % 2);
	free(cpus);
	return error ? error : bench_end();
}

int main(int argc, char *argv[])
{
	uint64_t rounds = bench_rounds(argc, argv, 1);
	struct options options;
	struct machine *machine;
	struct ranks ranks;
	struct experiment e;
	int status = EXIT_FAILURE;

	message_init("inside");
	if (signals_init())
		return EXIT_FAILURE;
	options_parse(argc - 1, argv + 1, &options);
	ranks_init(&ranks);
	if (topology_load(NULL, &machine))
		return EXIT_FAILURE;
	if (experiment_build(&options, machine, &ranks, &e) == 0)
		status = measure(&e.configs[0].setup, rounds);
	experiment_free(&e);
	topology_free(machine);
	options_free(&options);
	return status;
}
