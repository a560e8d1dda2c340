/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * places-of MACHINE: reads locations, one a line, and writes for each a line
 * "=" and the numbers of the CPUs of its places, one a line; none where it is
 * refused.
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan/places.h"
#include "topology/topology.h"

static void show(const char *location, const struct machine *machine)
{
	const struct places_filter filter = {0};
	char error[PLACES_ERROR_MAX];
	struct places places;

	puts("=");
	if (places_parse(location, machine, &filter, &places, error))
		return;
	for (size_t i = 0; i < places.pu_count; i++)
		printf("%u\n", machine->pus[places.pus[i]].os);
	places_free(&places);
}

int main(int argc, char *argv[])
{
	struct machine *machine;
	char line[256];

	if (argc != 2 || topology_load(argv[1], &machine))
		return EXIT_FAILURE;
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		show(line, machine);
	}
	topology_free(machine);
	return EXIT_SUCCESS;
}
