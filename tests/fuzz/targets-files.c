/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Texts that come from files: machines, reports.  And lists of columns and
 * baselines, which want an experiment around them.
 */
#include <config.h>

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/tsv.h"
#include "compare/compare.h"
#include "experiment/baseline.h"
#include "report/report.h"
#include "run/executor.h"
#include "targets.h"
#include "topology/topology.h"

/* Larger ones are right too, and take hwloc their time. */
#define SMALL_MACHINE 2048

static void check_machine(const struct machine *machine)
{
	REQUIRE(!machine->is_this_system && machine->why_not);
	REQUIRE(machine->pu_count > 0);
	for (unsigned i = 0; i < machine->level_count; i++) {
		const struct level *level = &machine->levels[i];

		for (unsigned k = 0; k < level->count; k++)
			REQUIRE(level->objects[k].first +
					level->objects[k].count <=
				machine->pu_count);
	}
	for (unsigned i = 0; i < machine->pu_count; i++) {
		unsigned os = machine->pus[i].os;

		REQUIRE(os < machine->os_count &&
			machine->pu_of_os[os] == (int)i);
	}
}

static void load(const char *input)
{
	struct machine *machine = NULL;

	if (topology_load(input, &machine))
		return;
	check_machine(machine);
	topology_free(machine);
}

static bool is_small(const char *text)
{
	uint64_t product = 1;

	while (*text) {
		char *end;
		uint64_t number;

		if (!isdigit((unsigned char)*text)) {
			text++;
			continue;
		}
		number = strtoull(text, &end, 0);
		if (number > SMALL_MACHINE)
			return false;
		product *= number ? number : 1;
		if (product > SMALL_MACHINE)
			return false;
		text = end;
	}
	return true;
}

/* What might be the name of a file is not for this target. */
void target_synthetic(const char *text)
{
	if (!strchr(text, '/') && access(text, F_OK) && is_small(text))
		load(text);
}

/* Call `take` with the name of a file that holds the text. */
static void as_file(const char *text, void (*take)(const char *file))
{
	int fd = memfd_create("text", MFD_CLOEXEC);
	size_t length = strlen(text);
	char name[64];

	REQUIRE(fd >= 0 && write(fd, text, length) == (ssize_t)length);
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	take(name);
	close(fd);
}

void target_xml(const char *text)
{
	as_file(text, load);
}

static void compare(const char *file)
{
	struct comparisons comparisons = {0};
	struct tsv tsv;

	if (tsv_read(file, &tsv))
		return;
	for (size_t row = 0; row < tsv.rows; row++)
		for (size_t i = 0; i < tsv.columns; i++)
			REQUIRE(*tsv_field(&tsv, row, i));
	if (!compare_reports(&tsv, &tsv, 0.02, &comparisons))
		for (size_t i = 0; i < comparisons.count; i++)
			REQUIRE(comparisons.rows[i].verdict != VERDICT_FASTER &&
				comparisons.rows[i].verdict != VERDICT_SLOWER);
	compare_free(&comparisons);
	compare_environments(&tsv, &tsv);
	tsv_free(&tsv);
}

void target_tsv(const char *text)
{
	as_file(text, compare);
}

void target_columns(const char *text)
{
	for (int kind = 0; kind < REPORT_KINDS; kind++) {
		struct report_request request = {.kind = (enum report_kind)kind,
						 .columns = text};
		struct report *report;

		if (!report_new(&request, &report))
			report_close(report);
	}
}

#define CONFIGS 4

void target_baseline(const char *text)
{
	struct config configs[CONFIGS];
	struct experiment e = {.configs = configs, .count = CONFIGS};

	for (size_t i = 0; i < CONFIGS; i++) {
		const struct executor *mode =
			executor_find(i ? "thread" : "single");

		configs[i] = (struct config){
			.record = {.config = (int64_t)i + 1,
				   .mode = mode->name,
				   .workers = (int64_t)i,
				   .places = "core:0-3",
				   .bind = i == 2 ? "none" : "close",
				   .kernel = i == 3 ? "chain" : "avx2",
				   .sharing = "private"},
			.setup = {.executor = mode},
		};
	}
	if (baseline_find(&e, text, true))
		return;
	for (size_t i = 0; i < CONFIGS; i++)
		REQUIRE(configs[i].baseline == NO_CONFIG ||
			configs[i].baseline < CONFIGS);
}
