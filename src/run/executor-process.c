/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process: a forked process, with an address space of its own, for each
 * worker.
 */
#include <config.h>

#include "run/executor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/signals.h"
#include "run/ipc.h"
#include "run/worker.h"

struct processes {
	pid_t parent;
	int64_t rested_ns; /* no look at a crowd before */
	size_t buckets;	   /* a power of two */
	size_t *bucket; /* pid -> worker number + 1; open addressing.  In shared
			 * memory: after every fork, the first write to a page
			 * that is private copies it */
};

static size_t bucket_size(const struct processes *p)
{
	return p->buckets * sizeof *p->bucket;
}

static int prepare(struct run *run)
{
	struct processes *p = calloc(1, sizeof *p);

	if (!p)
		return -ENOMEM;
	p->parent = getpid();
	p->buckets = 4;
	while (p->buckets < 2 * run->setup->workers)
		p->buckets *= 2;
	p->bucket = mmap(NULL, bucket_size(p), PROT_READ | PROT_WRITE,
			 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p->bucket == MAP_FAILED) {
		int error = -errno;

		free(p);
		return error;
	}
	run->data = p;
	return run->setup->ipc->prepare ? run->setup->ipc->prepare(run) : 0;
}

/* The kernel sends SIGKILL when the tool is gone; it may be gone already. */
static void be_worker(const struct processes *p, struct slot *slot,
		      const sigset_t *old)
{
	int error = prctl(PR_SET_PDEATHSIG, SIGKILL) ? -errno : 0;

	if (getppid() != p->parent)
		_exit(EXIT_FAILURE);
	if (!error)
		error = signals_restore(old);
	if (slot->setup->ipc->give)
		ipc_keep_only(slot->channel);
	if (error)
		run_worker_fault(slot, FAULT_REFUSED, error);
	else
		worker_body(slot);
	_exit(EXIT_SUCCESS);
}

static void remember(struct run *run, pid_t pid, struct slot *slot)
{
	struct processes *p = run->data;
	size_t b = (size_t)pid & (p->buckets - 1);

	while (p->bucket[b])
		b = (b + 1) & (p->buckets - 1);
	p->bucket[b] = slot->index + 1;
	slot->created = true;
	slot->created_pid = pid;
	run->alive++;
}

/* The worker's slot, or NULL for a child that is not ours. */
static struct slot *find(const struct run *run, pid_t pid)
{
	const struct processes *p = run->data;
	size_t b = (size_t)pid & (p->buckets - 1);

	for (; p->bucket[b]; b = (b + 1) & (p->buckets - 1)) {
		struct slot *slot = &run->area->slots[p->bucket[b] - 1];

		/* A number may have been another worker's before. */
		if (slot->created && slot->created_pid == pid)
			return slot;
	}
	return NULL;
}

/* With signals blocked, so that none is caught by a worker that still has the
 * tool's handlers. */
static int launch(struct run *run, size_t index)
{
	struct slot *slot = &run->area->slots[index];
	const struct ipc *ipc = run->setup->ipc;
	sigset_t old;
	pid_t pid;
	int error;

	error = ipc->open ? ipc->open(run, index) : 0;
	if (!error)
		error = signals_block(&old);
	if (error)
		return error;
	pid = fork();
	if (pid < 0)
		error = -errno;
	else if (pid == 0)
		be_worker(run->data, slot, &old);
	else
		remember(run, pid, slot);
	if (ipc->opened)
		ipc->opened(run, index);
	return signals_restore(&old) && !error ? -EAGAIN : error;
}

static void note_death(struct run *run, pid_t pid, int status)
{
	struct slot *slot = find(run, pid);

	if (!slot)
		return;
	slot->created = false;
	run->alive--;
	if (run->ending != RUN_COMPLETE ||
	    (WIFEXITED(status) && WEXITSTATUS(status) == 0 &&
	     atomic_load(&slot->state) == WORKER_DONE))
		return;
	/* A signal to the whole group ends workers too; it was sent to the
	 * tool before any of them could be found dead. */
	run->ending = signals_stop() ? RUN_STOPPED : RUN_DIED;
	run->culprit = slot->index;
	run->wait_status = status;
}

/* `whom` as of waitpid; whether one was found dead. */
static bool bury(struct run *run, pid_t whom)
{
	struct rusage usage;
	int status;
	pid_t pid = wait4(whom, &status, WNOHANG, &usage);

	if (pid <= 0)
		return false;
	if (usage.ru_maxrss > run->maxrss_kib)
		run->maxrss_kib = usage.ru_maxrss;
	note_death(run, pid, status);
	return true;
}

/* To ask for any child, the kernel goes over those that live until it meets a
 * dead one.  In a crowd, those that have said that they are done are asked for
 * by number, and no look follows another too soon. */
#define CROWD		  100
#define LOOK_NS_PER_ALIVE (5 * NS_PER_US)

static void bury_done(struct run *run)
{
	for (size_t i = 0; i < run->setup->workers; i++) {
		const struct slot *slot = &run->area->slots[i];

		if (slot->created && atomic_load(&slot->state) == WORKER_DONE)
			bury(run, slot->created_pid);
	}
}

static void poll(struct run *run)
{
	struct processes *p = run->data;
	bool crowd = run->alive > CROWD;

	if (crowd && clock_now() < p->rested_ns) {
		run->look_ns = p->rested_ns;
		return;
	}
	run->look_ns = INT64_MAX;
	if (crowd)
		bury_done(run);
	while (bury(run, -1))
		;
	p->rested_ns = clock_now() + LOOK_NS_PER_ALIVE * (int64_t)run->alive;
}

static int attend(struct run *run, int64_t deadline_ns)
{
	return run_sleep_until(run, run_is_over, deadline_ns);
}

/* Dying takes CPU time, which one may not get where it is pinned. */
static void end(struct run *run)
{
	for (size_t i = 0; i < run->setup->workers; i++) {
		const struct slot *slot = &run->area->slots[i];

		if (!slot->created)
			continue;
		kill(slot->created_pid, SIGKILL);
		bind_set(slot->created_pid, run->setup->inherited);
	}
}

static bool none_alive(const struct run *run)
{
	return !run->alive;
}

static void reap(struct run *run, int64_t deadline_ns)
{
	run_sleep_until(run, none_alive, deadline_ns);
}

static int release(struct run *run)
{
	struct processes *p = run->data;

	if (run->channels)
		run->setup->ipc->release(run);
	munmap(p->bucket, bucket_size(p));
	free(p);
	return 0;
}

const struct executor executor_process = {
	.name = "process",
	.plural = "processes",
	.summary = "a forked process, with its own address space, for each "
		   "worker",
	.hands_back = true,
	.prepare = prepare,
	.launch = launch,
	.attend = attend,
	.poll = poll,
	.end = end,
	.reap = reap,
	.release = release,
};
