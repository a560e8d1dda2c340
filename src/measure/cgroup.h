/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The control groups that this process is in, version 1 or 2: how much CPU
 * time they allow, on which CPUs, and how long they held it back.
 */
#ifndef PINSUM_CGROUP_H
#define PINSUM_CGROUP_H

#include <stddef.h>
#include <stdint.h>

enum cgroup_controller { CGROUP_CPU, CGROUP_CPUSET, CGROUP_CONTROLLERS };

/* Where the process is for one controller. */
struct cgroup_dir {
	int version; /* 1 or 2; 0: no such controller */
	char *name;  /* as in /proc/self/cgroup: "/user.slice", or NULL */
	char *path;  /* its directory, or NULL where it cannot be seen */
	size_t top;  /* of path: the mount point, above which none is seen */
};

struct cgroups {
	struct cgroup_dir dirs[CGROUP_CONTROLLERS];
	size_t root; /* length of the root in every path */
};

/* A limit of `quota_us` of CPU time in every `period_us`, both positive. */
struct cgroup_quota {
	int64_t quota_us, period_us;
	char *from; /* owned: the file that sets it */
};

/* Open cpu.stat files. */
struct cgroup_cpu {
	int *fds; /* owned: own cgroup first, then its ancestors */
	size_t count;
	int local; /* cpu.stat.local of the own cgroup, or negative */
};

/* Since the cgroup was made. */
struct cgroup_throttle {
	int64_t ns;    /* held back, the CPUs' times added */
	int64_t count; /* periods that ran out of quota */
};

/* Find the cgroups of this process through /proc/self/cgroup and
 * /proc/self/mountinfo below `root` ("" but in tests).  Always leaves
 * something to free.  0; -ENOMEM; other errors where /proc does not say. */
int cgroup_locate(const char *root, struct cgroups *cgroups);

void cgroup_free(struct cgroups *cgroups);

/* The tightest quota of the own cgroup and of its ancestors that are seen.
 * 0 and *quota, whose `from` is the caller's; -ENOENT: there is none;
 * -ENODATA: it cannot be known; -ENOMEM. */
int cgroup_quota(const struct cgroups *cgroups, struct cgroup_quota *quota);

/* The text of the first file called `file` in the own cgroup or, where it has
 * none, in the nearest ancestor with one.  0 and *text, malloc'ed; -ENOENT;
 * -ENOMEM. */
int cgroup_text(const struct cgroups *cgroups, enum cgroup_controller which,
		const char *file, char **text);

/* Open what tells of throttling, to be read again and again without any
 * allocation.  0; -ENOENT where nothing tells; -ENOMEM, -EMFILE. */
int cgroup_cpu_open(const struct cgroups *cgroups, struct cgroup_cpu *cpu);

/* How much was throttled until now.  A quota of an ancestor counts too.
 * Where the kernel has no cpu.stat.local (before 6.6), the levels' times are
 * added: too much where two levels hold back at the same time.  0, -ENODATA,
 * or a negative errno, as when the cgroup was removed. */
int cgroup_cpu_read(const struct cgroup_cpu *cpu,
		    struct cgroup_throttle *throttle);

void cgroup_cpu_close(struct cgroup_cpu *cpu);

#endif
