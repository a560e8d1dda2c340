/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "compare/compare.h"

#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/message.h"
#include "base/procfile.h"
#include "base/shift.h"

const char *const compare_keys[COMPARE_KEYS] = {
	"mode", "workers", "places",   "bind",	"kernel", "sharing", "first",
	"last", "ipc",	   "block_ns", "sched", "ranks",  "host",
};

/* Of compare_keys. */
enum { KEY_RANKS = 11, KEY_HOST };

static const char *const names[] = {
	[VERDICT_FASTER] = "faster",
	[VERDICT_SLOWER] = "slower",
	[VERDICT_SAME] = "same",
	[VERDICT_UNSURE] = "unsure",
};

const char *verdict_name(enum verdict verdict)
{
	return names[verdict];
}

enum verdict verdict_of(struct interval ratio, double margin)
{
	double hi = 1 + margin, lo = 1 / hi;

	/* NANs fail every comparison. */
	if (ratio.lo > hi)
		return VERDICT_FASTER;
	if (ratio.hi < lo)
		return VERDICT_SLOWER;
	if (ratio.lo >= lo && ratio.hi <= hi)
		return VERDICT_SAME;
	return VERDICT_UNSURE;
}

/* All pairs of two samples are looked at: a million or so. */
#define SAMPLE_MOST 1000

/* One report: where its columns are. */
struct side {
	const struct tsv *tsv;
	size_t key[COMPARE_KEYS]; /* TSV_NO_COLUMN: does not count */
	bool has_ranks;		  /* one of both has the column */
	size_t wall, status;
};

static int find_needed(const struct tsv *tsv, const char *name, size_t *column)
{
	*column = tsv_column(tsv, name);
	if (*column != TSV_NO_COLUMN)
		return 0;
	message_error("%s: there is no column %s: is it a report of runs?",
		      tsv->file, name);
	return -EINVAL;
}

/* One machine may be held against another, but in a report of several each has
 * times of its own. */
static bool has_hosts(const struct tsv *tsv)
{
	size_t column = tsv_column(tsv, compare_keys[KEY_HOST]);
	const char *first = NULL;

	for (size_t i = 0; column != TSV_NO_COLUMN && i < tsv->rows; i++) {
		const char *host = tsv_field(tsv, i, column);

		if (!strcmp(host, "NA")) /* all ranks together */
			continue;
		if (first && strcmp(host, first) != 0)
			return true;
		first = host;
	}
	return false;
}

/* The rest is in both, or does not count. */
static void find_others(struct side *side, const struct tsv *other)
{
	const struct tsv *tsv = side->tsv;

	for (size_t i = COMPARE_NEEDED; i < COMPARE_KEYS; i++)
		side->key[i] =
			tsv_column(other, compare_keys[i]) == TSV_NO_COLUMN
				? TSV_NO_COLUMN
				: tsv_column(tsv, compare_keys[i]);
	if (!has_hosts(tsv) && !has_hosts(other))
		side->key[KEY_HOST] = TSV_NO_COLUMN;
	side->key[KEY_RANKS] = tsv_column(tsv, compare_keys[KEY_RANKS]);
	side->has_ranks =
		side->key[KEY_RANKS] != TSV_NO_COLUMN ||
		tsv_column(other, compare_keys[KEY_RANKS]) != TSV_NO_COLUMN;
}

static int find_columns(struct side *side, const struct tsv *other)
{
	const struct tsv *tsv = side->tsv;
	int error = 0;

	for (size_t i = 0; i < COMPARE_NEEDED && !error; i++)
		error = find_needed(tsv, compare_keys[i], &side->key[i]);
	find_others(side, other);
	if (!error)
		error = find_needed(tsv, "wall_ns", &side->wall);
	return error ? error : find_needed(tsv, "status", &side->status);
}

static const char *key_of(const struct side *side, size_t row, size_t i)
{
	if (side->key[i] != TSV_NO_COLUMN)
		return tsv_field(side->tsv, row, side->key[i]);
	return i == KEY_RANKS && side->has_ranks ? "1" : NULL;
}

static bool is_same(const struct side *side, size_t row,
		    const struct comparison *c)
{
	for (size_t i = 0; i < COMPARE_KEYS; i++) {
		const char *key = key_of(side, row, i);

		if (key && strcmp(key, c->key[i]) != 0)
			return false;
	}
	return true;
}

/* The configuration of the row, appended where it is new. */
static int find(struct comparisons *all, const struct side *side, size_t row,
		struct comparison **found)
{
	struct comparison new = {0};
	int error;

	for (size_t i = all->count; i-- > 0;)
		if (is_same(side, row, &all->rows[i])) {
			*found = &all->rows[i];
			return 0;
		}
	error = list_append(&all->rows, &all->count, &new, sizeof new);
	for (size_t i = 0; i < COMPARE_KEYS && !error; i++) {
		const char *key = key_of(side, row, i);
		struct comparison *last = &all->rows[all->count - 1];

		last->key[i] = key ? strdup(key) : NULL;
		error = key && !last->key[i] ? -ENOMEM : 0;
	}
	*found = error ? NULL : &all->rows[all->count - 1];
	return error;
}

static int add_run(const struct side *side, size_t row, struct sample *sample)
{
	const char *text = tsv_field(side->tsv, row, side->wall);
	int64_t ns;
	double wall;

	if (strcmp(tsv_field(side->tsv, row, side->status), "ok") != 0) {
		sample->lost++;
		return 0;
	}
	if (procfile_parse(text, &ns) || ns <= 0) {
		message_error("%s: line %zu: wall_ns '%s' of a run that is ok "
			      "is not a positive whole number",
			      side->tsv->file, tsv_line(row), text);
		return -EINVAL;
	}
	wall = (double)ns;
	return list_append(&sample->wall_ns, &sample->count, &wall,
			   sizeof wall);
}

static int add_side(struct comparisons *all, const struct side *side,
		    bool is_new)
{
	int error = 0;

	for (size_t i = 0; i < side->tsv->rows && !error; i++) {
		struct comparison *c;

		error = find(all, side, i, &c);
		if (!error)
			error = add_run(side, i, is_new ? &c->new : &c->old);
	}
	return error;
}

/* Logarithms of a sorted sample; of a very large one evenly spaced values,
 * which makes the interval no narrower than it should be. */
static size_t logarithms(const struct sample *sample, double *x)
{
	size_t step = sample->count / SAMPLE_MOST + 1, n = 0;

	for (size_t i = step / 2; i < sample->count; i += step)
		x[n++] = log(sample->wall_ns[i]);
	return n;
}

/* The shift of the logarithms is the ratio. */
static int judge(struct comparison *c, double margin)
{
	size_t m = c->old.count, n = c->new.count;
	double *x = calloc(m + n + 1, sizeof *x), *y = x + m, shift;
	struct interval v;
	int error;

	if (!x)
		return -ENOMEM;
	stats_sort(c->old.wall_ns, m);
	stats_sort(c->new.wall_ns, n);
	m = logarithms(&c->old, x);
	n = logarithms(&c->new, y);
	error = shift_estimate(x, m, y, n, &shift, &v);
	free(x);
	c->ratio = exp(shift);
	c->interval = (struct interval){.lo = exp(v.lo), .hi = exp(v.hi)};
	c->verdict = verdict_of(c->interval, margin);
	return error;
}

static void free_row(struct comparison *c)
{
	for (size_t i = 0; i < COMPARE_KEYS; i++)
		free(c->key[i]);
	free(c->old.wall_ns);
	free(c->new.wall_ns);
}

static bool is_empty(const struct sample *sample)
{
	return sample->count + sample->lost == 0;
}

/* Leave those that both reports have. */
static int keep_common(struct comparisons *all, double margin)
{
	size_t kept = 0;
	int error = 0;

	for (size_t i = 0; i < all->count; i++) {
		struct comparison *c = &all->rows[i];

		all->only_old += is_empty(&c->new);
		all->only_new += is_empty(&c->old);
		if (error || is_empty(&c->new) || is_empty(&c->old)) {
			free_row(c);
			continue;
		}
		all->lost += c->old.lost + c->new.lost;
		error = judge(c, margin);
		all->rows[kept++] = *c;
	}
	all->count = kept;
	return error;
}

int compare_reports(const struct tsv *old, const struct tsv *new, double margin,
		    struct comparisons *all)
{
	struct side before = {.tsv = old}, after = {.tsv = new};
	int error;

	*all = (struct comparisons){0};
	error = find_columns(&before, new);
	if (!error)
		error = find_columns(&after, old);
	if (!error)
		error = add_side(all, &before, false);
	if (!error)
		error = add_side(all, &after, true);
	return error ? error : keep_common(all, margin);
}

void compare_free(struct comparisons *all)
{
	for (size_t i = 0; i < all->count; i++)
		free_row(&all->rows[i]);
	free(all->rows);
	*all = (struct comparisons){0};
}
