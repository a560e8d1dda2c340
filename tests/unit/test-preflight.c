/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The notes before the start, on recorded trees: each when it matters, and
 * none when all is well. */
#include <config.h>

#include "experiment/preflight.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/executor.h"
#include "tap.h"
#include "tree.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CPU	     "sys/devices/system/cpu/"

/* Two cores of two threads each. */
static struct pu pus[] = {
	{.os = 0, .usable = true, .core = 0},
	{.os = 1, .usable = true, .core = 1},
	{.os = 2, .usable = true, .core = 0},
	{.os = 3, .usable = true, .core = 1},
};
static int pu_of_os[] = {0, 1, 2, 3};
static unsigned char states[4] = {CPU_USABLE, CPU_USABLE, CPU_USABLE,
				  CPU_USABLE};
static const struct machine machine = {
	.pus = pus,
	.pu_count = 4,
	.pu_of_os = pu_of_os,
	.state_of_os = states,
	.os_count = 4,
	.is_this_system = true,
};

/* Fields 4 to 38 of a stat. */
#define FIELDS                                                                 \
	"1 1 1 0 -1 4194304 1 0 0 0 5 6 0 0 20 0 1 0 100 1000 10 1 1 1 1 1 "   \
	"1 0 0 0 0 0 0 0 17 "

/* Two workers on the PUs `on`. */
static const struct example {
	const char *name;
	unsigned on[2];
	struct tree_file files[8];
	const char *notes[3]; /* parts of the lines, in order */
} examples[] = {
	{.name = "all is well",
	 .on = {0, 1},
	 .files = {{"proc/loadavg", "0 0 0 1/9 9\n"},
		   {CPU "cpu0/cpufreq/scaling_governor", "performance\n"},
		   {CPU "cpu2/cpufreq/scaling_governor", "powersave\n"},
		   {CPU "intel_pstate/no_turbo", "1\n"},
		   {CPU "isolated", "\n"},
		   {"proc/stat", "cpu0 900 0 90 5 0 0 0 1\n"}}},
	{.name = "nothing is known", .on = {0, 1}},
	{.name = "governor and turbo",
	 .on = {0, 1},
	 .files = {{CPU "cpu1/cpufreq/scaling_governor", "powersave\n"},
		   {CPU "cpufreq/boost", "1\n"}},
	 .notes = {"governor of CPU 1 is powersave", "turbo is on"}},
	{.name = "steal",
	 .on = {0, 1},
	 .files = {{"proc/stat", "cpu0 900 0 50 5 0 0 0 50\n"}},
	 .notes = {"taken 5.0 %"}},
	{.name = "siblings",
	 .on = {1, 3},
	 .notes = {"two workers on one core, CPUs 1 and 3"}},
	{.name = "two on one CPU are no siblings", .on = {1, 1}},
	{.name = "isolated, one of two",
	 .on = {0, 1},
	 .files = {{CPU "isolated", "1,3\n"}},
	 .notes = {"CPUs 1,3 are isolated from the scheduler, others"}},
	{.name = "isolated, not in use",
	 .on = {0, 0},
	 .files = {{CPU "isolated", "1,3\n"}},
	 .notes = {"none of them is in use"}},
	{.name = "isolated, and so all in use",
	 .on = {1, 1},
	 .files = {{CPU "isolated", "1,3\n"}}},
	{.name = "a busy CPU",
	 .on = {0, 1},
	 .files = {{"proc/loadavg", "0 0 0 2/9 9\n"},
		   {"proc/7/stat", "7 (make) R " FIELDS "1 0 0\n"}},
	 .notes = {"CPU 1 is busy: process 7 (make) was running on it just "
		   "now\n"}},
	{.name = "a busy sibling",
	 .on = {0, 0},
	 .files = {{"proc/loadavg", "0 0 0 2/9 9\n"},
		   {"proc/7/stat", "7 (make) R " FIELDS "2 0 0\n"}},
	 .notes = {"CPU 2 is busy: process 7 (make) was running on it just "
		   "now, and it is a sibling"}},
	{.name = "busy elsewhere",
	 .on = {0, 0},
	 .files = {{"proc/loadavg", "0 0 0 2/9 9\n"},
		   {"proc/7/stat", "7 (make) R " FIELDS "1 0 0\n"}}},
	{.name = "more threads than CPUs",
	 .on = {0, 1},
	 .files = {{"proc/loadavg", "0 0 0 4/9 9\n"}},
	 .notes = {"3 other threads could run just now, and beside"}},
	{.name = "a quota",
	 .on = {0, 1},
	 .files = {{"proc/self/cgroup", "0::/a\n"},
		   {"proc/self/mountinfo", "1 2 0:3 / /cg rw - cgroup2 c rw\n"},
		   {"cg/a/cpu.max", "150000 100000\n"}},
	 .notes = {"more than the quota of 1.50 CPUs (/cg/a/cpu.max)"}},
	{.name = "a quota that is enough",
	 .on = {0, 1},
	 .files = {{"proc/self/cgroup", "0::/a\n"},
		   {"proc/self/mountinfo", "1 2 0:3 / /cg rw - cgroup2 c rw\n"},
		   {"cg/a/cpu.max", "200000 100000\n"}}},
};

/* What the notes are, with standard error in a file. */
static void capture(const struct experiment *e, const char *root, char *text,
		    size_t size)
{
	char name[] = "/tmp/pinsum-test-XXXXXX";
	int file = mkstemp(name), saved = dup(STDERR_FILENO);
	ssize_t n;

	unlink(name);
	dup2(file, STDERR_FILENO);
	preflight(e, root);
	dup2(saved, STDERR_FILENO);
	n = pread(file, text, size - 1, 0);
	text[n < 0 ? 0 : n] = '\0';
	close(file);
	close(saved);
}

static void look(const struct example *x, const struct options *options,
		 char *text, size_t size)
{
	char *root = tree_make(x->files);
	unsigned on[] = {x->on[0], x->on[1]};
	struct seat seats[] = {{.first = 0, .count = 1},
			       {.first = 1, .count = 1}};
	struct config config = {
		.setup = {.machine = &machine,
			  .executor = &executor_thread,
			  .workers = 2},
		.plan = {.seats = seats,
			 .workers = 2,
			 .pus = on,
			 .pu_count = 2},
	};
	struct experiment e = {.options = options,
			       .machine = &machine,
			       .configs = &config,
			       .count = 1};

	capture(&e, root, text, size);
	tree_remove(root);
}

static void check(const struct example *x)
{
	const struct options options = {.runs = 10, .last = 100000000};
	char text[4096], *at = text;
	size_t lines = 0, expected = 0;
	bool pass = true;

	look(x, &options, text, sizeof text);
	for (const char *c = text; *c; c++)
		lines += *c == '\n';
	for (; expected < COUNT(x->notes) && x->notes[expected]; expected++) {
		at = pass ? strstr(at, x->notes[expected]) : at;
		pass = pass && at;
	}
	if (!tap_ok(pass && lines == expected, "%s", x->name))
		tap_note("%s", text);
}

int main(void)
{
	const struct options brief = {.runs = 1, .last = 10};
	char text[4096];

	for (size_t i = 0; i < COUNT(examples); i++)
		check(&examples[i]);
	look(&examples[2], &brief, text, sizeof text);
	tap_is_text(text, "", "no look before a few integers");
	return tap_done();
}
