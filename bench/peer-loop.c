/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The loop that one would write without thinking of vectors, alone or with
 * OpenMP: bench/peers builds it as users would.
 */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[])
{
	unsigned long last = argc > 1 ? strtoul(argv[1], NULL, 10) : 300000000;
	unsigned long sum = 0;

#ifdef _OPENMP
#pragma omp parallel for reduction(+ : sum)
#endif
	for (unsigned long i = 1; i <= last; i++)
		sum += i;
	return printf("%lu\n", sum) < 0;
}
