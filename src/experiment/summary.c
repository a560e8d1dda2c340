/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/summary.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/stats.h"

/* Room for a few samples of one value a round. */
struct workspace {
	double *own, *other, *ratios;
	size_t rounds;
};

static int workspace_init(struct workspace *w, size_t rounds)
{
	w->rounds = rounds;
	w->own = calloc(3 * (rounds + 1), sizeof *w->own);
	w->other = w->own + rounds + 1;
	w->ratios = w->other + rounds + 1;
	return w->own ? 0 : -ENOMEM;
}

static int64_t rounded(double value)
{
	return isnan(value) ? RECORD_NA : (int64_t)(value + 0.5);
}

/* One field of the rounds that are ok, NAN for the others. */
static void field_by_round(const struct config *config, size_t rounds,
			   size_t offset, double *x)
{
	for (size_t i = 0; i < rounds; i++) {
		const struct result *result = &config->results[i];
		int64_t value;

		memcpy(&value, (const char *)result + offset, sizeof value);
		x[i] = result->status == STATUS_OK ? (double)value : NAN;
	}
}

/* The same without the others, sorted; returns how many. */
static size_t sorted_field(const struct config *config,
			   const struct workspace *w, size_t offset)
{
	size_t n = 0;

	field_by_round(config, w->rounds, offset, w->own);
	for (size_t i = 0; i < w->rounds; i++)
		if (!isnan(w->own[i]))
			w->own[n++] = w->own[i];
	stats_sort(w->own, n);
	return n;
}

static int64_t median_of(const struct config *config,
			 const struct workspace *w, size_t offset)
{
	return rounded(stats_median(w->own, sorted_field(config, w, offset)));
}

static void summarise_wall(const struct config *config,
			   const struct workspace *w,
			   struct summary_record *record)
{
	size_t n = sorted_field(config, w, offsetof(struct result, wall_ns));
	double median = stats_median(w->own, n);
	double integers = (double)(config->setup.last - config->setup.first) +
			  1;
	struct interval centre = stats_median_interval(w->own, n);
	struct interval tail = stats_quantile_interval(w->own, n, 0.9);

	record->runs = (int64_t)n;
	record->wall_ns = rounded(median);
	record->wall_mad_ns =
		rounded(stats_mad(w->own, n, median, w->other));
	record->wall_p90_ns = rounded(stats_quantile(w->own, n, 0.9));
	record->wall_lo_ns = rounded(centre.lo);
	record->wall_hi_ns = rounded(centre.hi);
	record->p90_lo_ns = rounded(tail.lo);
	record->p90_hi_ns = rounded(tail.hi);
	record->wall_min_ns = rounded(n ? w->own[0] : NAN);
	record->wall_max_ns = rounded(n ? w->own[n - 1] : NAN);
	record->rate = rounded(integers / median * (double)NS_PER_S);
}

/* Round by round, so that what slows a round down cancels out. */
static void compare(const struct experiment *e, const struct config *config,
		    const struct config *baseline, const struct workspace *w,
		    struct summary_record *record)
{
	const size_t wall = offsetof(struct result, wall_ns);
	struct interval interval;
	size_t n;

	field_by_round(config, e->rounds, wall, w->own);
	field_by_round(baseline, e->rounds, wall, w->other);
	n = stats_ratios(w->other, w->own, e->rounds, w->ratios);
	stats_sort(w->ratios, n);
	interval = stats_median_interval(w->ratios, n);
	record->speedup = stats_median(w->ratios, n);
	record->speedup_lo = interval.lo;
	record->speedup_hi = interval.hi;
	record->efficiency = record->speedup /
			     ((double)config->setup.workers *
			      (double)experiment_ranks(config));
}

/* The status of the worst run, and a sum of one that has that status. */
static void summarise_status(const struct config *config, size_t rounds,
			     struct summary_record *record)
{
	enum status worst = STATUS_OK;

	for (size_t i = 0; i < rounds; i++) {
		const struct result *result = &config->results[i];

		if (i == 0 || result->status > worst)
			record->sum = result->sum;
		worst = status_worst(worst, result->status);
	}
	record->status = status_name(worst);
}

double summary_tightness(const struct config *config, size_t rounds)
{
	double tightness = NAN, median;
	struct interval interval;
	struct workspace w;
	size_t n;

	if (workspace_init(&w, rounds))
		return NAN;
	n = sorted_field(config, &w, offsetof(struct result, wall_ns));
	median = stats_median(w.own, n);
	interval = stats_median_interval(w.own, n);
	tightness = (interval.hi - interval.lo) / 2 / median;
	free(w.own);
	return tightness;
}

int summary_of(const struct experiment *e, size_t number,
	       struct summary_record *record)
{
	const struct config *config = &e->configs[number];
	size_t baseline = config->baseline;
	struct workspace w;

	*record = (struct summary_record){.speedup = NAN,
					  .speedup_lo = NAN,
					  .speedup_hi = NAN,
					  .efficiency = NAN};
	if (workspace_init(&w, e->rounds))
		return -ENOMEM;
	summarise_wall(config, &w, record);
	record->spawn_ns =
		median_of(config, &w, offsetof(struct result, spawn_ns));
	record->compute_ns =
		median_of(config, &w, offsetof(struct result, compute_ns));
	record->collect_ns =
		median_of(config, &w, offsetof(struct result, collect_ns));
	if (baseline != NO_CONFIG)
		compare(e, config, &e->configs[baseline], &w, record);
	summarise_status(config, e->rounds, record);
	free(w.own);
	return 0;
}
