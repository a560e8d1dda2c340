/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One execution of the tool under a fault: started with its output in pipes,
 * watched, ended.  Whatever it leaves behind becomes a child of the caller (a
 * subreaper), so no orphan is missed.
 */
#ifndef PINSUM_TESTS_TRIAL_H
#define PINSUM_TESTS_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct trial_text {
	char *bytes; /* with a NUL behind them */
	size_t size;
};

struct trial {
	pid_t pid;
	int pidfd;
	int fd[2];		   /* pipes of standard output and error */
	struct trial_text text[2]; /* what came through them */
	bool ended;
	int status; /* as of waitpid, once ended */
};

/* Before all trials: exits with 77 where the kernel lacks what is needed. */
void trial_init(void);

/* With `group`, as the leader of a process group of its own. */
void trial_start(struct trial *trial, char *const argv[], bool group);

/* Take what comes within `ms`; true as soon as something came. */
bool trial_read(struct trial *trial, int ms);

/* Wait for the end and read all; false where it took over `ms`, and the tool
 * was killed. */
bool trial_end(struct trial *trial, int ms);

/* Wait up to `ms` for what the ended tool left behind to end too; returns how
 * many processes did not, and had to be killed. */
size_t trial_orphans(int ms);

void trial_free(struct trial *trial);

/* "exit 4", "signal 15 (Terminated)" */
const char *trial_status(const struct trial *trial);

/* The processes that the tool has forked. */
size_t trial_children(const struct trial *trial, pid_t *pids, size_t most);

/* Replace the word NAME after the colon of an argument by a path in
 * DIRECTORY, which is returned. */
char *trial_name_file(char *argv[], const char *name, const char *directory);

/* Remove the file and its .part. */
void trial_unlink(const char *file);

/* The text of a file, to be freed, or NULL. */
char *trial_contents(const char *file);

int64_t trial_now_us(void);
void trial_sleep_us(int64_t us);
int64_t trial_random(int64_t below);

/* Say what went wrong in the trial, with all that the tool has said. */
__attribute__((format(printf, 2, 3))) void
trial_blame(const struct trial *trial, const char *format, ...);

#endif
