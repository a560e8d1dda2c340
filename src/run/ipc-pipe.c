/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pipe: one pipe, into which every worker writes one message; the kernel takes
 * each whole.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "run/ipc.h"

struct channels {
	int end[2];  /* as of pipe(2); -1: closed */
	bool *given; /* by worker */
};

static int prepare(struct run *run)
{
	struct channels *c = calloc(1, sizeof *c);

	if (!c)
		return -ENOMEM;
	c->end[0] = c->end[1] = -1;
	c->given = calloc(run->setup->workers, sizeof *c->given);
	if (!c->given) {
		free(c);
		return -ENOMEM;
	}
	run->channels = c;
	return 0;
}

/* Of the two ends only the coordinator's must not block. */
static int make(struct channels *c)
{
	if (pipe2(c->end, O_CLOEXEC))
		return -errno;
	return fcntl(c->end[0], F_SETFL, O_NONBLOCK) ? -errno : 0;
}

static int open_pipe(struct run *run, size_t worker)
{
	struct channels *c = run->channels;
	int error = c->end[0] < 0 ? make(c) : 0;

	if (error)
		run->refused = "a pipe";
	run->area->slots[worker].channel = c->end[1];
	return error;
}

static void give(const struct slot *slot, struct u128 part)
{
	const struct ipc_message message = {slot->index, part};
	ssize_t n;

	do
		n = write(slot->channel, &message, sizeof message);
	while (n < 0 && errno == EINTR);
	if (n != sizeof message)
		_exit(EXIT_FAILURE);
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static int take(struct run *run, const struct ipc_message *message)
{
	struct channels *c = run->channels;

	if (message->worker >= run->setup->workers || c->given[message->worker])
		return -EPROTO;
	c->given[message->worker] = true;
	run->area->slots[message->worker].sum = message->part;
	return 0;
}

/* The pipe has ended: the first worker that gave nothing. */
static int lost(struct run *run, int64_t deadline_ns)
{
	const struct channels *c = run->channels;
	size_t worker = 0;

	while (worker + 1 < run->setup->workers && c->given[worker])
		worker++;
	return ipc_lost(run, worker, deadline_ns);
}

static int read_one(struct run *run, int64_t deadline_ns)
{
	struct channels *c = run->channels;
	struct ipc_message message;

	for (;;) {
		ssize_t n = read(c->end[0], &message, sizeof message);
		int error = 0;

		if (n == sizeof message)
			return take(run, &message);
		if (n > 0)
			return -EPROTO;
		if (n == 0)
			return lost(run, deadline_ns);
		if (errno == EAGAIN)
			error = ipc_await(run, c->end[0], POLLIN, deadline_ns);
		else if (errno != EINTR)
			error = -errno;
		if (error)
			return error;
	}
}

/* Without its own end of writing, the pipe ends with the last worker. */
static int collect(struct run *run, int64_t deadline_ns)
{
	struct channels *c = run->channels;
	int error = 0;

	close_end(&c->end[1]);
	for (size_t i = 0; i < run->setup->workers && !error; i++)
		error = read_one(run, deadline_ns);
	return error;
}

static void release(struct run *run)
{
	struct channels *c = run->channels;

	close_end(&c->end[0]);
	close_end(&c->end[1]);
	free(c->given);
	free(c);
}

const struct ipc ipc_pipe = {
	.name = "pipe",
	.prepare = prepare,
	.open = open_pipe,
	.give = give,
	.collect = collect,
	.release = release,
};
