/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the time of a configuration's workers went.
 *
 * Every worker has the run's wall time: until the gate it is created, then it
 * is late, on a CPU, waiting or off, then it waits for the slowest, then it is
 * collected.  All but the CPU's part are losses.
 */
#include <config.h>

#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/stats.h"
#include "explain/explain-parts.h"

static double known(int64_t value)
{
	return value == RECORD_NA ? NAN : (double)value;
}

/* Of a quota's time no more than the workers waited: others may be in the
 * same control group.  0 where none is read: waiting has it all. */
static double quota_time(const struct result *r)
{
	double throttled = known(r->throttled_ns);

	return isnan(throttled) ? 0 : fmin(throttled, known(r->wait_ns));
}

static struct shares shares_of(const struct result *r, double workers)
{
	double wall = (double)r->wall_ns, whole = wall * workers;
	double own = known(r->cpu_ns) + known(r->wait_ns) + known(r->off_ns);
	double idle = fmax((double)r->compute_ns - own / workers, 0);
	/* Workers start evenly between the first and the last. */
	double skew = fmin(known(r->skew_ns) / 2, idle);
	double quota = quota_time(r);

	return (struct shares){{
		[SHARE_CREATING] = (double)r->spawn_ns / wall,
		[SHARE_COLLECTING] = (double)r->collect_ns / wall,
		[SHARE_WAITING] = (known(r->wait_ns) - quota) / whole,
		[SHARE_QUOTA] = quota / whole,
		[SHARE_OFF] = known(r->off_ns) / whole,
		[SHARE_SKEW] = skew / wall,
		[SHARE_UNEVEN] = (idle - skew) / wall,
		[SHARE_ON_CPU] = known(r->cpu_ns) / whole,
	}};
}

static double median_share(const struct config *config, size_t rounds,
			   enum share which, double *x)
{
	double workers = (double)config->setup.workers;
	size_t n = 0;

	for (size_t i = 0; i < rounds; i++) {
		const struct result *r = &config->results[i];

		if (r->status != STATUS_OK)
			continue;
		x[n] = shares_of(r, workers).of[which];
		if (!isnan(x[n]))
			n++;
	}
	stats_sort(x, n);
	return stats_median(x, n);
}

int explain_shares(const struct config *config, size_t rounds,
		   struct shares *shares)
{
	double *x = calloc(rounds + 1, sizeof *x);

	if (!x)
		return -ENOMEM;
	for (int i = 0; i < SHARES; i++)
		shares->of[i] = median_share(config, rounds, (enum share)i, x);
	free(x);
	return 0;
}
