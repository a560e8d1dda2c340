/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * checks ROUNDS
 *
 * What truth costs: one worker's share of a default run is done as a worker
 * does it, and every check apart, in the same round.  A row for each: the
 * share, the pin read back before and after, looking where it is after each
 * chunk, asking the scheduler for moves before and after, the sum verified; all
 * of these together.
 */
#include <config.h>

#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "bench.h"
#include "kernels/kernel.h"
#include "measure/usage.h"
#include "run/bind.h"
#include "run/worker.h"

/* The default range in two parts. */
enum { FIRST = 1, COUNT = 150000000 };

/* A worker pinned to the CPU that the caller is on. */
struct stage {
	struct pu pu;
	struct machine machine;
	struct seat seat;
	unsigned index;
	struct plan plan;
	struct run_setup setup;
	struct area *area;
	struct slot *slot;
};

static bool stage_set(struct stage *s, unsigned cpu)
{
	size_t size = sizeof *s->area + sizeof *s->slot;

	*s = (struct stage){.pu = {.os = cpu}, .seat = {.count = 1}};
	s->area = aligned_alloc(RUN_LINE, size);
	if (!s->area)
		return false;
	memset(s->area, 0, size);
	s->machine = (struct machine){
		.pus = &s->pu, .pu_count = 1, .os_count = cpu + 1};
	s->plan = (struct plan){.seats = &s->seat,
				.workers = 1,
				.pus = &s->index,
				.pu_count = 1};
	s->setup = (struct run_setup){
		.machine = &s->machine,
		.plan = &s->plan,
		.workers = 1,
		.kernel = kernel_fastest(FIRST, 2 * COUNT),
	};
	s->slot = &s->area->slots[0];
	s->slot->setup = &s->setup;
	s->slot->area = s->area;
	s->slot->cpu_stray = NONE;
	return true;
}

static int64_t time_share(const struct stage *s, struct u128 *sum)
{
	int64_t start = clock_now();

	*sum = s->setup.kernel->sum(FIRST, COUNT);
	return clock_now() - start;
}

static bool pin_holds(unsigned cpu)
{
	struct cpuset want, mask = {0};
	bool holds;

	if (cpuset_init(&want, cpu + 1))
		return false;
	cpuset_add(&want, cpu);
	holds = bind_get(0, &mask) == 0 && cpuset_equal(&mask, &want);
	cpuset_free(&mask);
	cpuset_free(&want);
	return holds;
}

static int64_t time_pin(const struct stage *s, bool *right)
{
	int64_t start = clock_now();

	*right &= pin_holds(s->pu.os);
	*right &= pin_holds(s->pu.os);
	return clock_now() - start;
}

static int64_t time_looks(struct stage *s, bool *right)
{
	int64_t start = clock_now();

	for (uint64_t i = 0; i < COUNT; i += s->setup.kernel->chunk)
		*right &= worker_look(s->slot);
	*right &= s->slot->cpu_stray == NONE;
	return clock_now() - start;
}

static int64_t time_moves(bool *right)
{
	struct usage_probe probe;
	int64_t start = clock_now(), before;

	usage_open(&probe, true, false);
	before = usage_migrations(&probe);
	*right &= usage_migrations(&probe) == before;
	usage_close(&probe);
	return clock_now() - start;
}

static int64_t time_sum(struct u128 sum, bool *right)
{
	int64_t start = clock_now();

	*right &= u128_equal(sum, u128_sum_range(FIRST, COUNT));
	return clock_now() - start;
}

static bool measure(struct stage *s)
{
	struct u128 sum;
	bool right = true;
	int64_t share = time_share(s, &sum), pin = time_pin(s, &right);
	int64_t looks = time_looks(s, &right), moves = time_moves(&right);
	int64_t verified = time_sum(sum, &right);

	printf("%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64
	       "\t%" PRId64 "\n",
	       share, pin, looks, moves, verified,
	       pin + looks + moves + verified);
	return right;
}

int main(int argc, char *argv[])
{
	uint64_t rounds = bench_rounds(argc, argv, 1);
	unsigned cpu = (unsigned)sched_getcpu();
	struct cpuset set;
	struct stage s;

	if (!stage_set(&s, cpu) || cpuset_init(&set, cpu + 1))
		return bench_fail("no memory");
	cpuset_add(&set, cpu);
	if (bind_set(0, &set))
		return bench_fail("cannot be pinned");
	cpuset_free(&set);
	printf("share_ns\tpin_ns\tlooks_ns\tmoves_ns\tsum_ns\tchecks_ns\n");
	for (uint64_t i = 0; i < rounds; i++)
		if (!measure(&s))
			return bench_fail("a check failed");
	free(s.area);
	return bench_end();
}
