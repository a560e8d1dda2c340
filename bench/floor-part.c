/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "floor-part.h"

#include <errno.h>
#include <sched.h>
#include <sys/mman.h>

#include "base/futex.h"

static size_t area_size(const struct floor *floor)
{
	return sizeof(struct floor_area) +
	       floor->workers * sizeof(struct floor_part);
}

struct floor_area *floor_map(const struct floor *floor)
{
	uint64_t total = floor->last - floor->first + 1;
	uint64_t share = total / floor->workers, rest = total % floor->workers;
	uint64_t next = floor->first;
	struct floor_area *area =
		mmap(NULL, area_size(floor), PROT_READ | PROT_WRITE,
		     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (area == MAP_FAILED)
		return NULL;
	for (size_t i = 0; i < floor->workers; i++) {
		struct floor_part *part = &area->parts[i];

		part->floor = floor;
		part->area = area;
		part->cpu = floor->cpus[i % floor->cpu_count];
		part->first = next;
		part->count = share + (i < rest);
		next += part->count;
	}
	return area;
}

void floor_unmap(struct floor_area *area, const struct floor *floor)
{
	munmap(area, area_size(floor));
}

static void meet(struct floor_area *area, size_t workers)
{
	unsigned seen = atomic_fetch_add(&area->waiting, 1) + 1;

	if (seen == workers)
		futex_wake_all(&area->waiting);
	while (seen < workers) {
		futex_wait(&area->waiting, seen, INT64_MAX);
		seen = atomic_load(&area->waiting);
	}
}

int floor_work(struct floor_part *part)
{
	const struct floor *floor = part->floor;
	cpu_set_t set;
	int error = 0;

	CPU_ZERO(&set);
	CPU_SET(part->cpu, &set);
	if (sched_setaffinity(0, sizeof set, &set))
		error = -errno;
	/* The others wait for this one, pinned or not. */
	if (floor->together)
		meet(part->area, floor->workers);
	if (error)
		return error;
	part->sum = floor->kernel->sum(part->first, part->count);
	return 0;
}

int floor_make(struct floor_area *area, const struct floor *floor,
	       int (*make)(void *context, size_t index), void *context)
{
	int here = sched_getcpu();

	for (int last = 0; last < 2; last++)
		for (size_t i = 0; i < floor->workers; i++) {
			int error = 0;

			if ((area->parts[i].cpu == (unsigned)here) == last)
				error = make(context, i);
			if (error)
				return error;
		}
	return 0;
}

struct u128 floor_total(const struct floor_area *area,
			const struct floor *floor)
{
	struct u128 sum = {0, 0};

	for (size_t i = 0; i < floor->workers; i++)
		sum = u128_add(sum, area->parts[i].sum);
	return sum;
}
