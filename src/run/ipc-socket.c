/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * socket: a socket pair for each worker; the coordinator asks one after the
 * other, and each answers with its part, as the proxy objects of an
 * interpreter's process managers do.
 */
#include <config.h>

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "run/ipc.h"

struct channels {
	struct rlimit limit; /* of descriptors, as it was */
	bool limit_raised;
	size_t count;
	struct {
		int own, worker; /* ends; -1: closed */
	} pairs[];
};

/* One for each worker, and what the tool itself has open. */
#define DESCRIPTORS_SPARE 64

/* As far as one may without asking anybody; what is still too little shows at
 * the descriptor that is one too many. */
static void raise_limit(struct channels *c)
{
	struct rlimit wanted;

	if (getrlimit(RLIMIT_NOFILE, &c->limit))
		return;
	wanted = c->limit;
	wanted.rlim_cur = c->count + DESCRIPTORS_SPARE;
	if (wanted.rlim_cur <= c->limit.rlim_cur)
		return;
	if (wanted.rlim_cur > wanted.rlim_max)
		wanted.rlim_cur = wanted.rlim_max;
	c->limit_raised = setrlimit(RLIMIT_NOFILE, &wanted) == 0;
}

static int prepare(struct run *run)
{
	size_t count = run->setup->workers;
	struct channels *c = calloc(1, sizeof *c + count * sizeof *c->pairs);

	if (!c)
		return -ENOMEM;
	c->count = count;
	for (size_t i = 0; i < count; i++)
		c->pairs[i].own = c->pairs[i].worker = -1;
	raise_limit(c);
	run->channels = c;
	return 0;
}

static int open_pair(struct run *run, size_t worker)
{
	struct channels *c = run->channels;
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair)) {
		run->refused = "a socket pair for each worker (ulimit -n; "
			       "--ipc=pipe needs one pipe in all)";
		return -errno;
	}
	c->pairs[worker].own = pair[0];
	c->pairs[worker].worker = pair[1];
	run->area->slots[worker].channel = pair[1];
	return 0;
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void opened(struct run *run, size_t worker)
{
	struct channels *c = run->channels;

	close_end(&c->pairs[worker].worker);
}

/* The request names the worker, so that an answer from another is noticed. */
static void give(const struct slot *slot, struct u128 part)
{
	const struct ipc_message message = {slot->index, part};
	uint64_t wanted;
	ssize_t n;

	do
		n = recv(slot->channel, &wanted, sizeof wanted, 0);
	while (n < 0 && errno == EINTR);
	if (n != sizeof wanted || wanted != slot->index)
		_exit(EXIT_FAILURE);
	do
		n = send(slot->channel, &message, sizeof message, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	if (n != sizeof message)
		_exit(EXIT_FAILURE);
}

static bool has_hung_up(ssize_t n)
{
	return n == 0 || (n < 0 && (errno == EPIPE || errno == ECONNRESET));
}

/* Nothing of it has to wait for the worker: the socket is empty. */
static int request(struct run *run, size_t worker, int64_t deadline_ns)
{
	const struct channels *c = run->channels;
	uint64_t wanted = worker;
	ssize_t n;

	do
		n = send(c->pairs[worker].own, &wanted, sizeof wanted,
			 MSG_NOSIGNAL | MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	if (has_hung_up(n))
		return ipc_lost(run, worker, deadline_ns);
	return n < 0 ? -errno : 0;
}

static int reply(struct run *run, size_t worker, int64_t deadline_ns)
{
	const struct channels *c = run->channels;
	int fd = c->pairs[worker].own;
	struct ipc_message message;

	for (;;) {
		ssize_t n = recv(fd, &message, sizeof message, MSG_DONTWAIT);
		int error = 0;

		if (n == sizeof message && message.worker == worker)
			break;
		if (has_hung_up(n))
			return ipc_lost(run, worker, deadline_ns);
		if (n > 0)
			return -EPROTO;
		if (errno == EAGAIN)
			error = ipc_await(run, fd, POLLIN, deadline_ns);
		else if (errno != EINTR)
			error = -errno;
		if (error)
			return error;
	}
	run->area->slots[worker].sum = message.part;
	return 0;
}

static int collect(struct run *run, int64_t deadline_ns)
{
	int error = 0;

	for (size_t i = 0; i < run->setup->workers && !error; i++) {
		error = request(run, i, deadline_ns);
		if (!error)
			error = reply(run, i, deadline_ns);
	}
	return error;
}

static void release(struct run *run)
{
	struct channels *c = run->channels;

	for (size_t i = 0; i < c->count; i++) {
		close_end(&c->pairs[i].own);
		close_end(&c->pairs[i].worker);
	}
	if (c->limit_raised)
		setrlimit(RLIMIT_NOFILE, &c->limit);
	free(c);
}

const struct ipc ipc_socket = {
	.name = "socket",
	.prepare = prepare,
	.open = open_pair,
	.opened = opened,
	.give = give,
	.collect = collect,
	.release = release,
};
