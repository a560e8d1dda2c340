/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the machine did to a whole run: time throttled by a quota, time stolen
 * by a hypervisor, energy of the packages.  Read before and after, outside of
 * the time that is measured.
 */
#ifndef PINSUM_METER_H
#define PINSUM_METER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "measure/cgroup.h"
#include "topology/topology.h"

struct plan;

/* Differences over a run; RECORD_NA where they are not known. */
struct meter_reading {
	int64_t throttled_ns;
	int64_t steal_ns; /* of the CPUs of the plan; NA below the grain */
	int64_t energy_uj; /* of the packages of the plan */
};

/* An energy counter of a package (powercap). */
struct meter_zone {
	int fd;
	int package; /* the operating system's number */
	uint64_t range; /* where it wraps around */
	uint64_t before;
};

struct meter {
	struct cgroup_cpu throttle;
	int throttle_error; /* of opening it */
	int64_t throttled_before; /* or RECORD_NA */
	int stat; /* /proc/stat, or -1 */
	char *text; /* of its lines for each CPU */
	size_t size;
	int64_t *steal_before; /* by OS number, in ticks */
	bool steal_known;
	struct meter_zone *zones;
	size_t zone_count;
};

/* Open what there is, below `root` ("" but in tests).  0 or -ENOMEM. */
int meter_open(struct meter *meter, const struct machine *machine,
	       const char *root);
void meter_close(struct meter *meter);

/* Around a run that took `wall_ns`. */
void meter_before(struct meter *meter, const struct machine *machine);
void meter_after(struct meter *meter, const struct machine *machine,
		 const struct plan *plan, int64_t wall_ns,
		 struct meter_reading *reading);

#endif
