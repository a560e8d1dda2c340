/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What topology_load() takes and refuses, and this system.
 */
#include <config.h>

#include "topology/topology.h"

#include <limits.h>
#include <stdlib.h>

#include "run/bind.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Nothing of this may crash, hang or take another machine instead. */
static const char *const bad_inputs[] = {
	"",
	" ",
	"core",
	"core:0 pu:1",
	"core:x",
	"numa:2 numa:2 pu:1",
	"core:2(",
	"[numa",
	"core:2 pu:-1",
	"pu:99999999999999999999",
	"pu:4294967297",
	"core:65536 pu:65536",
	"pu:131072",
	"pu:2(indexes=0,99999999)",
	"pu:1(indexes=1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:"
	"1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:"
	"1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:"
	"1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1:1)",
	"no-such-machine.xml",
	"/",
	"/dev/null",
	"/proc/self/cmdline",
};

static void check_bad_inputs(void)
{
	for (size_t i = 0; i < COUNT(bad_inputs); i++) {
		struct machine *machine = NULL;
		int err = topology_load(bad_inputs[i], &machine);

		tap_ok(err < 0 && !machine, "\"%.40s\" is refused",
		       bad_inputs[i]);
		if (!err)
			topology_free(machine);
	}
}

static void check_bad_variable(const char *name, const char *value)
{
	struct machine *machine = NULL;

	setenv(name, value, 1);
	tap_ok(topology_load(NULL, &machine) < 0 && !machine,
	       "%s=%s is an error", name, value);
	tap_is_text(getenv(name), value, "%s is as it was", name);
	unsetenv(name);
}

static void check_environment(void)
{
	struct machine *machine = NULL;

	setenv("HWLOC_SYNTHETIC", "core:2 pu:4", 1);
	setenv("HWLOC_THISSYSTEM", "1", 1);
	if (tap_is_int(topology_load(NULL, &machine), 0, "HWLOC_SYNTHETIC")) {
		tap_is_int(machine->pu_count, 8, "is read");
		tap_ok(!machine->is_this_system, "and is not this system");
		tap_is_text(machine->why_not, "HWLOC_SYNTHETIC", "as it says");
		topology_free(machine);
	}
	tap_is_text(getenv("HWLOC_THISSYSTEM"), "1", "environment as before");
	tap_ok(!getenv("HWLOC_PLUGINS_PATH"), "and nothing in it that was not");
	unsetenv("HWLOC_SYNTHETIC");
	unsetenv("HWLOC_THISSYSTEM");
	check_bad_variable("HWLOC_XMLFILE", "/nonexistent");
	check_bad_variable("HWLOC_FSROOT", "/nonexistent");
	check_bad_variable("HWLOC_CPUID_PATH", "/nonexistent");
	check_bad_variable("HWLOC_SYNTHETIC", "nonsense");
}

/* The usable PUs are those of the mask, whatever it is. */
static void check_against_mask(const struct cpuset *mask, const char *what)
{
	struct machine *machine = NULL;
	unsigned wrong = 0;

	if (!tap_is_int(topology_load(NULL, &machine), 0, "this system, %s",
			what))
		return;
	for (unsigned i = 0; i < machine->pu_count; i++)
		wrong += machine->pus[i].usable !=
			 cpuset_has(mask, machine->pus[i].os);
	tap_is_int(wrong, 0, "usable PUs, %s", what);
	tap_is_int(topology_usable_pus(machine), cpuset_count(mask),
		   "as many as in the mask, %s", what);
	tap_ok(machine->is_this_system && !machine->why_not,
	       "may be measured, %s", what);
	tap_ok(machine->discovery_ns > 0, "time for discovery, %s", what);
	topology_free(machine);
}

static void check_this_system(void)
{
	struct cpuset mask = {0}, one = {0}, after = {0};
	unsigned last = 0;

	if (!tap_is_int(bind_get(0, &mask), 0, "the affinity mask"))
		return;
	check_against_mask(&mask, "whole mask");
	for (unsigned i = 0; i < mask.size * CHAR_BIT; i++)
		if (cpuset_has(&mask, i))
			last = i;
	cpuset_init(&one, last + 1);
	cpuset_add(&one, last);
	tap_is_int(bind_set(0, &one), 0, "pinned to one CPU");
	check_against_mask(&one, "one CPU");
	tap_is_int(bind_get(0, &after), 0, "the mask after that");
	tap_ok(cpuset_equal(&one, &after), "discovery moves nobody");
	bind_set(0, &mask);
	cpuset_free(&mask);
	cpuset_free(&one);
	cpuset_free(&after);
}

int main(void)
{
	check_bad_inputs();
	check_environment();
	check_this_system();
	return tap_done();
}
