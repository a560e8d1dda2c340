/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences, from results that are written down here. */
#include <config.h>

#include "explain/explain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/human.h"
#include "run/executor.h"
#include "run/sharing.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define RUNS	     40

struct text {
	char bytes[8192];
	size_t sentences;
};

static void collect(void *arg, const char *sentence)
{
	struct text *text = arg;

	strcat(text->bytes, sentence);
	strcat(text->bytes, ".\n");
	text->sentences++;
}

/* A run of two workers that took so long: all of it on the CPU. */
static struct result result_of(int64_t ns)
{
	return (struct result){
		.status = STATUS_OK,
		.wall_ns = ns,
		.spawn_ns = 0,
		.compute_ns = ns,
		.cpu_ns = 2 * ns,
		.throttled_ns = RECORD_NA,
		.steal_ns = RECORD_NA,
		.cycles = 1,
		.imbalance = 1,
	};
}

/* Two configurations of two threads, bind close and none, the second the
 * baseline; their runs take `a` and `b`, within 1 % of it. */
struct fixture {
	struct options options;
	struct config configs[2];
	struct result results[2][RUNS];
	struct experiment e;
};

static void prepare(struct fixture *f, size_t runs, int64_t a, int64_t b)
{
	static const char *const binds[] = {"close", "none"};

	memset(f, 0, sizeof *f);
	for (size_t c = 0; c < 2; c++) {
		f->configs[c] = (struct config){
			.record = {.config = (int64_t)c + 1,
				   .mode = "thread",
				   .workers = 2,
				   .places = "cores",
				   .bind = binds[c],
				   .kernel = "sse2",
				   .sharing = "private"},
			.setup = {.executor = &executor_thread,
				  .sharing = &sharing_private,
				  .workers = 2,
				  .first = 1,
				  .last = 1000000},
			.baseline = 1,
			.results = f->results[c],
			.result_count = runs,
		};
		for (size_t i = 0; i < runs; i++)
			f->results[c][i] = result_of(
				(c ? b : a) * (int64_t)(1000 + i * 7 % 10));
	}
	f->e = (struct experiment){.options = &f->options,
				   .configs = f->configs,
				   .count = 2,
				   .rounds = runs};
}

static struct text explained(const struct fixture *f)
{
	struct text text = {0};

	if (explain_write(&f->e, collect, &text))
		strcpy(text.bytes, "failed");
	return text;
}

static void says(const struct fixture *f, const char *part, const char *name)
{
	struct text text = explained(f);

	if (!tap_ok(strstr(text.bytes, part) != NULL, "%s", name))
		tap_note("no \"%s\" in: %s", part, text.bytes);
}

static void is_silent_on(const struct fixture *f, const char *part,
			 const char *name)
{
	struct text text = explained(f);

	if (!tap_ok(strstr(text.bytes, part) == NULL, "%s", name))
		tap_note("\"%s\" in: %s", part, text.bytes);
}

static void check_differences(struct fixture *f)
{
	prepare(f, 10, 1000, 1000);
	says(f,
	     "no difference seen between configuration 1 (thread, 2 workers, "
	     "bind close) and configuration 2 (thread, 2 workers, bind none): "
	     "ratio 1.00",
	     "the same");
	says(f, "touches no memory", "and what that says nothing of");
	prepare(f, 10, 1000, 1050);
	says(f, "takes 4.8 % less time than configuration 2", "5 % faster");
	is_silent_on(f, "no difference", "is no longer the same");
	is_silent_on(f, "touches no memory", "nor in need of that sentence");
	prepare(f, 10, 1100, 1000);
	says(f, "takes 10 % more time than configuration 2", "10 % slower");
	prepare(f, 10, 1000, 2000);
	says(f, "times as fast as configuration 2", "twice as fast");
	says(f, "is 2.0000 times", "by 2.00 times");
	prepare(f, 10, 3000, 1000);
	says(f, "takes 3.0000 times as long", "slower by 3.00 times");
	prepare(f, 5, 1000, 2000);
	says(f, "under six runs", "five runs are too few");
	is_silent_on(f, "times as", "for any claim");
	prepare(f, 10, 1000, 2000);
	f->configs[0].baseline = f->configs[1].baseline = NO_CONFIG;
	says(f, "--baseline", "no baseline");
	f->e.rounds = 0;
	tap_is_int((int64_t)explained(f).sentences, 0, "no round, no word");
}

/* One run in eight takes twice as long where there is no pin. */
static void check_p90(struct fixture *f)
{
	prepare(f, 40, 1000, 1000);
	is_silent_on(f, "90th", "nothing of equal 90th percentiles");
	for (size_t i = 0; i < 40; i += 4)
		f->results[1][i].wall_ns *= 2;
	says(f, "no difference seen", "equal medians");
	says(f, "intervals do not meet", "with other 90th percentiles");
	prepare(f, 10, 1000, 1000);
	f->results[1][0].wall_ns *= 2;
	f->results[1][1].wall_ns *= 2;
	says(f, "--runs=36", "too few runs for those");
}

/* What held it back, where half of configuration 1 is lost to it. */
static void check_cause(struct fixture *f, size_t offset, bool both_workers,
			const char *part, const char *name)
{
	prepare(f, 10, 1000, 1000);
	for (size_t i = 0; i < 10; i++) {
		struct result *r = &f->results[0][i];
		int64_t half = r->wall_ns / 2;
		int64_t lost = both_workers ? 2 * half : half;

		r->cpu_ns -= 2 * half;
		if (!both_workers)
			r->compute_ns -= half;
		memcpy((char *)r + offset, &lost, sizeof lost);
	}
	says(f, part, name);
	is_silent_on(f, "bind none) lost most", "the other is not blamed");
}

static void check_causes(struct fixture *f)
{
	prepare(f, 10, 1000, 1000);
	says(f, "no configuration lost as much", "nothing lost");
	check_cause(f, offsetof(struct result, wait_ns), true,
		    "lost most to waiting for a CPU", "waiting");
	check_cause(f, offsetof(struct result, off_ns), true,
		    "lost most to time off the CPU", "off");
	check_cause(f, offsetof(struct result, spawn_ns), false,
		    "lost most to creating", "creating");
	check_cause(f, offsetof(struct result, collect_ns), false,
		    "lost most to ending", "collecting");
	check_cause(f, offsetof(struct result, skew_ns), true,
		    "lost most to workers that started", "skew");
	prepare(f, 10, 1000, 1000);
	for (size_t i = 0; i < 10; i++) {
		f->results[0][i].wait_ns = f->results[0][i].cpu_ns /= 2;
		f->results[0][i].throttled_ns = f->results[0][i].wait_ns;
	}
	says(f, "lost most to the CPU quota", "throttling is no waiting");
	prepare(f, 10, 1000, 1000);
	for (size_t i = 0; i < 10; i++)
		f->results[0][i].cpu_ns -= f->results[0][i].wall_ns;
	says(f, "waited for the slowest", "an uneven end");
	for (size_t i = 0; i < 10; i++)
		f->results[1][i].wait_ns = RECORD_NA;
	says(f, "no schedstat", "waiting that is not known");
}

static void check_sharing(struct fixture *f)
{
	prepare(f, 10, 1000, 1000);
	f->configs[0].setup.sharing = &sharing_atomic;
	f->configs[0].record.sharing = "atomic";
	says(f, "100 % of the time, in the loop of sharing atomic",
	     "what is shared is named");
	for (size_t i = 0; i < 10; i++) {
		f->results[0][i].off_ns = f->results[0][i].cpu_ns - 1000;
		f->results[0][i].cpu_ns = 1000;
	}
	says(f, "lock was free", "and sleeping for it");
}

static void check_losses(struct fixture *f)
{
	prepare(f, 10, 1000, 1000);
	f->results[0][3].status = STATUS_LOST_PIN;
	f->configs[0].worst = STATUS_LOST_PIN;
	says(f,
	     "a worker lost its pin in 1 of 10 runs; the figures are of those "
	     "that are ok",
	     "a pin lost");
	for (size_t i = 0; i < 10; i++)
		f->results[0][i].status = i < 4 ? STATUS_DIED : STATUS_TIMEOUT;
	f->configs[0].worst = STATUS_DIED;
	says(f, "the time ran out in 6 of 10 runs; none is ok, so it has no",
	     "no run left for figures");
	says(f, "every median is known to within 0.", "those of the others");
	f->results[1][0].status = STATUS_DIED;
	for (size_t i = 0; i < 10; i++)
		f->results[0][i].status = i < 5 ? STATUS_OK : STATUS_DIED;
	says(f, "has 5 runs that are ok, too few", "too few left");
	prepare(f, 10, 1000, 1000);
	f->configs[1].worst = STATUS_DIED;
	says(f, "a worker died in a run that is not counted", "in warm-up");
}

static void check_firmness(struct fixture *f)
{
	prepare(f, 10, 1000, 1000);
	says(f, "every median is known to within 0.", "firm medians");
	for (size_t i = 0; i < 10; i++)
		f->results[0][i].wall_ns += (int64_t)i * 100000;
	says(f, "four times the --runs", "scattered ones want runs");
	for (size_t i = 0; i < 10; i++)
		f->results[0][i].wait_ns = f->results[0][i].wall_ns;
	says(f, "a quieter machine", "or less company");
}

static void check_clock(struct fixture *f)
{
	prepare(f, 10, 1000, 1000);
	is_silent_on(f, "GHz", "no clock without its kernel");
	f->configs[0].record.kernel = "chain";
	is_silent_on(f, "GHz", "nor where cycles were counted");
	for (size_t i = 0; i < 10; i++) {
		f->results[0][i].cycles = RECORD_NA;
		f->results[0][i].cpu_ns = 400000;
	}
	says(f, "up to 2.50 GHz", "the clock of chain");
}

static void check_figures(void)
{
	static const struct {
		struct interval v;
		const char *text;
	} cases[] = {
		{{1.9, 1.95}, "1.90 to 1.95"},
		{{1.003, 1.05}, "1.003 to 1.050"},
		{{0.99, 1.01}, "0.99 to 1.01"},
		{{0.9, 0.9997}, "0.9000 to 0.9997"},
		{{1, 1}, "1.0000 to 1.0000"},
	};
	char text[HUMAN_MAX];

	for (size_t i = 0; i < COUNT(cases); i++)
		tap_is_text(human_interval(cases[i].v, text), cases[i].text,
			    "interval");
	tap_is_text(human_time(6364000, text), "6.36 ms", "time");
	tap_is_text(human_time(RECORD_NA, text), "-", "no time");
	tap_is_text(human_percent(0.0083, text), "0.83 %", "small share");
	tap_is_text(human_percent(0.031, text), "3.1 %", "share");
	tap_is_text(human_percent(0.42, text), "42 %", "large share");
}

int main(void)
{
	struct fixture *f = malloc(sizeof *f);

	if (!f)
		return 99;
	check_differences(f);
	check_p90(f);
	check_causes(f);
	check_sharing(f);
	check_losses(f);
	check_firmness(f);
	check_clock(f);
	check_figures();
	free(f);
	return tap_done();
}
