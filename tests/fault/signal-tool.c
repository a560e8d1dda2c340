/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * signal-tool SIGNAL tool|group TRIALS MS CONFIGS DIRECTORY COMMAND...: sends
 * the signal to the tool, or to its process group, at a random moment within so
 * many milliseconds, and holds what is left against the contract.
 *
 * COMMAND would not end by itself (with KILL it may), has CONFIGS
 * configurations of one worker or more, and writes
 * `-R runs` with two columns to standard output, `-R summary:FILE` with the
 * columns config and runs, and `-R workers:FILE2`.
 */
#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trial.h"

#define LIMIT_MS 60000
#define DEATH_MS 250 /* workers outlive a killed tool so long at most */

struct aim {
	int signal;
	bool group;
	int64_t moment_us; /* the last one to strike at */
	size_t configs;
	char *file[2];
	size_t rounds, files; /* complete ones; reports found */
	size_t parts;	      /* found without their name */
};

static size_t lines(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static bool is_whole(const char *text)
{
	size_t n = strlen(text);

	return !n || text[n - 1] == '\n';
}

static bool part_exists(const char *file)
{
	char part[4200];

	snprintf(part, sizeof part, "%s.part", file);
	return access(part, F_OK) == 0;
}

/* As many rows as configurations, each with all complete rounds. */
static const char *check_summary(const struct aim *aim, const char *text,
				 size_t rounds)
{
	const char *row = strchr(text, '\n');
	size_t config, runs;

	if (lines(text) != 1 + (rounds ? aim->configs : 0))
		return "summary has not a row for each configuration";
	for (size_t i = 0; i < lines(text) - 1; i++) {
		if (sscanf(row, "\n%zu\t%zu", &config, &runs) != 2)
			return "summary has a row that is none";
		if (runs != rounds)
			return "summary is not of the complete rounds";
		row = strchr(row + 1, '\n');
	}
	return NULL;
}

/* Reports were opened: all have their names now. */
static const char *check_files(struct aim *aim, const char *rows)
{
	char *summary = trial_contents(aim->file[0]);
	char *workers = trial_contents(aim->file[1]);
	size_t rounds = *rows ? (lines(rows) - 1) / aim->configs : 0;
	const char *wrong = NULL;

	if (!summary != !workers && aim->signal != SIGKILL)
		wrong = "one report has its name, the other not";
	else if (workers && !is_whole(workers))
		wrong = "half a row in a report";
	else if (summary)
		wrong = check_summary(aim, summary, rounds);
	aim->files += summary != NULL;
	aim->rounds += rounds;
	free(summary);
	free(workers);
	return wrong;
}

/* The last line may have been cut; the others have as many fields as the
 * first. */
static bool has_whole_rows(const char *text)
{
	size_t columns = 0;

	for (const char *end; (end = strchr(text, '\n')); text = end + 1) {
		size_t n = 1;

		for (const char *p = text; p < end; p++)
			n += *p == '\t';
		if (columns && n != columns)
			return false;
		columns = n;
	}
	return true;
}

/* What a killed tool leaves: all rows but those of the run that was being
 * written. */
static const char *check_part(struct aim *aim, const char *rows)
{
	char part[4200];
	char *text;
	const char *wrong = NULL;

	snprintf(part, sizeof part, "%s.part", aim->file[1]);
	text = trial_contents(part);
	if (text && !has_whole_rows(text))
		wrong = "half a row within FILE.part";
	else if (text && lines(text) + aim->configs < lines(rows))
		wrong = "FILE.part has lost rows";
	aim->parts += text != NULL;
	free(text);
	return wrong;
}

static bool has_ended(const struct aim *aim, int status)
{
	if (WIFSIGNALED(status))
		return WTERMSIG(status) == aim->signal;
	return aim->signal == SIGKILL && WEXITSTATUS(status) == 0;
}

static const char *check_killed(struct aim *aim, const char *rows)
{
	const char *wrong = check_part(aim, rows);

	return wrong || access(aim->file[0], F_OK) ? wrong
						   : check_files(aim, rows);
}

static const char *check(struct aim *aim, const struct trial *trial)
{
	const char *rows = trial->text[0].bytes;

	if (!has_ended(aim, trial->status))
		return "does not die of it";
	if (!is_whole(rows))
		return "half a row";
	if (trial->text[1].size)
		return "has something to say";
	if (aim->signal == SIGKILL)
		return check_killed(aim, rows);
	if (part_exists(aim->file[0]) || part_exists(aim->file[1]))
		return "a report is left without its name";
	return check_files(aim, rows);
}

static bool try_moment(struct aim *aim, char *argv[])
{
	struct trial trial;
	const char *wrong;
	size_t orphans;

	trial_unlink(aim->file[0]);
	trial_unlink(aim->file[1]);
	trial_start(&trial, argv, true);
	trial_sleep_us(2000 + trial_random(aim->moment_us));
	kill(aim->group ? -trial.pid : trial.pid, aim->signal);
	wrong = trial_end(&trial, LIMIT_MS) ? NULL : "does not end";
	orphans = trial_orphans(aim->signal == SIGKILL ? DEATH_MS : 0);
	if (!wrong)
		wrong = check(aim, &trial);
	if (!wrong && orphans)
		wrong = "left a process";
	if (wrong)
		trial_blame(&trial, "signal %d: %s", aim->signal, wrong);
	trial_free(&trial);
	return !wrong;
}

int main(int argc, char *argv[])
{
	struct aim aim = {0};
	size_t trials, good = 0;

	if (argc < 8)
		return EXIT_FAILURE;
	trial_init();
	aim.signal = atoi(argv[1]);
	aim.group = !strcmp(argv[2], "group");
	trials = strtoul(argv[3], NULL, 10);
	aim.moment_us = 1000 * strtol(argv[4], NULL, 10);
	aim.configs = strtoul(argv[5], NULL, 10);
	aim.file[0] = trial_name_file(argv + 7, "FILE", argv[6]);
	aim.file[1] = trial_name_file(argv + 7, "FILE2", argv[6]);
	for (size_t i = 0; i < trials; i++)
		good += try_moment(&aim, argv + 7);
	printf("%zu of %zu good, signal %d to the %s, %zu with reports, %zu "
	       "without their names, %zu rounds\n",
	       good, trials, aim.signal, argv[2], aim.files, aim.parts,
	       aim.rounds);
	return good == trials ? EXIT_SUCCESS : EXIT_FAILURE;
}
