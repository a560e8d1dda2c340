/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "trial.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SKIP   77
#define BLAMED 2000 /* bytes of each output that are shown */

/* What the test itself cannot go on without. */
static int must(int result, const char *what)
{
	if (result < 0) {
		perror(what);
		exit(EXIT_FAILURE);
	}
	return result;
}

static int open_pidfd(pid_t pid)
{
#ifdef SYS_pidfd_open
	return (int)syscall(SYS_pidfd_open, pid, 0);
#else
	(void)pid;
	errno = ENOSYS;
	return -1;
#endif
}

void trial_init(void)
{
	int fd = open_pidfd(getpid());

	if (fd < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1)) {
		fprintf(stderr, "no pidfd_open or no subreaper here\n");
		exit(SKIP);
	}
	close(fd);
	srandom((unsigned)trial_now_us());
}

static void be_tool(char *const argv[], bool group, int out, int err)
{
	const struct rlimit no_core = {0, 0};

	setrlimit(RLIMIT_CORE, &no_core);
	if (group)
		setpgid(0, 0);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	execv(argv[0], argv);
	_exit(127);
}

void trial_start(struct trial *trial, char *const argv[], bool group)
{
	int out[2], err[2];

	*trial = (struct trial){.pidfd = -1};
	must(pipe2(out, O_CLOEXEC), "pipe");
	must(pipe2(err, O_CLOEXEC), "pipe");
	trial->pid = must(fork(), "fork");
	if (trial->pid == 0)
		be_tool(argv, group, out[1], err[1]);
	/* Here too, or a signal to the group may come before there is one. */
	if (group)
		setpgid(trial->pid, trial->pid);
	close(out[1]);
	close(err[1]);
	trial->fd[0] = out[0];
	trial->fd[1] = err[0];
	for (int i = 0; i < 2; i++) {
		must(fcntl(trial->fd[i], F_SETFL, O_NONBLOCK), "fcntl");
		trial->text[i].bytes = calloc(1, 1);
	}
	trial->pidfd = must(open_pidfd(trial->pid), "pidfd_open");
}

/* False at the end of the file, or where there is nothing now. */
static bool take(struct trial *trial, int i)
{
	struct trial_text *text = &trial->text[i];
	char buffer[4096];
	ssize_t n = read(trial->fd[i], buffer, sizeof buffer);

	if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		close(trial->fd[i]);
		trial->fd[i] = -1;
	}
	if (n <= 0)
		return false;
	text->bytes = realloc(text->bytes, text->size + (size_t)n + 1);
	memcpy(text->bytes + text->size, buffer, (size_t)n);
	text->size += (size_t)n;
	text->bytes[text->size] = '\0';
	return true;
}

static bool take_all(struct trial *trial)
{
	bool any = false;

	for (int i = 0; i < 2; i++)
		while (trial->fd[i] >= 0 && take(trial, i))
			any = true;
	return any;
}

bool trial_read(struct trial *trial, int ms)
{
	struct pollfd polled[] = {{trial->fd[0], POLLIN, 0},
				  {trial->fd[1], POLLIN, 0},
				  {trial->pidfd, POLLIN, 0}};

	if (poll(polled, 3, ms) > 0 && polled[2].revents && !trial->ended) {
		must(waitpid(trial->pid, &trial->status, 0), "waitpid");
		trial->ended = true;
	}
	return take_all(trial);
}

bool trial_end(struct trial *trial, int ms)
{
	int64_t deadline = trial_now_us() + ms * INT64_C(1000);
	bool in_time = true;

	while (!trial->ended) {
		int64_t left = deadline - trial_now_us();

		trial_read(trial, left > 0 ? (int)(left / 1000) + 1 : 0);
		if (left <= 0 && !trial->ended && in_time) {
			in_time = false;
			kill(trial->pid, SIGKILL);
			deadline += 1000 * 1000;
		} else if (left <= 0 && !trial->ended) {
			break; /* not even that ends it */
		}
	}
	take_all(trial);
	return in_time;
}

size_t trial_orphans(int ms)
{
	int64_t deadline = trial_now_us() + ms * INT64_C(1000);
	struct trial self = {.pid = getpid()};
	pid_t pids[256], pid;
	size_t n, all = 0;

	while ((pid = waitpid(-1, NULL, WNOHANG)) >= 0) {
		if (pid > 0)
			continue;
		if (trial_now_us() >= deadline)
			break;
		trial_sleep_us(500);
	}
	if (pid < 0)
		return 0;
	while ((n = trial_children(&self, pids, sizeof pids / sizeof *pids))) {
		for (size_t i = 0; i < n; i++)
			kill(pids[i], SIGKILL);
		for (size_t i = 0; i < n; i++)
			waitpid(pids[i], NULL, 0);
		all += n;
	}
	return all;
}

void trial_free(struct trial *trial)
{
	for (int i = 0; i < 2; i++) {
		if (trial->fd[i] >= 0)
			close(trial->fd[i]);
		free(trial->text[i].bytes);
	}
	close(trial->pidfd);
}

const char *trial_status(const struct trial *trial)
{
	static char text[64];

	if (!trial->ended)
		snprintf(text, sizeof text, "not ended");
	else if (WIFSIGNALED(trial->status))
		snprintf(text, sizeof text, "signal %d (%s)",
			 WTERMSIG(trial->status),
			 strsignal(WTERMSIG(trial->status)));
	else
		snprintf(text, sizeof text, "exit %d",
			 WEXITSTATUS(trial->status));
	return text;
}

size_t trial_children(const struct trial *trial, pid_t *pids, size_t most)
{
	char path[64];
	FILE *file;
	size_t n = 0;
	int pid;

	snprintf(path, sizeof path, "/proc/%d/task/%d/children",
		 (int)trial->pid, (int)trial->pid);
	file = fopen(path, "re");
	if (!file)
		return 0;
	while (n < most && fscanf(file, "%d", &pid) == 1)
		pids[n++] = pid;
	fclose(file);
	return n;
}

char *trial_name_file(char *argv[], const char *name, const char *directory)
{
	char *file = malloc(strlen(directory) + strlen(name) + 2);

	sprintf(file, "%s/%s", directory, name);
	for (size_t i = 0; argv[i]; i++) {
		const char *colon = strchr(argv[i], ':');
		size_t head = colon ? (size_t)(colon + 1 - argv[i]) : 0;
		char *text;

		if (!colon || strcmp(colon + 1, name) != 0)
			continue;
		text = malloc(head + strlen(file) + 1);
		memcpy(text, argv[i], head);
		strcpy(text + head, file);
		argv[i] = text;
	}
	return file;
}

void trial_unlink(const char *file)
{
	char part[4200];

	snprintf(part, sizeof part, "%s.part", file);
	unlink(part);
	unlink(file);
}

char *trial_contents(const char *file)
{
	FILE *stream = fopen(file, "re");
	size_t size = 0, n = 1;
	char *text = NULL;

	while (stream && n) {
		text = realloc(text, size + 65536);
		n = fread(text + size, 1, 65535, stream);
		size += n;
		text[size] = '\0';
	}
	if (stream)
		fclose(stream);
	return text;
}

int64_t trial_now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void trial_sleep_us(int64_t us)
{
	struct timespec t = {.tv_sec = (time_t)(us / 1000000),
			     .tv_nsec = (long)(us % 1000000) * 1000};

	nanosleep(&t, NULL);
}

int64_t trial_random(int64_t below)
{
	return random() % below;
}

/* The end of what was said tells what went wrong after hundreds of runs. */
static const char *last_of(const struct trial_text *text)
{
	return text->bytes + (text->size > BLAMED ? text->size - BLAMED : 0);
}

void trial_blame(const struct trial *trial, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf(" [%s]\n", trial_status(trial));
	for (int i = 0; i < 2; i++)
		printf("%s: %s\n", i ? "standard error" : "standard output",
		       last_of(&trial->text[i]));
}
