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
#include <sys/socket.h>
#include <unistd.h>

#include "run/ipc.h"
#include "run/parking.h"

struct channels {
	struct parking parking;
	int own[PARKING_MOST]; /* the tool's ends, not parked yet */
	size_t held;	       /* of them */
	size_t first;	       /* whose own[0] is, by `order` */
	size_t count;
	size_t order[]; /* workers as they were created */
};

static int prepare(struct run *run)
{
	size_t count = run->setup->workers;
	struct channels *c = calloc(1, sizeof *c + count * sizeof *c->order);

	if (!c)
		return -ENOMEM;
	run->channels = c;
	return parking_open(&c->parking);
}

static int park(struct channels *c)
{
	int error = parking_put(&c->parking, c->own, c->held);

	if (error)
		return error;
	c->first += c->held;
	c->held = 0;
	return 0;
}

static int open_pair(struct run *run, size_t worker)
{
	struct channels *c = run->channels;
	int pair[2], error = 0;

	run->refused = "a socket pair for each worker (ulimit -n; --ipc=pipe "
		       "needs one pipe in all)";
	if (c->held == PARKING_MOST)
		error = park(c);
	if (error)
		return error;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair))
		return -errno;
	run->refused = NULL;
	c->own[c->held++] = pair[0];
	c->order[c->count++] = worker;
	run->area->slots[worker].channel = pair[1];
	return 0;
}

static void opened(struct run *run, size_t worker)
{
	close(run->area->slots[worker].channel);
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
static int request(struct run *run, int fd, size_t worker, int64_t deadline_ns)
{
	uint64_t wanted = worker;
	ssize_t n;

	do
		n = send(fd, &wanted, sizeof wanted,
			 MSG_NOSIGNAL | MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	if (has_hung_up(n))
		return ipc_lost(run, worker, deadline_ns);
	return n < 0 ? -errno : 0;
}

static int reply(struct run *run, int fd, size_t worker, int64_t deadline_ns)
{
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

static int collect_held(struct run *run, int64_t deadline_ns)
{
	struct channels *c = run->channels;
	int error = 0;

	for (size_t i = 0; i < c->held; i++) {
		size_t worker = c->order[c->first + i];

		if (!error)
			error = request(run, c->own[i], worker, deadline_ns);
		if (!error)
			error = reply(run, c->own[i], worker, deadline_ns);
		close(c->own[i]);
	}
	c->held = 0;
	return error;
}

/* The last ones first, since they are not parked. */
static int collect(struct run *run, int64_t deadline_ns)
{
	struct channels *c = run->channels;
	size_t parked = c->first;
	int error = collect_held(run, deadline_ns);

	for (c->first = 0; c->first < parked && !error;
	     c->first += PARKING_MOST) {
		error = parking_take(&c->parking, c->own, &c->held);
		if (!error)
			error = collect_held(run, deadline_ns);
	}
	return error;
}

static void release(struct run *run)
{
	struct channels *c = run->channels;

	for (size_t i = 0; i < c->held; i++)
		close(c->own[i]);
	parking_close(&c->parking);
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
