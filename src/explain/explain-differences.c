/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which configurations differ from their baseline, and by how much.
 */
#include <config.h>

#include <math.h>
#include <string.h>

#include "base/human.h"
#include "base/stats.h"
#include "explain/explain-parts.h"

/* An interval that wide excludes nothing that anybody asks about. */
#define VAGUE 0.5

/* From here on people think in times, below in per cent. */
#define TIMES_FROM 1.5

/* 90th percentiles whose ratio is so far from that of the medians are worth
 * a sentence. */
#define P90_APART 0.10

/* So many intervals of 95 % are likely to hold one that misses. */
#define MANY 10

/* A configuration against its baseline. */
struct pair {
	const struct explanation *x;
	size_t config, baseline;
	const struct summary_record *row, *base;
	struct interval ratio; /* of the baseline's time over the own one's */
	char name[EXPLAIN_NAME_MAX], base_name[EXPLAIN_NAME_MAX];
};

static bool is_seen(struct interval v)
{
	return v.lo > 1 || v.hi < 1;
}

static struct interval inverse(struct interval v)
{
	return (struct interval){.lo = 1 / v.hi, .hi = 1 / v.lo};
}

/* "is 1.93 times as fast as" */
static void say_times(const struct pair *p, const char *is, const char *as,
		      double ratio, struct interval v)
{
	char text[HUMAN_MAX];

	explain_sentence(p->x,
			 "%s %s %.*f times as %s as %s, 95 %% interval %s",
			 p->name, is, human_decimals(v), ratio, as,
			 p->base_name, human_interval(v, text));
}

/* `time`: of the own time over the baseline's. */
static void say_percent(const struct pair *p, double time, struct interval v)
{
	double sign = time < 1 ? -1 : 1;
	double a = sign * (v.lo - 1), b = sign * (v.hi - 1);
	char text[3][HUMAN_MAX];

	explain_sentence(p->x,
			 "%s takes %s %s time than %s, 95 %% interval %s to "
			 "%s",
			 p->name, human_percent(sign * (time - 1), text[0]),
			 time < 1 ? "less" : "more", p->base_name,
			 human_percent(fmin(a, b), text[1]),
			 human_percent(fmax(a, b), text[2]));
}

static void say_difference(const struct pair *p)
{
	double speedup = p->row->speedup;

	if (speedup >= TIMES_FROM)
		say_times(p, "is", "fast", speedup, p->ratio);
	else if (speedup <= 1 / TIMES_FROM)
		say_times(p, "takes", "long", 1 / speedup, inverse(p->ratio));
	else
		say_percent(p, 1 / speedup, inverse(p->ratio));
}

static void say_none(const struct pair *p)
{
	struct interval time = inverse(p->ratio);
	double widest = fmax(time.hi - 1, 1 - time.lo);
	char text[HUMAN_MAX], percent[HUMAN_MAX];

	human_interval(p->ratio, text);
	human_percent(widest, percent);
	explain_sentence(p->x,
			 "no difference seen between %s and %s: ratio %.*f, "
			 "95 %% interval %s; %s%s%s",
			 p->name, p->base_name, human_decimals(p->ratio),
			 p->row->speedup, text,
			 widest < VAGUE ? "one of more than " : "",
			 widest < VAGUE ? percent : "the runs scatter too much",
			 widest < VAGUE ? " is unlikely" : " to show one");
}

static bool has_p90_interval(const struct pair *p)
{
	return p->row->p90_lo_ns != RECORD_NA &&
	       p->base->p90_lo_ns != RECORD_NA;
}

static bool p90_is_apart(const struct pair *p)
{
	return has_p90_interval(p) && (p->row->p90_hi_ns < p->base->p90_lo_ns ||
				       p->base->p90_hi_ns < p->row->p90_lo_ns);
}

static struct pair pair_of(const struct explanation *x, size_t config)
{
	struct pair p = {.x = x, .config = config};

	p.baseline = x->experiment->configs[config].baseline;
	p.row = &x->rows[config];
	p.base = &x->rows[p.baseline];
	p.ratio = (struct interval){p.row->speedup_lo, p.row->speedup_hi};
	explain_name(x, config, p.name);
	explain_name(x, p.baseline, p.base_name);
	return p;
}

/* Whether both ran the same loop, on other CPUs. */
static bool only_places_differ(const struct pair *p)
{
	const struct config *configs = p->x->experiment->configs;
	const struct config_record *a = &configs[p->config].record;
	const struct config_record *b = &configs[p->baseline].record;

	return !strcmp(a->mode, b->mode) && a->workers == b->workers &&
	       !strcmp(a->sharing, "private") &&
	       !strcmp(a->sharing, b->sharing) && strcmp(a->bind, b->bind) != 0;
}

/* Where a pin helps, it does so in the slow runs: the medians hide it. */
static void say_p90(const struct pair *p)
{
	double own = (double)p->row->wall_p90_ns;
	double base = (double)p->base->wall_p90_ns;
	char a[HUMAN_MAX], b[HUMAN_MAX];

	if (fabs(log(base / own / p->row->speedup)) < P90_APART ||
	    (!only_places_differ(p) && !p90_is_apart(p)))
		return;
	explain_sentence(
		p->x,
		"the slow runs tell another story than the medians: the 90th "
		"percentile of %s is %s, that of %s %s; %s",
		p->name, human_time(p->row->wall_p90_ns, a), p->base_name,
		human_time(p->base->wall_p90_ns, b),
		!has_p90_interval(p)
			? "that may be chance, --runs=36 or more could tell"
		: p90_is_apart(p) ? "their 95 % intervals do not meet"
				  : "that may be chance, since their 95 % "
				    "intervals meet");
}

static void say_pair(const struct pair *p)
{
	if (is_seen(p->ratio))
		say_difference(p);
	else
		say_none(p);
	say_p90(p);
}

/* What the single sentences would leave open. */
static void say_rest(const struct explanation *x, size_t compared,
		     size_t short_of_runs, bool register_bound)
{
	if (short_of_runs)
		explain_sentence(x, "under six runs that are ok cannot show a "
				    "difference: nothing is said of what "
				    "differs");
	if (compared > EXPLAIN_MOST)
		explain_sentence(x,
				 "%zu more configurations were compared: "
				 "speedup_lo and speedup_hi of the summary",
				 compared - EXPLAIN_MOST);
	if (compared >= MANY)
		explain_sentence(x,
				 "of %zu intervals of 95 %%, one or more "
				 "are likely to miss by chance: a small "
				 "difference that matters deserves a run "
				 "of its own",
				 compared);
	if (register_bound)
		explain_sentence(x, "a private sum is made in registers and "
				    "touches no memory: this says nothing of "
				    "work whose data have to be near it");
}

int explain_differences(const struct explanation *x)
{
	const struct experiment *e = x->experiment;
	size_t compared = 0, short_of_runs = 0, baselines = 0;
	bool register_bound = false;

	for (size_t i = 0; i < e->count; i++) {
		struct pair p;

		baselines += e->configs[i].baseline != NO_CONFIG;
		if (e->configs[i].baseline == NO_CONFIG ||
		    e->configs[i].baseline == i)
			continue;
		p = pair_of(x, i);
		if (isnan(p.ratio.lo)) {
			short_of_runs++;
			continue;
		}
		if (compared++ < EXPLAIN_MOST)
			say_pair(&p);
		register_bound |= !is_seen(p.ratio) && only_places_differ(&p);
	}
	if (!baselines && e->count > 1)
		explain_sentence(x, "nothing was compared, since no "
				    "configuration is single: --baseline "
				    "names another, as --baseline=bind=none");
	say_rest(x, compared, short_of_runs, register_bound);
	return 0;
}
