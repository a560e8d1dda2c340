/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/ipc.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/signals.h"

static const struct ipc *const ipcs[] = {&ipc_shm, &ipc_pipe, &ipc_socket};

const struct ipc *ipc_at(size_t i)
{
	return i < sizeof ipcs / sizeof *ipcs ? ipcs[i] : NULL;
}

const struct ipc *ipc_find(const char *name)
{
	const struct ipc *ipc;

	for (size_t i = 0; (ipc = ipc_at(i)); i++)
		if (!strcmp(name, ipc->name))
			return ipc;
	return NULL;
}

/* Signals come in while it sleeps, and not between the look and the sleep. */
int ipc_await(struct run *run, int fd, short events, int64_t deadline_ns)
{
	struct pollfd ready = {.fd = fd, .events = events};
	int64_t now = clock_now(), until;
	struct timespec t;
	sigset_t old;
	int error, failed, n = 0;

	if (now >= deadline_ns)
		return -ETIMEDOUT;
	error = signals_block(&old);
	if (error)
		return error;
	run_look(run);
	until = run->look_ns < deadline_ns ? run->look_ns : deadline_ns;
	t = clock_timespec(until > now ? until - now : 0);
	if (run->ending == RUN_COMPLETE)
		n = ppoll(&ready, 1, &t, &old);
	if (n < 0 && errno != EINTR)
		error = -errno;
	failed = signals_restore(&old);
	if (!error)
		error = failed;
	return run->ending == RUN_COMPLETE ? error : -ECANCELED;
}

static bool is_known(const struct run *run)
{
	return run->ending != RUN_COMPLETE ||
	       !run->area->slots[run->culprit].created;
}

int ipc_lost(struct run *run, size_t worker, int64_t deadline_ns)
{
	int error;

	run->culprit = worker;
	error = run_sleep_until(run, is_known, deadline_ns);
	if (error)
		return error;
	/* It ended as if all were well, and gave nothing. */
	if (run->ending == RUN_COMPLETE) {
		run->ending = RUN_DIED;
		run->wait_status = 0;
	}
	return -ECANCELED;
}

/* Those of ten thousand workers are too many to close one by one; kernels
 * without the call leave them to the worker's end. */
void ipc_keep_only(int fd)
{
#ifdef SYS_close_range
	if (fd > STDERR_FILENO + 1)
		syscall(SYS_close_range, STDERR_FILENO + 1, fd - 1, 0);
	syscall(SYS_close_range, fd + 1, ~0u, 0);
#else
	(void)fd;
#endif
}
