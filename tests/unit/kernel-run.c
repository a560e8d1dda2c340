/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For the shell tests of the kernels, which watch them from outside:
 *
 *	kernel-run			each kernel and whether this CPU runs it
 *	kernel-run auto FIRST LAST	the fastest for a range
 *	kernel-run NAME FIRST COUNT...	the sum of each COUNT integers; exit
 *					status 77 where the CPU does not run it
 */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels/kernel.h"

enum { EXIT_SKIP = 77 };

static int list(void)
{
	size_t count;
	const struct kernel *table = kernel_table(&count);

	for (size_t i = 0; i < count; i++)
		printf("%s %s\n", table[i].name,
		       table[i].supported() ? "yes" : "no");
	return EXIT_SUCCESS;
}

/* Not to be inlined: callgrind counts what is done in here. */
__attribute__((noinline)) static struct u128
counted(const struct kernel *k, uint64_t first, uint64_t count)
{
	return k->sum(first, count);
}

static int sums(const struct kernel *k, uint64_t first, char *counts[])
{
	char text[NUMBER_U128_MAX];
	size_t length;
	uint64_t count;

	if (!k)
		return EXIT_FAILURE;
	if (!k->supported())
		return EXIT_SKIP;
	for (; *counts; counts++) {
		if (number_parse_count(*counts, &count))
			return EXIT_FAILURE;
		length = number_format_u128(text, counted(k, first, count));
		printf("%.*s\n", (int)length, text);
	}
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	uint64_t first, last;

	if (argc == 1)
		return list();
	if (argc < 4 || number_parse_count(argv[2], &first))
		return EXIT_FAILURE;
	if (strcmp(argv[1], "auto") != 0)
		return sums(kernel_find(argv[1]), first, argv + 3);
	if (number_parse_count(argv[3], &last))
		return EXIT_FAILURE;
	printf("%s\n", kernel_fastest(first, last)->name);
	return EXIT_SUCCESS;
}
