/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "floor.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "floor-part.h"

#define STACK_SIZE (64 * 1024)

struct threads {
	struct floor_area *area;
	pthread_attr_t attributes;
	pthread_t *threads;
	size_t made;
};

static void *start(void *part)
{
	return floor_work(part) ? part : NULL;
}

static int make(void *context, size_t index)
{
	struct threads *t = context;
	int error = pthread_create(&t->threads[t->made], &t->attributes, start,
				   &t->area->parts[index]);

	t->made += !error;
	return -error;
}

static int join(const struct threads *t)
{
	int error = 0;

	for (size_t i = 0; i < t->made; i++) {
		void *failed;

		pthread_join(t->threads[i], &failed);
		if (failed)
			error = -EPERM;
	}
	return error;
}

int floor_threads(const struct floor *floor, struct u128 *sum)
{
	struct threads t = {.area = floor_map(floor)};
	int error;

	t.threads = calloc(floor->workers, sizeof *t.threads);
	if (!t.area || !t.threads)
		return -ENOMEM;
	pthread_attr_init(&t.attributes);
	pthread_attr_setstacksize(&t.attributes, STACK_SIZE);
	error = floor_make(t.area, floor, make, &t);
	/* Those that meet would wait for ever for who was not made. */
	if (error && floor->together)
		return error;
	if (join(&t) && !error)
		error = -EPERM;
	*sum = floor_total(t.area, floor);
	pthread_attr_destroy(&t.attributes);
	free(t.threads);
	floor_unmap(t.area, floor);
	return error;
}

int floor_single(const struct floor *floor, struct u128 *sum)
{
	struct floor_area *area = floor_map(floor);
	int error;

	if (!area)
		return -ENOMEM;
	error = floor_work(&area->parts[0]);
	*sum = floor_total(area, floor);
	floor_unmap(area, floor);
	return error;
}
