/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * floor single|thread|process WORKERS CPU[,CPU]... LAST [together]
 *
 * The sum of 1 to LAST, with as little as can be around it.
 */
#include <config.h>

#include "floor.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CPUS_MAX = 1024 };

static const struct {
	const char *name;
	int (*run)(const struct floor *floor, struct u128 *sum);
} modes[] = {
	{"single", floor_single},
	{"thread", floor_threads},
	{"process", floor_processes},
};

static size_t parse_cpus(const char *text, unsigned cpus[CPUS_MAX])
{
	size_t count = 0;
	char *end;

	do {
		cpus[count++] = (unsigned)strtoul(text, &end, 10);
		text = end + 1;
	} while (*end == ',' && count < CPUS_MAX);
	return count;
}

int main(int argc, char *argv[])
{
	unsigned cpus[CPUS_MAX];
	struct floor floor = {.cpus = cpus, .first = 1};
	struct u128 sum;

	if (argc < 5)
		return EXIT_FAILURE;
	floor.workers = strtoul(argv[2], NULL, 10);
	floor.cpu_count = parse_cpus(argv[3], cpus);
	floor.last = strtoull(argv[4], NULL, 10);
	floor.together = argc > 5;
	floor.kernel = kernel_fastest(floor.first, floor.last);
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
		if (strcmp(argv[1], modes[i].name) == 0 &&
		    modes[i].run(&floor, &sum) == 0) {
			printf("%" PRIu64 "\n", sum.lo);
			return EXIT_SUCCESS;
		}
	return EXIT_FAILURE;
}
