/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "bench.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"

uint64_t bench_rounds(int argc, char *argv[], int index)
{
	uint64_t rounds = 1;

	if (argc > index)
		number_parse_count(argv[index], &rounds);
	return rounds;
}

int bench_skip(const char *why)
{
	fprintf(stderr, "bench: not measured: %s\n", why);
	return BENCH_SKIP;
}

int bench_fail(const char *why)
{
	fprintf(stderr, "bench: %s\n", why);
	return EXIT_FAILURE;
}

int bench_end(void)
{
	return fflush(stdout) ? bench_fail("cannot write") : EXIT_SUCCESS;
}
