/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which of its CPUs a rank takes where others of its host were given CPUs
 * too.  Pure: sets and a machine in, a set out.
 */
#ifndef PINSUM_ALLOT_H
#define PINSUM_ALLOT_H

#include <stddef.h>

#include "run/bind.h"
#include "topology/topology.h"

enum allotment {
	ALLOT_GIVEN, /* all that the launcher gave: nobody else has any of it */
	ALLOT_SPLIT, /* a part of a set that several were given */
	ALLOT_SHARED, /* one CPU, with others: there are more ranks than CPUs */
	ALLOT_OVERLAP, /* all that was given, some of it to others as well */
	ALLOTMENTS
};

const char *allot_name(enum allotment allotment);

/* What rank `self` of `count` takes; sets[i] is what rank i was given, as the
 * operating system's numbers.  Only those with the very same set split it: by
 * cores where there are enough, by PUs where not; contiguous parts that differ
 * by at most one, the first ones larger.  `own` is an empty set with room for
 * machine->os_count CPUs. */
enum allotment allot(const struct machine *machine, const struct cpuset *sets,
		     size_t count, size_t self, struct cpuset *own);

#endif
