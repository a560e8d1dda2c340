/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/census.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/list.h"
#include "base/stats.h"
#include "run/sharing.h"

/* One place's figures. */
struct entry {
	const struct config *config;
	size_t number;
	int kind;
	double median, noise;
};

static int compare_pointers(const void *a, const void *b)
{
	return ((uintptr_t)a > (uintptr_t)b) - ((uintptr_t)a < (uintptr_t)b);
}

/* 0 where both did the same work, on CPUs of one kind. */
static int compare_work(const struct entry *a, const struct entry *b)
{
	const struct run_setup *x = &a->config->setup, *y = &b->config->setup;
	int order = compare_pointers(x->executor, y->executor);

	if (!order)
		order = compare_pointers(x->kernel, y->kernel);
	if (!order)
		order = compare_pointers(x->sharing, y->sharing);
	if (!order)
		order = compare_pointers(x->ipc, y->ipc);
	return order ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = compare_work(x, y);

	return order ? order
		     : (x->number > y->number) - (x->number < y->number);
}

static int measure(const struct config *config, size_t rounds,
		   struct entry *entry)
{
	double *x = calloc(2 * rounds + 1, sizeof *x);
	const struct seat *seat = &config->plan.seats[0];
	size_t n = 0;

	if (!x)
		return -ENOMEM;
	for (size_t i = 0; i < rounds; i++)
		if (config->results[i].status == STATUS_OK)
			x[n++] = (double)config->results[i].compute_ns;
	stats_sort(x, n);
	entry->median = stats_median(x, n);
	entry->noise =
		stats_mad(x, n, entry->median, x + rounds) / entry->median;
	entry->config = config;
	entry->kind =
		config->setup.machine->pus[config->plan.pus[seat->first]].kind;
	free(x);
	return 0;
}

static int measure_all(const struct experiment *e, struct entry **entries,
		       size_t *count)
{
	int error = 0;

	for (size_t i = 0; i < e->count && !error; i++) {
		struct entry entry = {.number = i};

		if (e->configs[i].team.workers != 1)
			continue;
		error = measure(&e->configs[i], e->rounds, &entry);
		if (!error && isfinite(entry.noise))
			error = list_append(entries, count, &entry,
					    sizeof entry);
	}
	return error;
}

/* The lower one of the middle two. */
static double middle(double *x, size_t n)
{
	stats_sort(x, n);
	return x[(n - 1) / 2];
}

static int judge(const struct entry *entries, size_t count,
		 struct finding **findings, size_t *found)
{
	double *x = calloc(count, sizeof *x), usual_time, usual_noise;
	int error = 0;

	if (!x)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		x[i] = entries[i].median;
	usual_time = middle(x, count);
	for (size_t i = 0; i < count; i++)
		x[i] = entries[i].noise;
	usual_noise = middle(x, count);
	free(x);
	for (size_t i = 0; i < count && !error; i++) {
		struct finding f = {
			.config = entries[i].number,
			.slower = entries[i].median / usual_time - 1,
			.noise = entries[i].noise,
			.usual_noise = usual_noise,
		};

		f.slow = f.slower > CENSUS_SLOW;
		f.noisy = f.noise > CENSUS_NOISY &&
			  f.noise > CENSUS_NOISY_TIMES * usual_noise;
		if (f.slow || f.noisy)
			error = list_append(findings, found, &f, sizeof f);
	}
	return error;
}

static int by_config(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	return (x->config > y->config) - (x->config < y->config);
}

int census_take(const struct experiment *e, struct finding **findings,
		size_t *count)
{
	struct entry *entries = NULL;
	size_t entry_count = 0, begin = 0;
	int error = 0;

	*findings = NULL;
	*count = 0;
	if (e->options->sweep != SWEEP_PLACES || !e->rounds)
		return 0;
	error = measure_all(e, &entries, &entry_count);
	if (!error && entry_count)
		qsort(entries, entry_count, sizeof *entries, compare);
	for (size_t i = 1; i <= entry_count && !error; i++) {
		if (i < entry_count &&
		    !compare_work(&entries[begin], &entries[i]))
			continue;
		error = judge(entries + begin, i - begin, findings, count);
		begin = i;
	}
	free(entries);
	if (*count)
		qsort(*findings, *count, sizeof **findings, by_config);
	return error;
}

const char *census_text(const struct experiment *e,
			const struct finding *finding,
			char buffer[CENSUS_TEXT_MAX])
{
	const struct config_record *record =
		&e->configs[finding->config].record;
	char slow[80] = "", noisy[120] = "";

	if (finding->slow)
		snprintf(slow, sizeof slow,
			 " is slow, %.1f %% above the median compute_ns of its "
			 "kind",
			 100 * finding->slower);
	if (finding->noisy)
		snprintf(noisy, sizeof noisy,
			 "%s is noisy, with a median absolute deviation of "
			 "%.1f %% where %.1f %% is usual",
			 finding->slow ? ", and" : "", 100 * finding->noise,
			 100 * finding->usual_noise);
	snprintf(buffer, CENSUS_TEXT_MAX, "%s (%s, %s)%s%s", record->places,
		 record->mode, record->sharing, slow, noisy);
	return buffer;
}
