/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * under CONDITION... -- COMMAND...: becomes COMMAND under these conditions:
 *
 *	ignore=N	signal N is ignored
 *	block=N		signal N is blocked
 *	forbid=NAME	the system call NAME is refused with EPERM
 *
 * 77 where the system has no such filters.
 */
#include <config.h>

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SKIP 77

static const struct {
	const char *name;
	unsigned number;
} calls[] = {
	{"sched_setaffinity", SYS_sched_setaffinity},
	{"sched_getaffinity", SYS_sched_getaffinity},
	{"prctl", SYS_prctl},
	{"futex", SYS_futex},
};

static int ignore(const char *value)
{
	return signal(atoi(value), SIG_IGN) == SIG_ERR;
}

static int block(const char *value)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, atoi(value));
	return sigprocmask(SIG_BLOCK, &set, NULL);
}

static int install(unsigned number)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = {4, code};

	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		exit(SKIP);
	return 0;
}

static int forbid(const char *value)
{
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		if (!strcmp(calls[i].name, value))
			return install(calls[i].number);
	return -1;
}

static const struct {
	const char *name;
	int (*apply)(const char *value);
} conditions[] = {
	{"ignore=", ignore},
	{"block=", block},
	{"forbid=", forbid},
};

static int apply(const char *condition)
{
	for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
		size_t n = strlen(conditions[i].name);

		if (!strncmp(condition, conditions[i].name, n))
			return conditions[i].apply(condition + n);
	}
	return -1;
}

int main(int argc, char *argv[])
{
	int i = 1;

	for (; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (apply(argv[i])) {
			fprintf(stderr, "cannot apply %s\n", argv[i]);
			return EXIT_FAILURE;
		}
	if (i + 1 >= argc)
		return EXIT_FAILURE;
	execv(argv[i + 1], argv + i + 1);
	perror(argv[i + 1]);
	return EXIT_FAILURE;
}
