/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to topology*.c: what they pass each other, with hwloc's types.
 *
 *   source -> discovery -> levels -> kinds -> struct machine
 */
#ifndef PINSUM_TOPOLOGY_HWLOC_H
#define PINSUM_TOPOLOGY_HWLOC_H

#include <hwloc.h>

#include "run/bind.h"
#include "topology/topology.h"

enum source_kind {
	SOURCE_SYSTEM,
	SOURCE_XML,
	SOURCE_SYNTHETIC,
	SOURCE_FSROOT, /* a copy of another machine's /sys and /proc */
	SOURCE_CPUID   /* a dump of another machine's CPUID */
};

/* Where the machine comes from. */
struct source {
	enum source_kind kind;
	const char *text;    /* a path or a description; NULL for the system */
	const char *why_not; /* as in struct machine */
};

/* Choose by `input` and, where that is NULL, by hwloc's own variables in the
 * environment, and look that hwloc can be trusted with it: it takes for ever
 * over some descriptions and passes bad paths by without a word.  0, or a
 * negative errno with a message written. */
int source_choose(const char *input, struct source *source);

/* Whether a synthetic description is of a bounded size: what hwloc builds
 * from it takes memory and time with the square of its width.  0, -EINVAL
 * (not a description) or -E2BIG. */
int synthetic_check(const char *text);

/* Load in a process of its own, with limits on time and memory.  0 where that
 * went well: it is safe here too.  What it returned; -EFAULT where it crashed,
 * -ETIME where it was taking for ever, -EINTR where a signal asked to stop. */
typedef int source_loader(const struct source *source,
			  hwloc_topology_t *topology);
int rehearse(const struct source *source, source_loader *load);

/* hwloc's view of the source, loaded; `*ns` is what that took.  0, or a
 * negative errno with a message written. */
int discover(const struct source *source, hwloc_topology_t *topology,
	     int64_t *ns);

/* Fill the arrays of an empty machine.  `mask` holds the CPUs that this
 * process may run on, NULL where the machine is another one.  0, or a
 * negative errno with a message written; the machine is the caller's to free
 * in either case. */
int levels_build(hwloc_topology_t topology, struct machine *machine);
int states_build(hwloc_topology_t topology, const struct cpuset *mask,
		 struct machine *machine);
int kinds_build(hwloc_topology_t topology, struct machine *machine);

/* For levels_build(): make one level of those that share a type.  0 or -errno,
 * no message written. */
int levels_merge(struct machine *machine);

/* For levels_build(): the ranges of NUMA nodes, and the node of each PU. */
int nodes_build(hwloc_topology_t topology, struct machine *machine,
		const struct level *nodes);

/* The object in hwloc's tree that a NUMA node hangs on. */
hwloc_obj_t node_parent(hwloc_obj_t node);

#endif
