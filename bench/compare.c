/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * compare SOURCES [long]
 *
 * Measures pinsum against its floors and its peers, round after round, in
 * random order and each right beside its peer, when the machine is quiet.
 * Tab-separated rows on standard output, a line on standard error for each
 * target that was not reached or not measured:
 *
 *	ratio	median over the rounds of ours / peer's; of peer's / ours where
 *		the target is that many times as fast
 *	ratio_lo, ratio_hi
 *		its 95 % interval
 *	median_ns
 *		ours; the 90th percentile where the name says p90
 *	verdict	ok, short, NA
 *
 * The exit status is 0 where it measured, whatever came out.
 */
#include <config.h>

#include "compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/cpulist.h"
#include "base/message.h"
#include "base/stats.h"
#include "topology/topology.h"

/* How long to wait for quiet in all, and to measure: what has not had its
 * rounds by then has fewer, but one. */
#define PATIENCE_NS (60 * NS_PER_S)
#define BUDGET_NS   (280 * NS_PER_S)

struct result {
	struct samples ours, peer;
	const char *why; /* NULL: measured */
};

size_t compare_random(size_t n)
{
	unsigned number = 0;

	if (getrandom(&number, sizeof number, 0) != sizeof number)
		return 0;
	return number % n;
}

static void shuffle(size_t *order, size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = compare_random(i), kept = order[i - 1];

		order[i - 1] = order[other];
		order[other] = kept;
	}
}

/* Ours and the peer's, one after the other. */
static void measure(const struct place *place, const struct comparison *c,
		    struct result *r)
{
	bool ours_first = compare_random(2);

	if (c->peer.command && strcmp(c->ours.command, c->peer.command) == 0) {
		r->why = source_measure(place, &c->ours, &r->ours, &c->peer,
					&r->peer);
		return;
	}
	for (int i = 0; i < 2 && !r->why; i++) {
		if (ours_first == !i)
			r->why = source_measure(place, &c->ours, &r->ours, NULL,
						NULL);
		else if (c->peer.command)
			r->why = source_measure(place, &c->peer, &r->peer, NULL,
						NULL);
	}
}

static bool takes_part(const struct comparison *c, bool is_long, unsigned round)
{
	return round < c->rounds && c->long_only <= is_long;
}

/* Rounds until every comparison has had its number of them, or time is up.
 * False where the machine was not quiet in all. */
static bool measure_all(const struct place *place, struct result *results,
			size_t *order, size_t count, bool is_long)
{
	int64_t end = is_long ? INT64_MAX : clock_now() + BUDGET_NS;
	long long patience = PATIENCE_NS;
	bool more = true, quiet = true;

	for (unsigned round = 0; more; round++) {
		more = false;
		shuffle(order, count);
		for (size_t i = 0; i < count; i++) {
			const struct comparison *c = &comparisons[order[i]];
			struct result *r = &results[order[i]];

			if (!takes_part(c, is_long, round) || r->why ||
			    (round && clock_now() > end))
				continue;
			quiet &= !quiet || compare_quiet(&patience);
			measure(place, c, r);
			more = true;
		}
	}
	return quiet;
}

static void print_target(const struct comparison *c)
{
	static const char *const signs[] = {
		[TARGET_AT_MOST] = "<=",
		[TARGET_AT_LEAST] = ">=",
		[TARGET_WITHIN] = "<=ns:",
	};

	if (c->target == TARGET_NONE)
		printf("NA");
	else
		printf("%s%g", signs[c->target], c->limit);
}

static bool reached(const struct comparison *c, double ours, double ratio)
{
	switch (c->target) {
	case TARGET_AT_LEAST:
		return ratio >= c->limit;
	case TARGET_WITHIN:
		return ours <= c->limit;
	default:
		return ratio <= c->limit;
	}
}

static void print_figure(double figure, int decimals)
{
	if (isfinite(figure))
		printf("%.*f\t", decimals, figure);
	else
		printf("NA\t");
}

/* The peer by the name of its program, or by what else it is. */
static void print_peer(const struct comparison *c)
{
	const char *command = c->peer.command;

	if (!command)
		printf("NA");
	else if (c->peer.column && strcmp(command, c->ours.command) == 0)
		printf("%s", c->peer.column);
	else
		for (; *command; command++)
			putchar(*command == ' ' ? '_' : *command);
}

static const char *judge(const struct comparison *c, const struct result *r,
			 double ours, double ratio)
{
	if (r->why) {
		fprintf(stderr, "bench: %s: not measured: %s\n", c->name,
			r->why);
		return "NA";
	}
	if (c->target == TARGET_NONE)
		return "NA";
	if (reached(c, ours, ratio))
		return "ok";
	fprintf(stderr, "bench: %s falls short: %.4g, to reach is %g\n",
		c->name, c->target == TARGET_WITHIN ? ours : ratio, c->limit);
	return "short";
}

static double *ratios_of(const struct comparison *c, const struct result *r,
			 size_t *count)
{
	size_t pairs =
		r->ours.count < r->peer.count ? r->ours.count : r->peer.count;
	double *ratios = calloc(pairs + 1, sizeof *ratios);
	bool upside_down = c->target == TARGET_AT_LEAST;

	*count = 0;
	if (!ratios)
		return NULL;
	*count = stats_ratios(upside_down ? r->peer.values : r->ours.values,
			      upside_down ? r->ours.values : r->peer.values,
			      pairs, ratios);
	stats_sort(ratios, *count);
	return ratios;
}

static double typical(struct samples *samples, double quantile)
{
	stats_sort(samples->values, samples->count);
	return quantile > 0 ? stats_quantile(samples->values, samples->count,
					     quantile)
			    : stats_median(samples->values, samples->count);
}

static void print_row(const struct comparison *c, struct result *r)
{
	size_t rounds = r->ours.count, count;
	double *ratios = ratios_of(c, r, &count);
	double ratio = stats_median(ratios, count);
	struct interval interval = stats_median_interval(ratios, count);
	double ours = typical(&r->ours, c->quantile);

	printf("%s\t%s\t", c->name, c->unit);
	print_figure(ours, 0);
	print_peer(c);
	putchar('\t');
	print_figure(typical(&r->peer, 0), 0);
	print_figure(ratio, 4);
	print_figure(interval.lo, 4);
	print_figure(interval.hi, 4);
	printf("%zu\t", rounds);
	print_target(c);
	printf("\t%s\n", judge(c, r, ours, ratio));
	free(ratios);
	free(r->ours.values);
	free(r->peer.values);
}

static size_t count_comparisons(void)
{
	size_t count = 0;

	while (comparisons[count].name)
		count++;
	return count;
}

/* One usable CPU of each core. */
static char *cpus_of(const struct machine *machine, unsigned *cores)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	unsigned last = 0;

	*cores = 0;
	if (!out)
		return NULL;
	for (unsigned i = 0; i < machine->pu_count; i++) {
		unsigned core = topology_core_key(machine, i);

		if (!machine->pus[i].usable || (*cores && core == last))
			continue;
		fprintf(out, "%s%u", *cores ? "," : "", machine->pus[i].os);
		last = core;
		++*cores;
	}
	return fclose(out) ? NULL : text;
}

static bool find_place(struct place *place, const char *sources)
{
	struct machine *machine;
	unsigned cores = 0;

	if (topology_load(NULL, &machine))
		return false;
	place->sources = sources;
	place->cpus = cpus_of(machine, &cores);
	snprintf(place->workers, sizeof place->workers, "%u", cores);
	topology_free(machine);
	return place->cpus && !setenv("OMP_NUM_THREADS", place->workers, 1) &&
	       !setenv("OMP_PLACES", "cores", 1) &&
	       !setenv("OMP_PROC_BIND", "close", 1);
}

static int compare(const struct place *place, bool is_long)
{
	size_t count = count_comparisons();
	struct result *results = calloc(count, sizeof *results);
	size_t *order = calloc(count, sizeof *order);

	if (!results || !order)
		return EXIT_FAILURE;
	for (size_t i = 0; i < count; i++)
		order[i] = i;
	if (!measure_all(place, results, order, count, is_long))
		fprintf(stderr, "bench: the machine was not quiet: too little "
				"to tell from these figures\n");
	printf("name\tunit\tmedian_ns\tpeer\tpeer_median_ns\tratio\tratio_lo\t"
	       "ratio_hi\trounds\ttarget\tverdict\n");
	for (size_t i = 0; i < count; i++)
		if (takes_part(&comparisons[i], is_long, 0))
			print_row(&comparisons[i], &results[i]);
	free(results);
	free(order);
	return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}

int main(int argc, char *argv[])
{
	struct place place;
	int status;

	message_init("compare");
	if (argc < 2 || !find_place(&place, argv[1]))
		return EXIT_FAILURE;
	status = compare(&place, argc > 2 && strcmp(argv[2], "long") == 0);
	free(place.cpus);
	return status;
}
