/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What was lost, how firm the figures are, and what would make them firmer.
 */
#include <config.h>

#include <math.h>
#include <string.h>

#include "base/human.h"
#include "base/stats.h"
#include "explain/explain-parts.h"

/* A median that is known so well needs no advice. */
#define TIGHT 0.02

/* Shares of time from which the machine is to blame rather than chance. */
#define DISTURBED 0.02

static size_t count_status(const struct config *config, size_t rounds,
			   enum status status)
{
	size_t count = 0;

	for (size_t i = 0; i < rounds; i++)
		count += config->results[i].status == status;
	return count;
}

static const char *const troubles[STATUSES] = {
	[STATUS_LOST_PIN] = "a worker lost its pin",
	[STATUS_WRONG_SUM] = "the sum was wrong",
	[STATUS_TIMEOUT] = "the time ran out",
	[STATUS_DIED] = "a worker died",
};

static void say_loss(const struct explanation *x, size_t i, enum status status)
{
	const struct experiment *e = x->experiment;
	size_t count = count_status(&e->configs[i], e->rounds, status);
	size_t ok = count_status(&e->configs[i], e->rounds, STATUS_OK);
	char name[EXPLAIN_NAME_MAX];

	if (count)
		explain_sentence(x, "%s: %s in %zu of %zu runs; %s",
				 explain_name(x, i, name), troubles[status],
				 count, e->rounds,
				 ok ? "the figures are of those that are ok"
				    : "none is ok, so it has no figures");
}

int explain_losses(const struct explanation *x)
{
	char name[EXPLAIN_NAME_MAX];
	size_t said = 0;

	for (size_t i = 0; i < x->experiment->count && said < EXPLAIN_MOST;
	     i++) {
		const struct config *config = &x->experiment->configs[i];

		if (config->worst == STATUS_OK)
			continue;
		said++;
		for (int s = STATUS_LOST_PIN; s < STATUSES; s++)
			say_loss(x, i, (enum status)s);
		if (count_status(config, x->experiment->rounds, STATUS_OK) ==
		    x->experiment->rounds)
			explain_sentence(x,
					 "%s: %s in a run that is not counted",
					 explain_name(x, i, name),
					 troubles[config->worst]);
	}
	return 0;
}

/* Half the interval of the median over it; without bounds under six runs. */
static double tightness(const struct summary_record *row)
{
	if (row->wall_lo_ns == RECORD_NA)
		return INFINITY;
	return (double)(row->wall_hi_ns - row->wall_lo_ns) / 2 /
	       (double)row->wall_ns;
}

/* Of those that have figures; their number where none has. */
static size_t loosest(const struct explanation *x)
{
	size_t count = x->experiment->count, worst = count;

	for (size_t i = 0; i < count; i++)
		if (x->rows[i].runs &&
		    (worst == count ||
		     tightness(&x->rows[i]) > tightness(&x->rows[worst])))
			worst = i;
	return worst;
}

/* What would help, by what disturbed the configuration. */
static const char *remedy(const struct config *config,
			  const struct shares *shares,
			  const struct options *options)
{
	if (shares->of[SHARE_QUOTA] > DISTURBED)
		return "the quota of the control group makes the runs uneven: "
		       "without it, or with fewer workers, they would be "
		       "steadier";
	if (shares->of[SHARE_WAITING] > DISTURBED)
		return "something else wants the same CPUs: a quieter machine "
		       "would do more for it than further runs";
	if (shares->of[SHARE_OFF] > DISTURBED && !config->setup.block_count &&
	    !strcmp(config->record.sharing, "private"))
		return "a hypervisor, or a sleep, takes its CPUs away: further "
		       "runs only average that";
	if (options->order == ORDER_SEQUENTIAL)
		return "--order=interleave would keep the machine's drift out "
		       "of the comparison";
	return "four times the --runs would about halve that";
}

static void say_too_few(const struct explanation *x, size_t config)
{
	char name[EXPLAIN_NAME_MAX];

	explain_sentence(x,
			 "%s has %lld run%s that %s ok, too few to say how "
			 "firm its median is: --runs=10 or more would",
			 explain_name(x, config, name),
			 (long long)x->rows[config].runs,
			 x->rows[config].runs == 1 ? "" : "s",
			 x->rows[config].runs == 1 ? "is" : "are");
}

static void say_firm(const struct explanation *x, double width)
{
	char percent[HUMAN_MAX];

	explain_sentence(x, "%s known to within %s",
			 x->experiment->count == 1 ? "the median is"
						   : "every median is",
			 human_percent(width, percent));
}

int explain_firmness(const struct explanation *x)
{
	const struct experiment *e = x->experiment;
	size_t worst = loosest(x);
	char name[EXPLAIN_NAME_MAX], percent[HUMAN_MAX];
	struct shares shares;
	double width;
	int error = 0;

	if (worst == e->count)
		return 0;
	width = tightness(&x->rows[worst]);
	if (isinf(width)) {
		say_too_few(x, worst);
	} else if (width <= TIGHT) {
		say_firm(x, width);
	} else {
		error = explain_shares(&e->configs[worst], e->rounds, &shares);
		explain_sentence(
			x,
			"the least firm median is that of %s, known "
			"to within %s; %s",
			explain_name(x, worst, name),
			human_percent(width, percent),
			remedy(&e->configs[worst], &shares, e->options));
	}
	return error;
}

/* Integers a nanosecond of CPU time, of the fastest run; NAN where unknown or
 * where cycles were counted. */
static double chain_rate(const struct config *config, size_t rounds)
{
	double integers =
		(double)(config->setup.last - config->setup.first) + 1;
	double best = NAN;

	for (size_t i = 0; i < rounds; i++) {
		const struct result *r = &config->results[i];

		if (r->status != STATUS_OK || r->cpu_ns <= 0 ||
		    r->cycles != RECORD_NA)
			continue;
		best = fmax(best, integers / (double)r->cpu_ns);
	}
	return best;
}

/* The kernel that adds an integer a cycle is a clock where there are no
 * counters of cycles. */
int explain_clock(const struct explanation *x)
{
	const struct experiment *e = x->experiment;
	double rate = NAN;

	for (size_t i = 0; i < e->count; i++)
		if (e->configs[i].record.kernel &&
		    !strcmp(e->configs[i].record.kernel, "chain"))
			rate = fmax(rate,
				    chain_rate(&e->configs[i], e->rounds));
	if (!isnan(rate))
		explain_sentence(x,
				 "by kernel chain, which adds an integer a "
				 "cycle, the CPUs ran at up to %.2f GHz",
				 rate);
	return 0;
}
