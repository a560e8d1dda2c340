/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "mpi/mpi-guard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/message.h"

/* What ranks of a host tell each other. */
struct member {
	uint64_t rank;
	int64_t pid;
};

struct guard {
	const struct ranks *ranks;
	const struct member *members;
	size_t count;
	int leave;  /* the pipe: closed when its maker ends */
	int events; /* an epoll, which tells of the first end first */
};

/* Where the kernel has no such call, the member is not watched. */
static int open_process(int64_t pid)
{
#ifdef SYS_pidfd_open
	return (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
#else
	(void)pid;
	errno = ENOSYS;
	return -1;
#endif
}

static int add(const struct guard *guard, int fd, size_t index)
{
	struct epoll_event event = {.events = EPOLLIN, .data.u64 = index};

	return epoll_ctl(guard->events, EPOLL_CTL_ADD, fd, &event);
}

/* Who is dead already has no number any more. */
static const struct member *add_members(const struct guard *guard)
{
	for (size_t i = 0; i < guard->count; i++) {
		int fd = open_process(guard->members[i].pid);

		if (fd < 0 && errno == ESRCH)
			return &guard->members[i];
		if (fd >= 0)
			add(guard, fd, i);
	}
	return NULL;
}

/* The number of the member that ended, that of all for the pipe, or -1. */
static int64_t await(const struct guard *guard, int milliseconds)
{
	struct epoll_event event;
	int n;

	do
		n = epoll_wait(guard->events, &event, 1, milliseconds);
	while (n < 0 && errno == EINTR);
	return n == 1 ? (int64_t)event.data.u64 : -1;
}

/* A word through the pipe is the leave of all.  Of a maker that dies the pipe
 * is closed a little before it is dead. */
static const struct member *await_death(const struct guard *guard)
{
	int64_t pipe = (int64_t)guard->count, first = await(guard, -1);
	char word;

	if (first == pipe) {
		if (read(guard->leave, &word, 1) == 1)
			return NULL;
		epoll_ctl(guard->events, EPOLL_CTL_DEL, guard->leave, NULL);
		first = await(guard, 1000);
	}
	return first < 0 ? NULL : &guard->members[first];
}

/* Nothing of the launcher's: it waits for the ends of its pipes. */
static void close_others(int keep)
{
	long most = sysconf(_SC_OPEN_MAX);

	for (int fd = 0; fd < most; fd++)
		if (fd != STDERR_FILENO && fd != keep)
			close(fd);
}

static void watch(struct guard *guard)
{
	const struct member *dead;

	setsid();
	close_others(guard->leave);
	guard->events = epoll_create1(EPOLL_CLOEXEC);
	if (guard->events < 0 || add(guard, guard->leave, guard->count))
		return;
	dead = add_members(guard);
	if (!dead)
		dead = await_death(guard);
	if (dead)
		message_error("rank %llu on %s (process %lld) has died",
			      (unsigned long long)dead->rank,
			      guard->ranks->host, (long long)dead->pid);
}

__attribute__((noreturn)) static void run(const struct ranks *ranks,
					  const struct peers *peers, int leave)
{
	struct guard guard = {
		.ranks = ranks,
		.members = (const struct member *)(const void *)peers->bytes,
		.count = peers->count,
		.leave = leave,
	};

	message_keep(NULL, 0);
	message_init("pinsum-mpi");
	watch(&guard);
	_exit(EXIT_SUCCESS);
}

/* The end of the pipe that tells of the leave, or -1. */
static int start(const struct ranks *ranks, const struct peers *peers)
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	pid = fork();
	if (pid == 0)
		run(ranks, peers, ends[0]);
	close(ends[0]);
	if (pid > 0)
		return ends[1];
	close(ends[1]);
	return -1;
}

int mpi_guard_start(struct ranks *ranks)
{
	struct member own = {ranks->rank, getpid()};
	struct peers peers;
	int leave = -1;

	if (ranks->count == 1 || ranks_peers(ranks, &own, sizeof own, &peers))
		return -1;
	if (peers.self == 0)
		leave = start(ranks, &peers);
	free(peers.bytes);
	return leave;
}

void mpi_guard_leave(int leave)
{
	if (leave < 0)
		return;
	/* A guard that is gone is none that waits. */
	while (write(leave, "", 1) < 0 && errno == EINTR)
		;
	close(leave);
}
