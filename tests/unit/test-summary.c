/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The summary of runs that are given literally.
 */
#include <config.h>

#include "experiment/summary.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "tap.h"

#define NA RECORD_NA

/* clang-format off */
#define TIMES(wall, spawn, compute, collect) \
	.wall_ns = wall, .spawn_ns = spawn, .compute_ns = compute, \
	.collect_ns = collect
#define SUM(n) .sum = {.value = {.hi = 0, .lo = n}, .known = true}
#define OK(w) \
	{.status = STATUS_OK, TIMES(w, (w) / 10, (w) / 2, (w) / 5), SUM(55)}
#define WRONG(w) \
	{.status = STATUS_WRONG_SUM, TIMES(w, 1, 1, 1), SUM(54)}
#define FAILED(s) {.status = s, TIMES(NA, NA, NA, NA)}
/* clang-format on */

/* A configuration and the one that it is compared with. */
struct pair {
	struct result own[8], base[8];
	size_t rounds;
	size_t workers;
	size_t baseline;
};

static struct summary_record summary(struct pair *pair)
{
	struct config configs[] = {
		{.results = pair->base,
		 .baseline = NO_CONFIG,
		 .setup = {.first = 1, .last = 1000, .workers = 1}},
		{.results = pair->own,
		 .baseline = pair->baseline,
		 .setup = {.first = 1, .last = 1000, .workers = pair->workers}},
	};
	struct experiment e = {
		.configs = configs, .count = 2, .rounds = pair->rounds};
	struct summary_record record;

	tap_is_int(summary_of(&e, 1, &record), 0, "a summary");
	return record;
}

static bool near(double a, double b)
{
	return fabs(a - b) < 1e-12;
}

/* Nine tenths of 7 are more than 6: the greatest. */
static void check_all_ok(void)
{
	struct pair pair = {
		.own = {OK(700), OK(100), OK(600), OK(200), OK(500), OK(300),
			OK(400)},
		.base = {OK(1400), OK(100), OK(1800), OK(800), OK(500),
			 OK(3000), OK(2800)},
		.rounds = 7,
		.workers = 2,
		.baseline = 0,
	};
	struct summary_record r = summary(&pair);

	tap_is_int(r.runs, 7, "runs");
	tap_is_int(r.wall_ns, 400, "median");
	tap_is_int(r.wall_mad_ns, 200, "median absolute deviation");
	tap_is_int(r.wall_p90_ns, 700, "90th percentile");
	tap_is_int(r.wall_min_ns, 100, "least");
	tap_is_int(r.wall_max_ns, 700, "greatest");
	tap_is_int(r.spawn_ns, 40, "median of spawn_ns");
	tap_is_int(r.compute_ns, 200, "median of compute_ns");
	tap_is_int(r.collect_ns, 80, "median of collect_ns");
	tap_is_int(r.rate, 2500000000, "integers a second");
	/* 2 1 3 4 1 10 7; the medians' own ratio would be 3.5. */
	tap_ok(near(r.speedup, 3), "ratio, round by round");
	tap_ok(near(r.speedup_lo, 1) && near(r.speedup_hi, 10),
	       "its interval: the whole sample of seven");
	tap_ok(near(r.efficiency, 1.5), "efficiency");
	tap_is_text(r.status, "ok", "status");
	tap_ok(r.sum.known && r.sum.value.lo == 55, "sum");
}

static void check_even(void)
{
	struct pair pair = {.own = {OK(10), OK(40), OK(20), OK(31)},
			    .rounds = 4,
			    .workers = 1,
			    .baseline = NO_CONFIG};
	struct summary_record r = summary(&pair);

	tap_is_int(r.wall_ns, 26, "median between the middle two, rounded up");
	tap_ok(isnan(r.speedup) && isnan(r.speedup_lo) && isnan(r.speedup_hi) &&
		       isnan(r.efficiency),
	       "no ratio without a baseline");
}

/* Ratios are of the rounds in which both are ok: 4, 2 and 6. */
static void check_some_failed(void)
{
	struct pair pair = {
		.own = {OK(100), FAILED(STATUS_DIED), OK(200), OK(300),
			FAILED(STATUS_TIMEOUT), OK(400)},
		.base = {OK(400), OK(1), OK(400), FAILED(STATUS_DIED), OK(1),
			 OK(2400)},
		.rounds = 6,
		.workers = 4,
		.baseline = 0,
	};
	struct summary_record r = summary(&pair);

	tap_is_int(r.runs, 4, "runs that are ok");
	tap_is_int(r.wall_ns, 250, "median of those that are ok");
	tap_is_int(r.wall_max_ns, 400, "greatest of those that are ok");
	tap_ok(near(r.speedup, 4), "ratio where both are ok");
	tap_ok(isnan(r.speedup_lo) && isnan(r.speedup_hi),
	       "no interval of three");
	tap_is_text(r.status, "died", "the worst status");
}

static void check_none_ok(void)
{
	struct pair pair = {
		.own = {FAILED(STATUS_TIMEOUT), WRONG(5)},
		.base = {OK(10), OK(10)},
		.rounds = 2,
		.workers = 1,
		.baseline = 0,
	};
	struct summary_record r = summary(&pair);

	tap_is_int(r.runs, 0, "no run is ok");
	tap_ok(r.wall_ns == NA && r.wall_mad_ns == NA && r.wall_p90_ns == NA &&
		       r.wall_min_ns == NA && r.wall_max_ns == NA &&
		       r.spawn_ns == NA && r.compute_ns == NA &&
		       r.collect_ns == NA && r.rate == NA,
	       "no run is ok: no times");
	tap_ok(isnan(r.speedup) && isnan(r.efficiency),
	       "no run is ok: no ratios");
	tap_is_text(r.status, "timeout", "no run is ok: status");
}

/* A sum that is wrong is shown, not one that was right. */
static void check_wrong_sum(void)
{
	struct pair pair = {
		.own = {OK(10), WRONG(5), OK(30)},
		.rounds = 3,
		.workers = 1,
		.baseline = NO_CONFIG,
	};
	struct summary_record r = summary(&pair);

	tap_is_text(r.status, "wrong_sum", "wrong sum: status");
	tap_ok(r.sum.known && r.sum.value.lo == 54, "wrong sum: shown");
	tap_is_int(r.wall_ns, 20, "wrong sum: its time does not count");
}

static const struct {
	enum status status;
	const char *name;
	int exit_status;
} statuses[] = {
	{STATUS_OK, "ok", 0},
	{STATUS_LOST_PIN, "lost_pin", 3},
	{STATUS_WRONG_SUM, "wrong_sum", 2},
	{STATUS_TIMEOUT, "timeout", 4},
	{STATUS_DIED, "died", 4},
};

/* 4 over 2 over 3 over nothing. */
static void check_statuses(void)
{
	static const int severity[] = {[0] = 0, [3] = 1, [2] = 2, [4] = 3};

	for (size_t i = 0; i < STATUSES; i++) {
		enum status a = statuses[i].status;

		tap_is_text(status_name(a), statuses[i].name, "name");
		tap_is_int(status_exit(a), statuses[i].exit_status,
			   "exit status of %s", statuses[i].name);
		for (size_t k = 0; k < i; k++) {
			int worst = status_exit(
				status_worst(a, statuses[k].status));

			tap_ok(severity[worst] >=
					       severity[statuses[k]
								.exit_status] &&
				       status_worst(a, statuses[k].status) ==
					       status_worst(statuses[k].status,
							    a),
			       "the worst of %s and %s", statuses[i].name,
			       statuses[k].name);
		}
	}
}

int main(void)
{
	check_all_ok();
	check_even();
	check_some_failed();
	check_none_ok();
	check_wrong_sum();
	check_statuses();
	return tap_done();
}
