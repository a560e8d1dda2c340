/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "measure/meter-energy.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/list.h"
#include "base/procfile.h"
#include "plan/plan.h"
#include "report/record.h"

#define ZONES "/sys/class/powercap/intel-rapl:*"

/* "package-1", or "package-1-die-0". */
static int package_of(const char *zone)
{
	static const char prefix[] = "package-";
	char path[4096], *text;
	int package = NONE;

	snprintf(path, sizeof path, "%s/name", zone);
	if (procfile_read(path, 64, &text, NULL))
		return NONE;
	if (!strncmp(text, prefix, strlen(prefix)))
		package = atoi(text + strlen(prefix));
	free(text);
	return package;
}

static bool read_number(const char *zone, const char *file, uint64_t *value)
{
	char path[4096], *text;
	int64_t number = 0;
	bool read;

	snprintf(path, sizeof path, "%s/%s", zone, file);
	if (procfile_read(path, 64, &text, NULL))
		return false;
	read = !procfile_parse(text, &number) && number >= 0;
	free(text);
	*value = (uint64_t)number;
	return read;
}

static int add_zone(struct meter *meter, const char *path)
{
	struct meter_zone zone = {.package = package_of(path)};
	char file[4096];
	int error;

	if (zone.package == NONE ||
	    !read_number(path, "max_energy_range_uj", &zone.range))
		return 0;
	snprintf(file, sizeof file, "%s/energy_uj", path);
	zone.fd = open(file, O_RDONLY | O_CLOEXEC);
	if (zone.fd < 0)
		return 0;
	error = list_append(&meter->zones, &meter->zone_count, &zone,
			    sizeof zone);
	if (error)
		close(zone.fd);
	return error;
}

int meter_energy_open(struct meter *meter, const char *root)
{
	char pattern[4096];
	glob_t found;
	int error = 0;

	if (snprintf(pattern, sizeof pattern, "%s" ZONES, root) >=
	    (int)sizeof pattern)
		return 0;
	error = glob(pattern, 0, NULL, &found);
	if (error)
		return error == GLOB_NOSPACE ? -ENOMEM : 0;
	for (size_t i = 0; i < found.gl_pathc && !error; i++)
		error = add_zone(meter, found.gl_pathv[i]);
	globfree(&found);
	return error;
}

void meter_energy_close(struct meter *meter)
{
	for (size_t i = 0; i < meter->zone_count; i++)
		close(meter->zones[i].fd);
	free(meter->zones);
	meter->zones = NULL;
	meter->zone_count = 0;
}

/* UINT64_MAX where it cannot be read. */
static uint64_t read_zone(const struct meter_zone *zone)
{
	char text[64];
	int64_t value;

	if (procfile_reread(zone->fd, text, sizeof text) <= 0 ||
	    procfile_parse(text, &value) || value < 0)
		return UINT64_MAX;
	return (uint64_t)value;
}

void meter_energy_before(struct meter *meter)
{
	for (size_t i = 0; i < meter->zone_count; i++)
		meter->zones[i].before = read_zone(&meter->zones[i]);
}

/* Microjoules since meter_energy_before() of one package, its dies added;
 * RECORD_NA where a zone fails, or there is none. */
static int64_t package_energy(const struct meter *meter, int package)
{
	int64_t energy = RECORD_NA;

	for (size_t i = 0; i < meter->zone_count; i++) {
		const struct meter_zone *zone = &meter->zones[i];
		uint64_t now, used;

		if (zone->package != package)
			continue;
		now = read_zone(zone);
		if (now == UINT64_MAX || zone->before == UINT64_MAX)
			return RECORD_NA;
		used = now >= zone->before
			       ? now - zone->before
			       : now + zone->range - zone->before;
		energy = (energy == RECORD_NA ? 0 : energy) + (int64_t)used;
	}
	return energy;
}

static bool uses_package(const struct machine *machine,
			 const struct plan *plan, int package)
{
	for (size_t i = 0; i < plan->pu_count; i++)
		if (machine->pus[plan->pus[i]].package == package)
			return true;
	return !plan->pu_count;
}

int64_t meter_energy_after(struct meter *meter, const struct machine *machine,
			   const struct plan *plan)
{
	const struct level *packages = topology_level(machine, LEVEL_PACKAGE);
	int64_t total = 0;

	if (!packages || !meter->zone_count)
		return RECORD_NA;
	for (unsigned i = 0; i < packages->count; i++) {
		int64_t energy;

		if (!uses_package(machine, plan, (int)i))
			continue;
		energy = package_energy(meter, packages->objects[i].os);
		if (energy == RECORD_NA)
			return RECORD_NA;
		total += energy;
	}
	return total;
}
