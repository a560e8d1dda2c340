/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For the shell tests of the kernels, which watch them from outside:
 *
 *	kernel-run			each kernel and whether this CPU runs it
 *	kernel-run auto FIRST LAST	the fastest for a range
 *	kernel-run NAME FIRST COUNT	the sum; exit status 77 where the CPU
 *					does not run it
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

static int sum(const struct kernel *k, uint64_t first, uint64_t count)
{
	char text[NUMBER_U128_MAX];
	size_t length;

	if (!k->supported())
		return EXIT_SKIP;
	length = number_format_u128(text, k->sum(first, count));
	printf("%.*s\n", (int)length, text);
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	const struct kernel *k;
	uint64_t a, b;

	if (argc == 1)
		return list();
	if (argc != 4 || number_parse_count(argv[2], &a) ||
	    number_parse_count(argv[3], &b))
		return EXIT_FAILURE;
	if (strcmp(argv[1], "auto") == 0) {
		printf("%s\n", kernel_fastest(a, b)->name);
		return EXIT_SUCCESS;
	}
	k = kernel_find(argv[1]);
	return k ? sum(k, a, b) : EXIT_FAILURE;
}
