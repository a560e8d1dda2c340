/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "mpi/mpi-guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/message.h"

/* Above what the launcher and MPI have opened, within the table of files that
 * a process has anyway. */
#define HIGH 240

/* What a launcher has to end the others: Open MPI's takes a second. */
#define LAUNCHER_NAPS 30

/* What ranks of a host tell each other. */
struct member {
	uint64_t rank;
	int64_t pid;
	int64_t pipe;	/* the number, there, of the end to read; or -1 */
	uint64_t inode; /* of the pipe */
};

struct watch {
	const struct ranks *ranks;
	const struct member *members;
	size_t count;
	int events; /* an epoll, which tells of the first end first */
};

static int add(const struct watch *watch, int fd, size_t index)
{
	struct epoll_event event = {.events = EPOLLIN,
				    .data.u64 = (uint64_t)index << 32 |
						(uint32_t)fd};

	return epoll_ctl(watch->events, EPOLL_CTL_ADD, fd, &event);
}

/* -1 where that process has ended: its number may be another's, and was from
 * the start where that is of another namespace. */
static int open_pipe(const struct member *member)
{
	struct stat st;
	char path[64];
	int fd;

	snprintf(path, sizeof path, "/proc/%lld/fd/%lld",
		 (long long)member->pid, (long long)member->pipe);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return -1;
	if (!fstat(fd, &st) && S_ISFIFO(st.st_mode) &&
	    st.st_ino == member->inode)
		return fd;
	close(fd);
	return -1;
}

static void add_pipe(const struct watch *watch, size_t index)
{
	int fd = open_pipe(&watch->members[index]);

	if (fd >= 0 && add(watch, fd, index))
		close(fd);
}

/* Where workers have the pipe too, it is closed only when they have ended, and
 * so is what the launcher has: the process is the first to be gone then. */
static void add_process(const struct watch *watch, size_t index)
{
#ifdef SYS_pidfd_open
	int fd = (int)syscall(SYS_pidfd_open, (pid_t)watch->members[index].pid,
			      0);

	if (fd >= 0)
		add(watch, fd, index);
#else
	(void)watch;
	(void)index;
#endif
}

/* The number of a member that has ended already, or -1. */
static int64_t add_members(const struct watch *watch)
{
	int64_t gone = -1;

	for (size_t i = 0; i < watch->count; i++) {
		add_pipe(watch, i);
		add_process(watch, i);
		if (gone < 0 && kill((pid_t)watch->members[i].pid, 0) &&
		    errno == ESRCH)
			gone = (int64_t)i;
	}
	return gone;
}

/* The number of the first member that ended, or -1 where a word says that all
 * may. */
static int64_t await(const struct watch *watch)
{
	struct epoll_event event;
	char word;
	int n;

	do
		n = epoll_wait(watch->events, &event, 1, -1);
	while (n < 0 && errno == EINTR);
	if (n != 1 || read((int)(uint32_t)event.data.u64, &word, 1) == 1)
		return -1;
	return (int64_t)(event.data.u64 >> 32);
}

/* Nothing of the launcher's: it waits for the ends of its pipes. */
static void close_others(int keep)
{
	long most = sysconf(_SC_OPEN_MAX);

	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	dup2(keep, STDIN_FILENO);
#ifdef SYS_close_range
	if (!syscall(SYS_close_range, STDERR_FILENO + 1, ~0u, 0))
		return;
#endif
	for (int fd = STDERR_FILENO + 1; fd < most; fd++)
		close(fd);
}

/* Of other hosts' ranks, which the launcher ends too, one may have been the
 * first of all. */
static void name(const struct watch *watch, const struct member *dead)
{
	message_error("rank %llu on %s (process %lld) has died%s",
		      (unsigned long long)dead->rank, watch->ranks->host,
		      (long long)dead->pid,
		      watch->count < watch->ranks->count
			      ? ", the first of its host"
			      : "");
}

/* Send a signal, or none, to those that are there; how many. */
static size_t signal_others(const struct watch *watch, int sig)
{
	size_t count = 0;

	for (size_t i = 0; i < watch->count; i++) {
		int fd = open_pipe(&watch->members[i]);

		if (fd < 0)
			continue;
		count += !kill((pid_t)watch->members[i].pid, sig);
		close(fd);
	}
	return count;
}

/* Not every launcher ends the others, as srun where it was not told to: they
 * would wait for the dead one.  A rank that is to stop, and cannot, ends all.
 */
static void end_others(const struct watch *watch)
{
	static const struct timespec nap = {.tv_nsec = 100 * NS_PER_MS};

	for (int i = 0; i < LAUNCHER_NAPS; i++) {
		if (!signal_others(watch, 0))
			return;
		nanosleep(&nap, NULL);
	}
	signal_others(watch, SIGTERM);
}

/* `ready` is closed when no end can be missed any more. */
static void watch_members(struct watch *watch, int ready)
{
	int64_t first;

	setsid();
	close_others(ready);
	watch->events = epoll_create1(EPOLL_CLOEXEC);
	if (watch->events < 0)
		return;
	first = add_members(watch);
	close(STDIN_FILENO);
	if (first < 0)
		first = await(watch);
	if (first < 0)
		return;
	name(watch, &watch->members[first]);
	end_others(watch);
}

__attribute__((noreturn)) static void run(const struct ranks *ranks,
					  const struct peers *peers, int ready)
{
	struct watch watch = {
		.ranks = ranks,
		.members = (const struct member *)(const void *)peers->bytes,
		.count = peers->count,
	};

	message_keep(NULL, 0);
	message_init("pinsum-mpi");
	watch_members(&watch, ready);
	_exit(EXIT_SUCCESS);
}

/* Goes on when the guard looks: none of the ranks can end in order before,
 * since this one takes part in each step. */
static void make(const struct ranks *ranks, const struct peers *peers)
{
	int ends[2];
	char none;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC))
		return;
	pid = fork();
	if (pid == 0)
		run(ranks, peers, ends[1]);
	close(ends[1]);
	while (pid > 0 && read(ends[0], &none, 1) < 0 && errno == EINTR)
		;
	close(ends[0]);
}

/* Linux lets go of a dead process's files from the highest number down: above
 * the launcher's, the guard hears of the end before the launcher does, and
 * before the launcher can end any other rank. */
static void raise_end(int *end)
{
	int high = fcntl(*end, F_DUPFD_CLOEXEC, HIGH);

	if (high < 0)
		return;
	close(*end);
	*end = high;
}

static struct member open_guard(const struct ranks *ranks,
				struct mpi_guard *guard)
{
	struct member own = {ranks->rank, getpid(), -1, 0};
	struct stat st;

	if (pipe2(guard->ends, O_CLOEXEC)) {
		*guard = (struct mpi_guard){{-1, -1}};
		return own;
	}
	raise_end(&guard->ends[1]);
	if (!fstat(guard->ends[0], &st)) {
		own.pipe = guard->ends[0];
		own.inode = st.st_ino;
	}
	return own;
}

void mpi_guard_start(struct ranks *ranks, struct mpi_guard *guard)
{
	struct member own;
	struct peers peers;

	*guard = (struct mpi_guard){{-1, -1}};
	if (ranks->count == 1)
		return;
	own = open_guard(ranks, guard);
	if (ranks_peers(ranks, &own, sizeof own, &peers))
		return;
	if (peers.self == 0)
		make(ranks, &peers);
	free(peers.bytes);
}

void mpi_guard_leave(struct mpi_guard *guard)
{
	if (guard->ends[1] < 0)
		return;
	while (write(guard->ends[1], "", 1) < 0 && errno == EINTR)
		;
	close(guard->ends[0]);
	close(guard->ends[1]);
	*guard = (struct mpi_guard){{-1, -1}};
}
