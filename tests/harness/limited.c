/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * limited SECONDS COMMAND...: runs a test as a user's shell would run it,
 * whoever started the tests: no signal is ignored or blocked.  Ends it, and
 * all that it left running, after so many seconds at most; the harness waits
 * for whoever holds its pipe.
 *
 * The exit status is the command's; 99, a hard error, where it ran out of time
 * or left a process behind.
 */
#include <config.h>

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define HARD_ERROR 99

static void default_signals(void)
{
	sigset_t none;

	for (int sig = 1; sig <= SIGRTMAX; sig++)
		signal(sig, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static time_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

static void block(int sig)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, sig);
	sigprocmask(SIG_BLOCK, &set, NULL);
}

/* Kills the children, among them what their parents left; a killed one's own
 * children are seen in the next turn. */
static size_t kill_children(void)
{
	FILE *file = fopen("/proc/thread-self/children", "re");
	size_t n = 0;
	int pid;

	while (file && fscanf(file, "%d", &pid) == 1)
		n += kill(pid, SIGKILL) == 0;
	if (file)
		fclose(file);
	return n;
}

/* Whether something was left.  What cannot be killed, or not be seen for want
 * of /proc, is not waited for. */
static bool end_leftovers(void)
{
	bool any = false;

	for (int turn = 0; turn < 1000; turn++) {
		pid_t pid = waitpid(-1, NULL, WNOHANG);

		if (pid < 0)
			break;
		if (pid == 0) {
			any = kill_children() || any;
			usleep(5000);
		}
	}
	return any;
}

/* Waits for `child` among all that are inherited, for so long at most; its
 * exit status. */
static int wait_for(pid_t child, time_t seconds)
{
	const time_t deadline = now() + seconds;
	struct timespec left = {.tv_sec = seconds};
	sigset_t set;
	int status;
	pid_t pid;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	while (left.tv_sec > 0) {
		pid = waitpid(-1, &status, WNOHANG);
		if (pid == child && WIFEXITED(status))
			return WEXITSTATUS(status);
		if (pid == child)
			return 128 + WTERMSIG(status);
		if (pid == 0)
			sigtimedwait(&set, NULL, &left);
		left.tv_sec = deadline - now();
	}
	fprintf(stderr, "limited: out of time after %lld s\n",
		(long long)seconds);
	return HARD_ERROR;
}

int main(int argc, char *argv[])
{
	pid_t child;
	int status;

	if (argc < 3 || prctl(PR_SET_CHILD_SUBREAPER, 1)) {
		fprintf(stderr, "usage: limited SECONDS COMMAND...\n");
		return HARD_ERROR;
	}
	block(SIGCHLD);
	child = fork();
	if (child == 0) {
		default_signals();
		execvp(argv[2], argv + 2);
		perror(argv[2]);
		_exit(127);
	}
	status = child < 0 ? HARD_ERROR
			   : wait_for(child, (time_t)strtol(argv[1], NULL, 10));
	if (end_leftovers() && status == EXIT_SUCCESS) {
		fprintf(stderr, "limited: %s left a process\n", argv[argc - 1]);
		status = HARD_ERROR;
	}
	return status;
}
