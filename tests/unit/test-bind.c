/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/bind.h"

#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "tap.h"

static void check_sets(void)
{
	struct cpuset a, b;

	tap_is_int(cpuset_init(&a, 65), 0, "a set for 65 CPUs");
	tap_is_int(cpuset_init(&b, 0), 0, "a set for none");
	tap_ok(a.size * CHAR_BIT >= 65 && a.size % sizeof(long) == 0,
	       "has whole words and enough of them");
	tap_ok(cpuset_equal(&a, &b), "empty sets of two sizes are equal");
	cpuset_add(&a, 0);
	cpuset_add(&a, 64);
	cpuset_add(&a, 64);
	tap_is_int(cpuset_count(&a), 2, "a CPU counts once");
	tap_ok(cpuset_has(&a, 64) && !cpuset_has(&a, 63), "has what was added");
	tap_ok(!cpuset_has(&a, 1u << 30), "has nothing beyond its end");
	tap_ok(!cpuset_equal(&a, &b) && !cpuset_equal(&b, &a),
	       "a tail that the other lacks makes a difference");
	cpuset_add(&b, 0);
	tap_ok(!cpuset_equal(&a, &b) && !cpuset_equal(&b, &a),
	       "also after equal heads");
	cpuset_clear(&a);
	cpuset_add(&a, 0);
	tap_ok(cpuset_equal(&a, &b), "cleared and filled alike");
	cpuset_free(&a);
	cpuset_free(&b);
	tap_ok(!cpuset_has(&a, 0) && cpuset_count(&a) == 0, "free is empty");
}

/* The first CPU of a set that is not empty. */
static unsigned first_cpu(const struct cpuset *set)
{
	unsigned cpu = 0;

	while (!cpuset_has(set, cpu))
		cpu++;
	return cpu;
}

static void check_get(struct cpuset *mask)
{
	const unsigned long *bits;
	struct cpuset tiny;

	tap_is_int(bind_get(0, mask), 0, "the mask into a set of no size");
	tap_ok(cpuset_count(mask) > 0, "has a CPU");
	bits = mask->bits;
	tap_is_int(bind_get(getpid(), mask), 0, "the mask again, by number");
	tap_ok(mask->bits == bits, "allocates nothing");
	/* Kernels hold 64 CPUs at least, most many more. */
	tap_is_int(cpuset_init(&tiny, 1), 0, "a small set");
	tap_is_int(bind_get(0, &tiny), 0, "is grown to the kernel's size");
	tap_ok(cpuset_equal(&tiny, mask), "and has the same");
	cpuset_free(&tiny);
}

static void check_set(const struct cpuset *mask)
{
	unsigned cpu = first_cpu(mask);
	struct cpuset one, back = {0};

	/* Far more CPUs than the kernel knows, as one long more than that. */
	tap_is_int(cpuset_init(&one, (1u << 14) + 1), 0, "a large set");
	tap_is_int(bind_set(0, &one), -EINVAL, "no CPU at all is refused");
	cpuset_add(&one, 1u << 14);
	tap_is_int(bind_set(0, &one), -EINVAL, "so is one that is not there");
	cpuset_clear(&one);
	cpuset_add(&one, cpu);
	tap_is_int(bind_set(0, &one), 0, "pinned to CPU %u", cpu);
	tap_is_int(bind_get(0, &back), 0, "read back");
	tap_ok(cpuset_equal(&one, &back), "is that one alone");
	tap_is_int(bind_set(0, mask), 0, "the old mask");
	tap_is_int(bind_get(0, &back), 0, "read back");
	tap_ok(cpuset_equal(mask, &back), "is the old mask");
	cpuset_free(&one);
	cpuset_free(&back);
}

static void check_nobody(const struct cpuset *mask)
{
	struct cpuset set = {0};

	tap_is_int(bind_set(INT_MAX, mask), -ESRCH, "nobody to pin");
	tap_is_int(bind_get(INT_MAX, &set), -ESRCH, "nobody to ask");
	cpuset_free(&set);
}

int main(void)
{
	struct cpuset mask = {0};

	check_sets();
	check_get(&mask);
	check_set(&mask);
	check_nobody(&mask);
	cpuset_free(&mask);
	return tap_done();
}
