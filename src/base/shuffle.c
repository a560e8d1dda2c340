/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/shuffle.h"

#include <errno.h>
#include <sys/random.h>

static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/* Evenly below `bound`: of the remainder, what would favour small numbers is
 * drawn again. */
static uint64_t random_below(uint64_t *state, uint64_t bound)
{
	uint64_t lowest = (UINT64_MAX - bound + 1) % bound;
	uint64_t drawn;

	do {
		drawn = next_random(state);
	} while (drawn < lowest);
	return drawn % bound;
}

void shuffle_draw(uint64_t *state, size_t *order, size_t at, size_t count)
{
	size_t from = at + (size_t)random_below(state, count - at);
	size_t drawn = order[from];

	order[from] = order[at];
	order[at] = drawn;
}

void shuffle(uint64_t *state, size_t *order, size_t count)
{
	for (size_t at = 0; at < count; at++)
		shuffle_draw(state, order, at, count);
}

int shuffle_seed(uint64_t *seed)
{
	ssize_t n = getrandom(seed, sizeof *seed, 0);

	if (n < 0)
		return -errno;
	return n == sizeof *seed ? 0 : -EIO;
}
