/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pin a thread, and read back where the kernel lets it run.
 *
 * Straight system calls on sets of dynamic size: the C library's cpu_set_t
 * ends at 1,024 CPUs, and hwloc_set_cpubind reports success without binding
 * anything when its topology is of another machine.
 */
#ifndef PINSUM_BIND_H
#define PINSUM_BIND_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A set of CPUs as the kernel takes it. */
struct cpuset {
	unsigned long *bits; /* owned, unless `lent` */
	size_t size;	     /* in bytes, a multiple of sizeof(long) */
	bool lent;
};

/* An empty set for CPUs below `cpus`.  0 or -ENOMEM. */
int cpuset_init(struct cpuset *set, unsigned cpus);
/* An empty set in `size` bytes of zeroes that stay the lender's. */
void cpuset_lend(struct cpuset *set, void *memory, size_t size);
void cpuset_free(struct cpuset *set);
void cpuset_clear(struct cpuset *set);
void cpuset_add(struct cpuset *set, unsigned cpu);
bool cpuset_has(const struct cpuset *set, unsigned cpu);
unsigned cpuset_count(const struct cpuset *set);
/* Whatever the sizes: a missing tail is empty. */
bool cpuset_equal(const struct cpuset *a, const struct cpuset *b);

/* The affinity mask of a thread (0: the caller) into `set`, which is
 * initialised or all zero, and is only replaced by a larger one where the
 * kernel's does not fit (-EINVAL where it is lent): a set that was read once is
 * read again without allocating.  0 or a negative errno; `set` stays the
 * caller's to free. */
int bind_get(pid_t tid, struct cpuset *set);

/* Pin a thread (0: the caller).  0 or a negative errno.  Success says that the
 * call was accepted: read it back with bind_get(). */
int bind_set(pid_t tid, const struct cpuset *set);

#endif
