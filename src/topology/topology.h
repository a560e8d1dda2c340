/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The machine: hwloc's tree as flat arrays.
 *
 * After topology_load() nothing else of the program needs hwloc.  PUs are in
 * hwloc's logical order, and every object of every level covers a contiguous
 * range of them, so "the cores inside this package" is a range of an array.
 *
 * Numbering is hwloc's own for the calling process (what lstopo shows in the
 * same cpuset): objects that its cpuset leaves out have no number.  The
 * affinity mask never renumbers anything: a PU outside it is there, and not
 * usable.
 */
#ifndef PINSUM_TOPOLOGY_H
#define PINSUM_TOPOLOGY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NONE (-1) /* no such object, no such index */

/* Types of levels, largest first; hwloc's types without I/O. */
enum level_type {
	LEVEL_MACHINE,
	LEVEL_GROUP,
	LEVEL_PACKAGE,
	LEVEL_DIE,
	LEVEL_NUMA,
	LEVEL_L5,
	LEVEL_L4,
	LEVEL_L3,
	LEVEL_L2,
	LEVEL_L1,
	LEVEL_L3I,
	LEVEL_L2I,
	LEVEL_L1I,
	LEVEL_CORE,
	LEVEL_PU,
	LEVEL_TYPES
};

/* PUs `first` to `first + count - 1` of machine.pus; a NUMA node without CPUs
 * has count 0. */
struct object {
	unsigned first, count;
	int os;         /* the operating system's number, or NONE */
	unsigned total; /* PUs of it that the hardware has: those offline, or
			 * outside of the cpuset, included */
};

/* All objects of one of hwloc's depths; the index in `objects` is hwloc's
 * logical index.  Groups alone can have several levels, which `depth` tells
 * apart; objects of another type that hwloc has at several depths are all in
 * one level, numbered in the order of their PUs.  An object that is there for
 * its memory alone has count 0. */
struct level {
	enum level_type type;
	int depth; /* hwloc's, or NONE for NUMA nodes */
	const char *name; /* hwloc's, lower case: "package", "numanode", "l3",
			   * "l1d" */
	struct object *objects;
	unsigned count;
};

/* Indexes are logical, NONE where the machine has no such level there. */
struct pu {
	unsigned os;
	bool usable; /* online, in the cpuset and in the affinity mask */
	int core, die, package;
	int l2, l3;
	int numa; /* nearest node with memory */
	int llc; /* largest cache: index in its own level */
	int llc_level; /* index of that level in machine.levels, or NONE */
	int kind; /* hwloc's CPU kind, 0 the most efficient; NONE if unknown */
};

/* Why a CPU cannot be used, by its operating system's number. */
enum cpu_state {
	CPU_USABLE,
	CPU_ABSENT,  /* the machine has no such CPU */
	CPU_OFFLINE,
	CPU_NOT_IN_CPUSET,
	CPU_NOT_IN_MASK /* not in the inherited affinity mask */
};

struct cpu_kind {
	int efficiency; /* hwloc's rank, 0 upwards, or NONE */
	unsigned pus;   /* usable PUs of that kind */
	char *about;    /* "CoreType=IntelCore FrequencyMaxMHz=5000", or NULL */
};

struct machine {
	struct pu *pus;
	unsigned pu_count;
	struct level *levels; /* from the largest to the smallest */
	unsigned level_count;
	struct cpu_kind *kinds;
	unsigned kind_count;
	int *pu_of_os; /* index in pus, or NONE; for os < os_count */
	unsigned char *state_of_os; /* enum cpu_state */
	unsigned os_count; /* one more than the greatest number in use */
	bool is_this_system; /* measuring is possible */
	const char *why_not; /* NULL, or what makes it another machine, as
			      * "--input" or "HWLOC_XMLFILE" */
	char *hwloc_version;
	int64_t discovery_ns; /* what init and load took */
};

/* Discover this machine (`input` NULL) or read an hwloc XML file or synthetic
 * description.  0 and *machine, owned by the caller; on failure a negative
 * errno, a message already written. */
int topology_load(const char *input, struct machine **machine);

void topology_free(struct machine *machine);

/* The only level of `type` (for Group the first), or NULL. */
const struct level *topology_level(const struct machine *machine,
				   enum level_type type);

/* State of CPU `os`, any number. */
enum cpu_state topology_cpu_state(const struct machine *machine, unsigned os);

/* For messages: "is not in the affinity mask" and the like. */
const char *topology_state_text(enum cpu_state state);

/* The usable CPUs as text ("0-3,8"), malloc'ed, or NULL without memory. */
char *topology_usable_text(const struct machine *machine);

/* How many PUs, and how many cores with at least one, are usable.  Where the
 * machine has no Core objects, each PU counts as a core. */
unsigned topology_usable_pus(const struct machine *machine);
unsigned topology_usable_cores(const struct machine *machine);

/* A number that is equal for two PUs exactly if they share a core; where the
 * machine has no Core object there, a number of the PU's own. */
static inline unsigned topology_core_key(const struct machine *machine,
					 unsigned pu)
{
	int core = machine->pus[pu].core;

	return core == NONE ? machine->os_count + machine->pu_count + pu
			    : (unsigned)core;
}

#endif
