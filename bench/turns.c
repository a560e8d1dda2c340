/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * turns ROUNDS
 *
 * The hand-over from core to core: --sharing=turns against two pinned threads
 * that do nothing but wait for each other's line, as c2clat and
 * core-to-core-latency measure it.  A row for each round: nanoseconds for
 * HANDOVERS of them, of either.
 */
#include <config.h>

#include <inttypes.h>
#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/message.h"
#include "base/signals.h"
#include "bench.h"
#include "experiment/experiment.h"
#include "run/bind.h"

#define HANDOVERS      20000
#define HANDOVERS_TEXT "20000"

struct player {
	alignas(RUN_LINE) atomic_uint ball;
	struct player *other;
	const struct run_setup *setup;
	size_t number;
	int error;
	int64_t begun_ns, ended_ns;
};

static int pin(const struct player *player)
{
	const struct run_setup *setup = player->setup;
	const struct seat *seat = &setup->plan->seats[player->number];
	struct cpuset set;
	int error = cpuset_init(&set, setup->machine->os_count);

	if (error)
		return error;
	cpuset_add(&set, setup->machine->pus[setup->plan->pus[seat->first]].os);
	error = bind_set(0, &set);
	cpuset_free(&set);
	return error;
}

/* The first exchange waits for the other to be there. */
static void *play(void *arg)
{
	struct player *player = arg;
	bool serves = player->number == 0;

	player->error = pin(player);
	for (unsigned n = 1; n <= HANDOVERS / 2 + 1; n++) {
		if (serves)
			atomic_store_explicit(&player->other->ball, n,
					      memory_order_release);
		while (atomic_load_explicit(&player->ball,
					    memory_order_acquire) != n)
			;
		if (!serves)
			atomic_store_explicit(&player->other->ball, n,
					      memory_order_release);
		if (n == 1)
			player->begun_ns = clock_now();
	}
	player->ended_ns = clock_now();
	return NULL;
}

static int64_t time_floor(const struct run_setup *setup)
{
	struct player players[2] = {
		{.other = &players[1], .setup = setup, .number = 0},
		{.other = &players[0], .setup = setup, .number = 1},
	};
	pthread_t threads[2];

	/* One alone would wait for ever. */
	for (size_t i = 0; i < 2; i++)
		if (pthread_create(&threads[i], NULL, play, &players[i]))
			exit(bench_fail("cannot create a thread"));
	for (size_t i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	if (players[0].error || players[1].error)
		return -1;
	return players[0].ended_ns - players[0].begun_ns;
}

static int64_t time_turns(const struct run_setup *setup)
{
	struct run run;
	int64_t ns = -1;

	run_execute(setup, &run);
	if (run.ending == RUN_COMPLETE)
		ns = run.done_ns - run.opened_ns;
	run_release(&run);
	return ns;
}

static int measure(const struct run_setup *setup, uint64_t rounds)
{
	if (!setup->spin)
		return bench_skip("there are no two CPUs");
	printf("turns_ns\tfloor_ns\n");
	for (uint64_t i = 0; i < rounds; i++) {
		int64_t floor = i % 2 ? time_floor(setup) : 0;
		int64_t ours = time_turns(setup);

		if (i % 2 == 0)
			floor = time_floor(setup);
		if (ours < 0 || floor < 0)
			return bench_fail("a round failed");
		printf("%" PRId64 "\t%" PRId64 "\n", ours, floor);
	}
	return bench_end();
}

int main(int argc, char *argv[])
{
	char mode[] = "--mode=thread", workers[] = "--workers=2";
	char share[] = "--oversubscribe", sharing[] = "--sharing=turns";
	char last[] = HANDOVERS_TEXT;
	char *arguments[] = {argv[0], mode, workers, share,
			     sharing, last, NULL};
	uint64_t rounds = bench_rounds(argc, argv, 1);
	struct machine *machine = NULL;
	struct experiment e = {0};
	struct options options;
	struct ranks ranks;
	int status;

	message_init("turns");
	ranks_init(&ranks);
	options_parse(sizeof arguments / sizeof *arguments - 1, arguments,
		      &options);
	if (signals_init() || topology_load(NULL, &machine) ||
	    experiment_build(&options, machine, &ranks, &e))
		return bench_fail("cannot plan");
	status = measure(&e.configs[0].setup, rounds);
	experiment_free(&e);
	topology_free(machine);
	options_free(&options);
	return status;
}
