/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * every-call SHIM DIRECTORY CALL COMMAND...: makes the k-th call of CALL fail,
 * for every k until there is no k-th, and holds each end against the contract.
 * The word FILE in COMMAND stands for a report's name in DIRECTORY.
 *
 * Output of the trials must be the same in every good run: COMMAND asks for
 * columns without times.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trial.h"

#define LIMIT_MS  20000
#define LAST_CALL 5000
#define ENOUGH	  20 /* wrong ends, after which the rest says no more */

struct sweep {
	char *file, part[4200];
	char *good, *good_file; /* what an undisturbed run writes */
	const char *call;
	char *const *argv;
	unsigned refused; /* trials that ended with a message */
};

static bool is_whole(const char *rows)
{
	return !*rows || rows[strlen(rows) - 1] == '\n';
}

static bool exists(const char *path)
{
	return access(path, F_OK) == 0;
}

/* NULL where a run that ended with 0 has done what it should. */
static const char *check_good(const struct sweep *sweep,
			      const struct trial *trial)
{
	char *file = trial_contents(sweep->file);
	bool same = file && !strcmp(file, sweep->good_file);

	free(file);
	if (strcmp(trial->text[0].bytes, sweep->good) != 0)
		return "exit status 0 with another output";
	if (!same)
		return "exit status 0 with another FILE";
	return exists(sweep->part) ? "exit status 0 with FILE.part" : NULL;
}

static const char *check_refused(const struct sweep *sweep,
				 const struct trial *trial)
{
	char *file = trial_contents(sweep->file);
	bool whole = !file || is_whole(file);

	free(file);
	if (strncmp(trial->text[1].bytes, "pinsum: ", 8) != 0 &&
	    strncmp(trial->text[1].bytes, "pinsum-mpi: ", 12) != 0)
		return "no message";
	if (!is_whole(trial->text[0].bytes))
		return "half a row";
	return whole ? NULL : "half a row in FILE";
}

static const char *check(struct sweep *sweep, const struct trial *trial)
{
	int status = trial->status;

	if (WIFSIGNALED(status))
		return "crashed";
	if (WEXITSTATUS(status) == EXIT_SUCCESS)
		return check_good(sweep, trial);
	sweep->refused++;
	if (WEXITSTATUS(status) > 4)
		return "not an exit status of the contract";
	return check_refused(sweep, trial);
}

/* Where the tool and its workers count the calls; one that the tool inherits,
 * and has mapped before any of them closes it. */
static int begin_count(unsigned k)
{
	int fd = memfd_create("calls", 0);
	char number[16];

	if (fd < 0 || ftruncate(fd, (off_t)sizeof(unsigned)))
		exit(EXIT_FAILURE);
	snprintf(number, sizeof number, "%u", k);
	setenv("FAIL_AT", number, 1);
	snprintf(number, sizeof number, "%d", fd);
	setenv("FAIL_FD", number, 1);
	return fd;
}

static bool end_count(int fd, unsigned k)
{
	unsigned calls = 0;
	bool read = pread(fd, &calls, sizeof calls, 0) == sizeof calls;

	close(fd);
	return read && calls >= k;
}

/* Whether the call was reached; -1 after a wrong end. */
static int try_call(struct sweep *sweep, unsigned k)
{
	int fd = begin_count(k);
	struct trial trial;
	const char *wrong;
	size_t orphans;
	bool fired;

	trial_unlink(sweep->file);
	trial_start(&trial, sweep->argv, false);
	wrong = trial_end(&trial, LIMIT_MS) ? check(sweep, &trial) : "hangs";
	orphans = trial_orphans(0);
	if (!wrong && orphans)
		wrong = "left a process";
	fired = end_count(fd, k);
	if (wrong)
		trial_blame(&trial, "call %u of %s: %s", k, sweep->call, wrong);
	trial_free(&trial);
	return wrong ? -1 : fired;
}

/* Nothing fails: what is right. */
static void learn(struct sweep *sweep)
{
	struct trial trial;

	trial_start(&trial, sweep->argv, false);
	trial_end(&trial, LIMIT_MS);
	sweep->good = strdup(trial.text[0].bytes);
	sweep->good_file = trial_contents(sweep->file);
	if (!trial.ended || trial.status || !sweep->good_file) {
		trial_blame(&trial, "undisturbed");
		exit(EXIT_FAILURE);
	}
	trial_free(&trial);
}

int main(int argc, char *argv[])
{
	struct sweep sweep = {0};
	unsigned k = 1, wrong = 0;
	int fired;

	if (argc < 5)
		return EXIT_FAILURE;
	trial_init();
	sweep.call = argv[3];
	sweep.argv = argv + 4;
	sweep.file = trial_name_file(argv + 4, "FILE", argv[2]);
	snprintf(sweep.part, sizeof sweep.part, "%s.part", sweep.file);
	setenv("LD_PRELOAD", argv[1], 1);
	learn(&sweep);
	setenv("FAIL_CALL", sweep.call, 1);
	for (; wrong < ENOUGH && (fired = try_call(&sweep, k)) &&
	       k < LAST_CALL;
	     k++)
		wrong += fired < 0;
	printf("%s: %u calls failed, %u ended with a message, %u wrong\n",
	       sweep.call, k - 1, sweep.refused, wrong);
	return wrong || k == LAST_CALL ? EXIT_FAILURE : EXIT_SUCCESS;
}
