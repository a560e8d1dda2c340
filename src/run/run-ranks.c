/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/run-ranks.h"

#include "base/clock.h"
#include "ranks/ranks.h"

struct part run_ranks_part(struct part whole, const struct ranks *ranks)
{
	return ranks ? part_of(whole, ranks->rank, ranks->count) : whole;
}

/* The same in all, or they would not go on together. */
static void take_ending(struct run *run, int64_t ending)
{
	run->elsewhere |= (int64_t)run->ending != ending;
	run->ending = (enum run_ending)ending;
}

void run_ranks_meet(struct run *run)
{
	struct ranks *ranks = run->setup->ranks;

	if (ranks)
		take_ending(run, ranks_most(ranks, (int64_t)run->ending));
}

void run_ranks_total(struct run *run)
{
	struct ranks *ranks = run->setup->ranks;
	struct tally tally = {
		.sum = run->sum,
		.most = {(int64_t)run->ending, run->done_ns - run->opened_ns}};

	if (!ranks)
		return;
	ranks_combine(ranks, &tally);
	run->ended_ns = clock_now();
	run->sum = tally.sum;
	run->done_ns = run->opened_ns + tally.most[1];
	if (run->done_ns > run->ended_ns)
		run->done_ns = run->ended_ns;
	take_ending(run, tally.most[0]);
}
