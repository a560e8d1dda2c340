/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kill-worker HOW TRIALS WORKERS COMMAND...: in every run of COMMAND, a run
 * for each trial that would not end by itself, a worker is struck:
 *
 *	gathering	killed as soon as there is one, the others to come
 *	running		killed while all work
 *	stopping	stopped; the run must come to its --timeout
 *
 * COMMAND writes the report `workers` with the columns run, pid, status, sum,
 * compute_ns, without headings.
 */
#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "trial.h"

#define PATIENCE_MS 20000
#define FAST_US	    (250 * INT64_C(1000))  /* 99 in 100 */
#define SLOW_US	    (2000 * INT64_C(1000)) /* all */

struct way {
	const char *name;
	bool all_there;	  /* strike when all workers are */
	int64_t delay_us; /* and up to so much later */
	int signals[3];
	const char *status;
};

static const struct way ways[] = {
	{"gathering", false, 1, {SIGKILL, SIGTERM, SIGSEGV}, "died"},
	{"running", true, 10000, {SIGKILL, SIGTERM, SIGSEGV}, "died"},
	{"stopping", true, 10000, {SIGSTOP, SIGSTOP, SIGSTOP}, "timeout"},
};

struct strikes {
	const struct way *way;
	size_t workers, trials;
	size_t seen;	   /* bytes of standard output that were checked */
	size_t slow, late; /* beyond FAST_US, beyond SLOW_US */
	int64_t worst_us;
	struct trial trial;
};

static pid_t wait_for_victim(struct strikes *s)
{
	int64_t deadline = trial_now_us() + PATIENCE_MS * INT64_C(1000);
	pid_t pids[256];
	size_t n = 0, need = s->way->all_there ? s->workers : 1;

	while (trial_now_us() < deadline) {
		n = trial_children(&s->trial, pids, 256);
		if (n >= need)
			return pids[trial_random((int64_t)n)];
		if (s->way->all_there)
			trial_sleep_us(200);
	}
	return 0;
}

static size_t new_rows(const struct strikes *s)
{
	size_t n = 0;

	for (const char *p = s->trial.text[0].bytes + s->seen; *p; p++)
		n += *p == '\n';
	return n;
}

/* The run's rows; NULL or what is wrong with them. */
static const char *check_rows(struct strikes *s, size_t run)
{
	const char *row = s->trial.text[0].bytes + s->seen;
	size_t hits = 0;

	for (size_t i = 0; i < s->workers; i++) {
		const char *end = strchr(row, '\n');
		char pid[16], status[16], sum[40], time[24];
		size_t number;

		if (sscanf(row, "%zu\t%15s\t%15s\t%39s\t%23s\n", &number, pid,
			   status, sum, time) != 5)
			return "not a row";
		if (number != run)
			return "a row of another run";
		if (!strcmp(status, s->way->status) && !strcmp(sum, "NA") &&
		    !strcmp(time, "NA"))
			hits++;
		row = end + 1;
	}
	s->seen = (size_t)(row - s->trial.text[0].bytes);
	return hits ? NULL : "no row says so, with figures NA";
}

static const char *check_message(const struct strikes *s, pid_t pid, int sig)
{
	char text[96];

	if (sig == SIGSTOP)
		snprintf(text, sizeof text, "not finished within --timeout");
	else
		snprintf(text, sizeof text,
			 "(process %ld) was killed by signal %d ", (long)pid,
			 sig);
	return strstr(s->trial.text[1].bytes, text) ? NULL : "no message";
}

static const char *strike(struct strikes *s, size_t run)
{
	int sig = s->way->signals[run % 3];
	pid_t pid = wait_for_victim(s);
	int64_t start, took;
	const char *wrong;

	if (!pid)
		return "no worker came";
	trial_sleep_us(trial_random(s->way->delay_us));
	start = trial_now_us();
	if (kill(pid, sig))
		return "the worker is gone";
	while (new_rows(s) < s->workers && !s->trial.ended) {
		trial_read(&s->trial, 100);
		if (trial_now_us() - start > PATIENCE_MS * INT64_C(1000))
			return "not noticed";
	}
	took = trial_now_us() - start;
	s->slow += took > FAST_US;
	s->late += took > SLOW_US;
	s->worst_us = took > s->worst_us ? took : s->worst_us;
	if (s->trial.ended)
		trial_end(&s->trial, 0);
	wrong = check_rows(s, run);
	return wrong ? wrong : check_message(s, pid, sig);
}

static const char *strike_all(struct strikes *s)
{
	for (size_t run = 1; run <= s->trials; run++) {
		const char *wrong = strike(s, run);

		if (wrong)
			return wrong;
	}
	if (!trial_end(&s->trial, PATIENCE_MS))
		return "does not end";
	if (!WIFEXITED(s->trial.status) || WEXITSTATUS(s->trial.status) != 4)
		return "not exit status 4";
	if (s->trial.text[0].size != s->seen)
		return "rows too many";
	return trial_orphans(0) ? "left a process" : NULL;
}

int main(int argc, char *argv[])
{
	struct strikes s = {0};
	const char *wrong;
	bool in_time;

	if (argc < 5)
		return EXIT_FAILURE;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (!strcmp(ways[i].name, argv[1]))
			s.way = &ways[i];
	s.trials = strtoul(argv[2], NULL, 10);
	s.workers = strtoul(argv[3], NULL, 10);
	trial_init();
	trial_start(&s.trial, argv + 4, false);
	wrong = strike_all(&s);
	if (wrong) {
		trial_end(&s.trial, 0);
		trial_blame(&s.trial, "%s: %s", s.way->name, wrong);
		trial_orphans(0);
	}
	/* One in a hundred may be slow, on a machine that is not loaded; those
	 * that are stopped have until --timeout. */
	in_time = !getenv("STRICT") ||
		  (!s.late && (s.way->signals[0] == SIGSTOP ||
			       s.slow * 100 <= s.trials + 99));
	printf("%zu struck in %s phase, %zu noticed after 250 ms, %zu after "
	       "2 s, worst %lld ms\n",
	       s.trials, s.way->name, s.slow, s.late,
	       (long long)s.worst_us / 1000);
	return wrong || !in_time ? EXIT_FAILURE : EXIT_SUCCESS;
}
