/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mutex: one shared counter under a mutex, taken for each integer.
 *
 * The mutex is robust: when a worker dies holding it, the next one is told,
 * and stops instead of waiting for ever; the death itself is reported by the
 * executor.
 */
#include <config.h>

#include <errno.h>
#include <pthread.h>

#include "run/sharing.h"
#include "run/worker.h"

#define CHUNK 1024

struct counter {
	pthread_mutex_t lock;
	struct u128 total;
};

static size_t size(size_t workers)
{
	(void)workers;
	return sizeof(struct counter);
}

static int init(void *shared, const struct run_setup *setup)
{
	struct counter *counter = shared;
	pthread_mutexattr_t attributes;
	int error = pthread_mutexattr_init(&attributes);

	(void)setup;
	if (error)
		return -error;
	error = pthread_mutexattr_setpshared(&attributes,
					     PTHREAD_PROCESS_SHARED);
	if (!error)
		error = pthread_mutexattr_setrobust(&attributes,
						    PTHREAD_MUTEX_ROBUST);
	if (!error)
		error = pthread_mutex_init(&counter->lock, &attributes);
	pthread_mutexattr_destroy(&attributes);
	return -error;
}

/* False where a holder died: not being made consistent, the mutex refuses all
 * who wait for it, too. */
static bool add(struct counter *counter, uint64_t integer)
{
	int error = pthread_mutex_lock(&counter->lock);

	if (error == EOWNERDEAD)
		pthread_mutex_unlock(&counter->lock);
	if (error)
		return false;
	counter->total = u128_add64(counter->total, integer);
	return pthread_mutex_unlock(&counter->lock) == 0;
}

static void work(struct slot *slot)
{
	struct counter *counter = slot->area->shared;
	uint64_t added = 0;
	bool alive = true;

	while (added < slot->count && alive) {
		uint64_t n = worker_step(slot, added, CHUNK), i = 0;

		while (i < n && alive)
			alive = add(counter, slot->first + added + i++);
		if (!alive)
			break;
		added += n;
		alive = worker_between(slot, added);
	}
	slot->complete = added == slot->count;
}

static struct u128 rest(const struct area *area)
{
	const struct counter *counter = area->shared;

	return counter->total;
}

const struct sharing sharing_mutex = {
	.name = "mutex",
	.summary = "one counter under a mutex, taken for each integer",
	.meets = true,
	.size = size,
	.init = init,
	.work = work,
	.rest = rest,
};
