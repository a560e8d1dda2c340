/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "ranks/allot.h"

#include "base/part.h"

static const char *const names[ALLOTMENTS] = {
	[ALLOT_GIVEN] = "given",
	[ALLOT_SPLIT] = "split",
	[ALLOT_SHARED] = "shared",
	[ALLOT_OVERLAP] = "overlap",
};

const char *allot_name(enum allotment allotment)
{
	return names[allotment];
}

/* Those with the same set, and where this one is among them. */
struct equals {
	size_t count, self;
};

static bool intersect(const struct machine *machine, const struct cpuset *a,
		      const struct cpuset *b)
{
	for (unsigned os = 0; os < machine->os_count; os++)
		if (cpuset_has(a, os) && cpuset_has(b, os))
			return true;
	return false;
}

/* False where a set overlaps with this one and is another. */
static bool find_equals(const struct machine *machine,
			const struct cpuset *sets, size_t count, size_t self,
			struct equals *equals)
{
	*equals = (struct equals){0};
	for (size_t i = 0; i < count; i++) {
		if (cpuset_equal(&sets[i], &sets[self])) {
			equals->self += i < self;
			equals->count++;
		} else if (intersect(machine, &sets[i], &sets[self])) {
			return false;
		}
	}
	return true;
}

/* Cores, or PUs, of the set: PU i is in number `unit[i]`, from 0. */
static size_t next_unit(const struct machine *machine, const struct cpuset *set,
			bool cores, unsigned pu, int *last, size_t units)
{
	int key = (int)(cores ? topology_core_key(machine, pu) : pu);

	if (!cpuset_has(set, machine->pus[pu].os) || key == *last)
		return units;
	*last = key;
	return units + 1;
}

static size_t count_units(const struct machine *machine,
			  const struct cpuset *set, bool cores)
{
	size_t units = 0;
	int last = NONE;

	for (unsigned i = 0; i < machine->pu_count; i++)
		units = next_unit(machine, set, cores, i, &last, units);
	return units;
}

/* Units `first` to `end` - 1 of the set. */
static void take(const struct machine *machine, const struct cpuset *set,
		 bool cores, size_t first, size_t end, struct cpuset *own)
{
	size_t units = 0;
	int last = NONE;

	for (unsigned i = 0; i < machine->pu_count; i++) {
		units = next_unit(machine, set, cores, i, &last, units);
		if (cpuset_has(set, machine->pus[i].os) && units > first &&
		    units <= end)
			cpuset_add(own, machine->pus[i].os);
	}
}

enum allotment allot(const struct machine *machine, const struct cpuset *sets,
		     size_t count, size_t self, struct cpuset *own)
{
	const struct cpuset *set = &sets[self];
	size_t pus = count_units(machine, set, false), units;
	struct equals e;
	struct part part;
	bool apart = find_equals(machine, sets, count, self, &e), cores;

	if (!apart || e.count <= 1 || !pus) {
		take(machine, set, false, 0, pus, own);
		return apart ? ALLOT_GIVEN : ALLOT_OVERLAP;
	}
	if (pus < e.count) {
		units = e.self * pus / e.count;
		take(machine, set, false, units, units + 1, own);
		return ALLOT_SHARED;
	}
	units = count_units(machine, set, true);
	cores = units >= e.count;
	units = cores ? units : pus;
	part = part_of((struct part){0, units}, e.self, e.count);
	take(machine, set, cores, (size_t)part.first,
	     (size_t)(part.first + part.count), own);
	return ALLOT_SPLIT;
}
