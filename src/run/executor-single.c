/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * single: the calling thread is the worker.
 *
 * A pinned thread that gets no CPU cannot time itself out: a watchdog thread,
 * which is not pinned, sleeps until the deadline, then asks it to stop and
 * gives it the whole mask back, so that it comes to read that.
 */
#include <config.h>

#include "run/executor.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/futex.h"
#include "base/signals.h"
#include "run/worker.h"

struct watchdog {
	pthread_t thread;
	struct run *run;
	pid_t tid;		  /* whom to free */
	struct sched_state sched; /* what the caller had */
	atomic_uint over; /* a futex: the run has ended */
	atomic_bool fired;
};

static void *watch(void *arg)
{
	struct watchdog *dog = arg;
	const struct run_setup *setup = dog->run->setup;
	int64_t deadline = clock_now() + setup->timeout_ns;

	while (!atomic_load(&dog->over) && clock_now() < deadline)
		futex_wait(&dog->over, 0, deadline);
	if (!atomic_load(&dog->over)) {
		atomic_store(&dog->fired, true);
		atomic_store(&dog->run->area->stop, 1);
		futex_wake_all(&dog->run->area->stop);
		bind_set(dog->tid, setup->inherited);
	}
	return NULL;
}

static void stop(struct watchdog *dog)
{
	atomic_store(&dog->over, 1);
	futex_wake_all(&dog->over);
	pthread_join(dog->thread, NULL);
}

/* With signals blocked, which `old` undoes. */
static int start(struct watchdog *dog, const sigset_t *old)
{
	int error = -pthread_create(&dog->thread, NULL, watch, dog);
	int restored = signals_restore(old);

	if (!error && restored)
		stop(dog);
	return error ? error : restored;
}

static int prepare(struct run *run)
{
	struct watchdog *dog = calloc(1, sizeof *dog);
	sigset_t old;
	int error;

	if (!dog)
		return -ENOMEM;
	dog->run = run;
	dog->tid = (pid_t)syscall(SYS_gettid);
	error = sched_policy_save(&dog->sched);
	if (!error)
		error = signals_block(&old);
	if (!error)
		error = start(dog, &old);
	if (error)
		free(dog);
	else
		run->data = dog;
	return error;
}

static int launch(struct run *run, size_t index)
{
	const struct watchdog *dog = run->data;

	if (worker_prepare(&run->area->slots[index]))
		run_worker_ready(&run->area->slots[index]);
	/* The mask may then be another because of that. */
	if (atomic_load(&dog->fired))
		run->ending = RUN_TIMEOUT;
	return 0;
}

static int attend(struct run *run, int64_t deadline_ns)
{
	const struct watchdog *dog = run->data;

	(void)deadline_ns;
	worker_work(&run->area->slots[0]);
	if (signals_stop())
		run->ending = RUN_STOPPED;
	return atomic_load(&dog->fired) ? -ETIMEDOUT : 0;
}

static void end(struct run *run)
{
	(void)run;
}

static void reap(struct run *run, int64_t deadline_ns)
{
	(void)run;
	(void)deadline_ns;
}

static int release(struct run *run)
{
	const struct watchdog *dog = run->data;
	struct slot *slot = &run->area->slots[0];
	int error = 0;

	if (run->setup->sched->set)
		error = sched_policy_restore(&dog->sched);
	stop(run->data);
	free(run->data);
	worker_leave(slot);
	if (!error && slot->fault != FAULT_PIN_REFUSED)
		error = bind_set(0, run->setup->inherited);
	return error;
}

const struct executor executor_single = {
	.name = "single",
	.summary = "one worker, the calling thread",
	.alone = true,
	.prepare = prepare,
	.launch = launch,
	.attend = attend,
	.end = end,
	.reap = reap,
	.release = release,
};
