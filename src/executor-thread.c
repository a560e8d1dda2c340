/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * thread: a POSIX thread for each worker.
 */
#include <config.h>

#include "executor.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "signals.h"
#include "worker.h"

/* Enough for every kernel and the few buffers of usage.c; small, so that
 * creating one is cheap and 10,000 fit. */
#define STACK_SIZE (64 * 1024)

struct threads {
	pthread_attr_t attributes;
	sigset_t mask;
	pthread_t thread[]; /* by worker */
};

static void *start(void *slot)
{
	worker_body(slot);
	return NULL;
}

static size_t stack_size(void)
{
	long least = sysconf(_SC_THREAD_STACK_MIN);

	return least > STACK_SIZE ? (size_t)least : STACK_SIZE;
}

static int prepare(struct run *run)
{
	struct threads *threads =
		calloc(1, sizeof *threads + run->setup->workers *
						    sizeof *threads->thread);
	int error;

	if (!threads)
		return -ENOMEM;
	error = pthread_attr_init(&threads->attributes);
	if (!error)
		error = pthread_attr_setstacksize(&threads->attributes,
						  stack_size());
	if (error) {
		free(threads);
		return -error;
	}
	run->data = threads;
	return 0;
}

/* Signals go to the main thread: workers are created with them blocked. */
static int launch(struct run *run, size_t index)
{
	struct threads *threads = run->data;
	sigset_t old;
	int error, failed;

	error = signals_block(&old);
	if (error)
		return error;
	error = pthread_create(&threads->thread[index], &threads->attributes,
			       start, &run->area->slots[index]);
	if (!error) {
		run->area->slots[index].created = true;
		run->alive++;
	}
	failed = signals_restore(&old);
	return error ? -error : failed;
}

static int attend(struct run *run, int64_t deadline_ns)
{
	return run_sleep_until(run, run_is_over, deadline_ns);
}

/* Workers see area.stop after their chunk; one that gets no CPU where it is
 * pinned is let go, to come to see it. */
static void end(struct run *run)
{
	for (size_t i = 0; i < run->setup->workers; i++) {
		const struct slot *slot = &run->area->slots[i];

		if (atomic_load(&slot->state) == WORKER_READY)
			bind_set(slot->tid, run->setup->inherited);
	}
}

static bool join(pthread_t thread, int64_t deadline_ns)
{
	struct timespec at;

	/* glibc and musl both time joins by the wall clock. */
	clock_gettime(CLOCK_REALTIME, &at);
	deadline_ns -= clock_now();
	if (deadline_ns < 0)
		deadline_ns = 0;
	deadline_ns += at.tv_nsec;
	at.tv_sec += (time_t)(deadline_ns / NS_PER_S);
	at.tv_nsec = (long)(deadline_ns % NS_PER_S);
	return pthread_timedjoin_np(thread, NULL, &at) == 0;
}

static void reap(struct run *run, int64_t deadline_ns)
{
	struct threads *threads = run->data;

	for (size_t i = 0; i < run->setup->workers; i++) {
		struct slot *slot = &run->area->slots[i];

		if (slot->created && join(threads->thread[i], deadline_ns)) {
			slot->created = false;
			run->alive--;
		}
	}
}

static int release(struct run *run)
{
	struct threads *threads = run->data;

	pthread_attr_destroy(&threads->attributes);
	free(threads);
	return 0;
}

const struct executor executor_thread = {
	.name = "thread",
	.plural = "threads",
	.summary = "a POSIX thread for each worker",
	.prepare = prepare,
	.launch = launch,
	.attend = attend,
	.end = end,
	.reap = reap,
	.release = release,
};
