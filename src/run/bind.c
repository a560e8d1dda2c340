/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/bind.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#define WORD_BITS (sizeof(unsigned long) * CHAR_BIT)

/* Where bind_get() starts, and where it gives up: no kernel is built for
 * that many CPUs, so EINVAL there means something else. */
#define FIRST_CPUS 1024u
#define LAST_CPUS  (1u << 22)

static size_t set_words(const struct cpuset *set)
{
	return set->size / sizeof(*set->bits);
}

/* The word with that index, 0 beyond the end. */
static unsigned long word(const struct cpuset *set, size_t i)
{
	return i < set_words(set) ? set->bits[i] : 0;
}

int cpuset_init(struct cpuset *set, unsigned cpus)
{
	size_t words = cpus / WORD_BITS + (cpus % WORD_BITS != 0);

	if (words == 0)
		words = 1;
	*set = (struct cpuset){.bits = calloc(words, sizeof(*set->bits))};
	if (!set->bits)
		return -ENOMEM;
	set->size = words * sizeof(*set->bits);
	return 0;
}

void cpuset_lend(struct cpuset *set, void *memory, size_t size)
{
	*set = (struct cpuset){.bits = memory, .size = size, .lent = true};
}

void cpuset_free(struct cpuset *set)
{
	if (!set->lent)
		free(set->bits);
	*set = (struct cpuset){0};
}

void cpuset_clear(struct cpuset *set)
{
	if (set->size)
		memset(set->bits, 0, set->size);
}

void cpuset_add(struct cpuset *set, unsigned cpu)
{
	assert(cpu / WORD_BITS < set_words(set));
	set->bits[cpu / WORD_BITS] |= 1ul << cpu % WORD_BITS;
}

bool cpuset_has(const struct cpuset *set, unsigned cpu)
{
	return word(set, cpu / WORD_BITS) >> cpu % WORD_BITS & 1;
}

unsigned cpuset_count(const struct cpuset *set)
{
	unsigned count = 0;

	for (size_t i = 0; i < set_words(set); i++)
		count += (unsigned)__builtin_popcountl(set->bits[i]);
	return count;
}

bool cpuset_equal(const struct cpuset *a, const struct cpuset *b)
{
	size_t words = set_words(a);

	if (words < set_words(b))
		words = set_words(b);
	for (size_t i = 0; i < words; i++)
		if (word(a, i) != word(b, i))
			return false;
	return true;
}

/* Make room for twice as many CPUs; what was in the set is lost. */
static int grow(struct cpuset *set)
{
	unsigned cpus = (unsigned)(set->size * CHAR_BIT) * 2;
	struct cpuset larger;
	int err;

	if (cpus < FIRST_CPUS)
		cpus = FIRST_CPUS;
	if (cpus > LAST_CPUS || set->lent)
		return -EINVAL;
	err = cpuset_init(&larger, cpus);
	if (err)
		return err;
	cpuset_free(set);
	*set = larger;
	return 0;
}

int bind_get(pid_t tid, struct cpuset *set)
{
	int err = 0;

	if (!set->bits)
		err = grow(set);
	while (!err) {
		/* The C library clears what the kernel does not write. */
		if (!sched_getaffinity(tid, set->size, (cpu_set_t *)set->bits))
			return 0;
		if (errno != EINVAL)
			return -errno;
		err = grow(set);
	}
	return err;
}

int bind_set(pid_t tid, const struct cpuset *set)
{
	const cpu_set_t *bits = (const cpu_set_t *)set->bits;

	return sched_setaffinity(tid, set->size, bits) ? -errno : 0;
}
