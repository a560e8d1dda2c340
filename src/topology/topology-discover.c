/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hwloc's discovery with what is needed and no more: by default it opens
 * plugins for graphics and PCI devices, and moves the calling thread over all
 * CPUs, which takes eight times as long.
 */
#include <config.h>

#include "topology/topology-hwloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/message.h"

#define BIT(kind) (1u << (kind))
#define ALL_KINDS (~0u)

/* What hwloc shall see of the environment while it works: it has no calls for
 * these.  What is not its own source is hidden, and so is what would put
 * other parts of it to work: the numbering of this machine is Linux's. */
static const struct override {
	const char *name;
	const char *value; /* NULL: unset */
	unsigned kinds;	   /* of source */
} overrides[] = {
	/* For XML, libxml is a plugin that reads more than hwloc's own. */
	{"HWLOC_PLUGINS_PATH", "", ~BIT(SOURCE_XML)},
	{"HWLOC_PLUGINS_BLACKLIST",
	 "hwloc_gl hwloc_opencl hwloc_pci hwloc_cuda hwloc_nvml hwloc_rsmi "
	 "hwloc_levelzero",
	 BIT(SOURCE_XML)},
	{"HWLOC_HIDE_ERRORS", "2", ALL_KINDS},
	{"HWLOC_COMPONENTS", NULL, ALL_KINDS},
	{"HWLOC_THISSYSTEM", NULL, ALL_KINDS},
	{"HWLOC_FSROOT", NULL, ~BIT(SOURCE_FSROOT)},
	{"HWLOC_CPUID_PATH", NULL, ~BIT(SOURCE_CPUID)},
	{"HWLOC_SYNTHETIC", NULL, ALL_KINDS},
	{"HWLOC_XMLFILE", NULL, ALL_KINDS},
};

#define OVERRIDES (sizeof(overrides) / sizeof(*overrides))

static int put_variable(const char *name, const char *value)
{
	if (value ? setenv(name, value, 1) : unsetenv(name))
		return -errno;
	return 0;
}

/* Exchange the variables of `kind` for the overrides; the values that were
 * there are copied to `saved`. */
static int environment_enter(enum source_kind kind, char *saved[OVERRIDES])
{
	int err = 0;

	for (size_t i = 0; i < OVERRIDES; i++) {
		const char *value = getenv(overrides[i].name);

		saved[i] = value ? strdup(value) : NULL;
		if (value && !saved[i])
			err = -ENOMEM;
	}
	for (size_t i = 0; !err && i < OVERRIDES; i++)
		if (overrides[i].kinds & BIT(kind))
			err = put_variable(overrides[i].name,
					   overrides[i].value);
	return err;
}

static int environment_leave(char *saved[OVERRIDES])
{
	int err = 0;

	for (size_t i = 0; i < OVERRIDES; i++) {
		int failed = put_variable(overrides[i].name, saved[i]);

		if (failed)
			err = failed;
		free(saved[i]);
	}
	return err;
}

/* All types but those that are no place to run.  Instruction caches, which
 * hwloc leaves out by default and its tools do not, are taken from files alone:
 * here they are more files to read. */
static int set_filters(hwloc_topology_t topology, enum source_kind kind)
{
	static const hwloc_obj_type_t out[] = {
		HWLOC_OBJ_BRIDGE,   HWLOC_OBJ_PCI_DEVICE, HWLOC_OBJ_OS_DEVICE,
		HWLOC_OBJ_MISC,	    HWLOC_OBJ_L1ICACHE,	  HWLOC_OBJ_L2ICACHE,
		HWLOC_OBJ_L3ICACHE,
	};
	size_t count = kind == SOURCE_SYSTEM ? 7 : 4;

	if (hwloc_topology_set_all_types_filter(topology,
						HWLOC_TYPE_FILTER_KEEP_ALL))
		return -errno;
	for (size_t i = 0; i < count; i++)
		if (hwloc_topology_set_type_filter(topology, out[i],
						   HWLOC_TYPE_FILTER_KEEP_NONE))
			return -errno;
	return 0;
}

/* On Linux itself the distances between NUMA nodes make Groups, which are
 * numbered: they stay. */
static unsigned long flags_for(enum source_kind kind, bool cpuid)
{
	unsigned long flags = 0;

#if HWLOC_API_VERSION >= 0x00020800
	flags |= HWLOC_TOPOLOGY_FLAG_NO_MEMATTRS;
	if (kind == SOURCE_XML || kind == SOURCE_SYNTHETIC)
		flags |= HWLOC_TOPOLOGY_FLAG_NO_DISTANCES;
#endif
	if (kind == SOURCE_SYSTEM && !cpuid)
		flags |= HWLOC_TOPOLOGY_FLAG_DONT_CHANGE_BINDING;
	return flags;
}

/* With `cpuid`, hwloc asks each CPU of this machine, by running there. */
static int configure(hwloc_topology_t topology, const struct source *source,
		     bool cpuid)
{
	int err = set_filters(topology, source->kind);

	if (err)
		return err;
	if (hwloc_topology_set_flags(topology, flags_for(source->kind, cpuid)))
		return -errno;
	/* Fails where hwloc was built without it, which is as good. */
	if (source->kind == SOURCE_SYSTEM && !cpuid)
		hwloc_topology_set_components(
			topology, HWLOC_TOPOLOGY_COMPONENTS_FLAG_BLACKLIST,
			"x86");
	if (source->kind == SOURCE_XML &&
	    hwloc_topology_set_xml(topology, source->text))
		return -errno;
	if (source->kind == SOURCE_SYNTHETIC &&
	    hwloc_topology_set_synthetic(topology, source->text))
		return -errno;
	return 0;
}

static bool has_sets(hwloc_obj_t object)
{
	return object && object->cpuset && object->complete_cpuset &&
	       object->nodeset && object->complete_nodeset;
}

static bool is_whole_level(hwloc_topology_t topology, int depth)
{
	unsigned n = hwloc_get_nbobjs_by_depth(topology, depth);

	for (unsigned i = 0; i < n; i++)
		if (!has_sets(hwloc_get_obj_by_depth(topology, depth, i)))
			return false;
	return true;
}

/* hwloc takes descriptions that leave out what all objects have elsewhere. */
static bool is_whole(hwloc_topology_t topology)
{
	for (int depth = 0; depth < hwloc_topology_get_depth(topology); depth++)
		if (!is_whole_level(topology, depth))
			return false;
	return is_whole_level(topology, HWLOC_TYPE_DEPTH_NUMANODE);
}

static int load(const struct source *source, bool cpuid,
		hwloc_topology_t *topology)
{
	int err;

	if (hwloc_topology_init(topology)) {
		*topology = NULL;
		return -ENOMEM;
	}
	errno = EINVAL; /* for failures that hwloc does not explain */
	err = configure(*topology, source, cpuid);
	if (!err && hwloc_topology_load(*topology))
		err = -errno;
	/* hwloc goes back to this machine where it cannot read another. */
	if (!err && source->kind != SOURCE_SYSTEM &&
	    (hwloc_topology_is_thissystem(*topology) || !is_whole(*topology)))
		err = -EINVAL;
	if (err) {
		hwloc_topology_destroy(*topology);
		*topology = NULL;
	}
	return err;
}

/* Where Linux counts events of two kinds of cores apart.  hwloc learns from
 * CPUID alone which is which. */
static bool is_hybrid(void)
{
	return access("/sys/devices/cpu_atom", F_OK) == 0;
}

/* Where /sys has no cores or caches, CPUID may know them: two siblings taken
 * for two cores would spoil every figure. */
static bool wants_cpuid(hwloc_topology_t topology)
{
	return hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_CORE) <= 0 ||
	       hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_L1CACHE) <= 0;
}

static int load_system(const struct source *source, hwloc_topology_t *topology)
{
	bool cpuid = is_hybrid();
	int err = load(source, cpuid, topology);

	if (err || cpuid || !wants_cpuid(*topology))
		return err;
	hwloc_topology_destroy(*topology);
	return load(source, true, topology);
}

static int load_foreign(const struct source *source, hwloc_topology_t *topology)
{
	return load(source, false, topology);
}

static int load_elsewhere(const struct source *source,
			  hwloc_topology_t *topology)
{
	int err = rehearse(source, load_foreign);

	return err ? err : load_foreign(source, topology);
}

static const char *reason(int err)
{
	switch (err) {
	case -EINVAL:
		return "hwloc does not accept it";
	case -EFAULT:
		return "hwloc crashes on it";
	case -ETIME:
		return "hwloc takes for ever over it";
	default:
		return strerror(-err);
	}
}

static void explain(const struct source *source, int err)
{
	if (source->kind == SOURCE_SYSTEM)
		message_error("cannot read this machine's topology: %s",
			      strerror(-err));
	else
		message_error("%s: cannot read a machine from '%s': %s",
			      source->why_not, source->text, reason(err));
}

int discover(const struct source *source, hwloc_topology_t *topology,
	     int64_t *ns)
{
	int64_t start = clock_now();
	char *saved[OVERRIDES];
	int err, left;

	*topology = NULL;
	err = environment_enter(source->kind, saved);
	if (!err && source->kind == SOURCE_SYSTEM)
		err = load_system(source, topology);
	else if (!err)
		err = load_elsewhere(source, topology);
	left = environment_leave(saved);
	*ns = clock_now() - start;
	if (!err && left) {
		err = left;
		hwloc_topology_destroy(*topology);
		*topology = NULL;
	}
	if (err && err != -EINTR)
		explain(source, err);
	return err;
}
