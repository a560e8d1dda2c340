/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a thread between two readings. */
#include <config.h>

#include "measure/usage.h"

#include <time.h>

#include "report/record.h"
#include "tap.h"

static const struct usage unasked = {
	.cpu_ns = 1000,
	.wait_ns = RECORD_NA,
	.voluntary = 3,
	.involuntary = 2,
	.migrations = RECORD_NA,
	.counters = {RECORD_NA, RECORD_NA},
};

static void is_figure(int64_t got, int64_t want, const char *what)
{
	tap_is_int(got, want, "%s", what);
}

static void check_unasked(void)
{
	struct usage after = unasked, used;

	after.cpu_ns = 1500;
	used = usage_difference(&unasked, &after);
	is_figure(used.cpu_ns, 500, "CPU time");
	is_figure(used.wait_ns, 0, "not switched out: no waiting");
	is_figure(used.migrations, 0, "not switched out: no move");
	is_figure(used.counters.cycles, RECORD_NA, "cycles stay unknown");

	after.voluntary++;
	used = usage_difference(&unasked, &after);
	is_figure(used.wait_ns, RECORD_NA, "it slept: waiting is not known");
	is_figure(used.migrations, RECORD_NA, "it slept: nor are moves");

	after = unasked;
	after.involuntary++;
	used = usage_difference(&unasked, &after);
	is_figure(used.wait_ns, RECORD_NA, "made to go: waiting is not known");

	after.involuntary = RECORD_NA;
	used = usage_difference(&unasked, &after);
	is_figure(used.wait_ns, RECORD_NA, "switches unknown: so is waiting");
	is_figure(used.migrations, RECORD_NA, "switches unknown: so are moves");
}

static void check_asked(void)
{
	struct usage before = unasked, after, used;

	before.wait_ns = 10;
	before.migrations = 4;
	after = before;
	after.voluntary++;
	after.wait_ns = 70;
	after.migrations = 5;
	used = usage_difference(&before, &after);
	is_figure(used.wait_ns, 60, "waiting, as the kernel counts it");
	is_figure(used.migrations, 1, "a move, as the kernel counts it");
	is_figure(used.voluntary, 1, "a switch");
}

static void check_probe(bool files)
{
	const struct timespec nap = {.tv_nsec = 1000000};
	struct usage before = {0}, after = {0};
	struct usage_probe probe;

	usage_open(&probe, files, false);
	tap_ok(files || (probe.schedstat < 0 && probe.sched < 0),
	       "files only where they are wanted");
	usage_read(&probe, &before);
	nanosleep(&nap, NULL);
	usage_read(&probe, &after);
	tap_ok(after.voluntary > before.voluntary, "a sleep is a switch");
	tap_ok((after.wait_ns == RECORD_NA) == (probe.schedstat < 0),
	       "without the file waiting is not known");
	tap_ok((usage_migrations(&probe) == RECORD_NA) == (probe.sched < 0),
	       "without the file moves are not known");
	usage_close(&probe);
}

int main(void)
{
	check_unasked();
	check_asked();
	check_probe(true);
	check_probe(false);
	return tap_done();
}
