/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * thread: a POSIX thread for each worker.
 */
#include <config.h>

#include "run/executor.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/sanitizer.h"
#include "base/signals.h"
#include "run/worker.h"

/* Enough for every kernel and the few buffers of usage.c; small, so that
 * creating one is cheap and 10,000 fit.  The sanitizer of threads keeps data of
 * its own there. */
#define STACK_SIZE (UNDER_THREAD_SANITIZER ? 2 * 1024 * 1024 : 64 * 1024)

struct threads {
	pthread_attr_t attributes;
	/* All stacks, each above a page that nobody may touch.  The C library
	 * keeps stacks of its own for later, and every process that is forked
	 * after that copies their mappings. */
	char *stacks;
	size_t page, stack;
	pthread_t thread[]; /* by worker */
};

static void *start(void *slot)
{
	worker_body(slot);
	return NULL;
}

static size_t stack_size(size_t page)
{
	long least = sysconf(_SC_THREAD_STACK_MIN);
	size_t size = least > STACK_SIZE ? (size_t)least : STACK_SIZE;

	return (size + page - 1) / page * page;
}

static size_t stacks_size(const struct run *run, const struct threads *threads)
{
	return run->setup->workers * (threads->page + threads->stack);
}

static int make_stacks(const struct run *run, struct threads *threads)
{
	threads->page = (size_t)sysconf(_SC_PAGESIZE);
	threads->stack = stack_size(threads->page);
	threads->stacks = mmap(
		NULL, stacks_size(run, threads), PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
	return threads->stacks == MAP_FAILED ? -errno : 0;
}

static int prepare(struct run *run)
{
	struct threads *threads =
		calloc(1, sizeof *threads + run->setup->workers *
						    sizeof *threads->thread);
	int error;

	if (!threads)
		return -ENOMEM;
	error = -pthread_attr_init(&threads->attributes);
	if (!error)
		error = make_stacks(run, threads);
	if (error)
		free(threads);
	else
		run->data = threads;
	return error;
}

/* Since Linux 6.13; the C library's headers are often older. */
#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

/* A page that nobody may touch: where the kernel can, without cutting the
 * mapping in two, which makes all that comes after dearer.  0 or errno. */
static int guard(char *page, size_t size)
{
	if (madvise(page, size, MADV_GUARD_INSTALL) == 0 ||
	    mprotect(page, size, PROT_NONE) == 0)
		return 0;
	return errno;
}

/* 0 or an error number. */
static int use_stack(struct threads *threads, size_t index)
{
	char *page = threads->stacks + index * (threads->page + threads->stack);
	int error = guard(page, threads->page);

	if (error)
		return error;
	return pthread_attr_setstack(&threads->attributes, page + threads->page,
				     threads->stack);
}

/* Signals go to the main thread: workers are created with them blocked. */
static int launch(struct run *run, size_t index)
{
	struct threads *threads = run->data;
	sigset_t old;
	int error, failed;

	error = use_stack(threads, index);
	if (error)
		return -error;
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

	/* One that could not be ended still has its own. */
	if (!run->alive)
		munmap(threads->stacks, stacks_size(run, threads));
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
