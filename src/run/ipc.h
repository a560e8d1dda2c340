/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a process hands its part of the sum back (--ipc).
 *
 * A worker gives its part after it has said that it is done, so that the
 * hand-back lies in the time of collecting.  What the coordinator adds up is
 * what arrived.
 *
 * To add one: a file ipc-NAME.c that exports one struct, and its line in the
 * table of ipc.c.
 */
#ifndef PINSUM_IPC_H
#define PINSUM_IPC_H

#include <stddef.h>
#include <stdint.h>

#include "run/run.h"

/* All but the name may be NULL: the part stays in the slot, which lies in
 * shared memory. */
struct ipc {
	const char *name;

	/* Before the clock starts; sets run.channels.  0 or -errno. */
	int (*prepare)(struct run *run);
	/* The channel of a worker that is about to be forked; sets its
	 * slot.channel.  0 or -errno, run.refused then says what. */
	int (*open)(struct run *run, size_t worker);
	/* In the coordinator, after that. */
	void (*opened)(struct run *run, size_t worker);
	/* In the worker, which ends unsuccessfully where it cannot. */
	void (*give)(const struct slot *slot, struct u128 part);
	/* All workers are done: every part into its slot.sum.  0, -ETIMEDOUT
	 * or -errno; or any of them with another run.ending. */
	int (*collect)(struct run *run, int64_t deadline_ns);
	/* Undo what was done of prepare() and open(). */
	void (*release)(struct run *run);
};

/* What travels; less than PIPE_BUF. */
struct ipc_message {
	uint64_t worker;
	struct u128 part;
};

/* By name, or NULL. */
const struct ipc *ipc_find(const char *name);

/* The i-th of the table, or NULL at the end. */
const struct ipc *ipc_at(size_t i);

/* For collect(): sleep until `fd` can be read or written to as `events` of
 * poll(2) says, a worker died or a signal came.  0: look again; -ETIMEDOUT;
 * -ECANCELED where the run has another ending. */
int ipc_await(struct run *run, int fd, short events, int64_t deadline_ns);

/* For collect(): a channel ended before its message came.  Sleep until the
 * reason is known.  -ETIMEDOUT, or -ECANCELED with run.ending. */
int ipc_lost(struct run *run, size_t worker, int64_t deadline_ns);

/* In a worker: close every descriptor that it inherited, but for the standard
 * ones and this. */
void ipc_keep_only(int fd);

extern const struct ipc ipc_shm;
extern const struct ipc ipc_pipe;
extern const struct ipc ipc_socket;

#endif
