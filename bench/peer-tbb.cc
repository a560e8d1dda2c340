/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sum with Intel's threading building blocks. */
#include <cstdio>
#include <cstdlib>
#include <functional>

#include <tbb/blocked_range.h>
#include <tbb/parallel_reduce.h>

int main(int argc, char *argv[])
{
	unsigned long last = argc > 1 ? strtoul(argv[1], NULL, 10) : 300000000;
	unsigned long sum = tbb::parallel_reduce(
		tbb::blocked_range<unsigned long>(1, last + 1), 0ul,
		[](const tbb::blocked_range<unsigned long> &r,
		   unsigned long part) {
			for (unsigned long i = r.begin(); i != r.end(); i++)
				part += i;
			return part;
		},
		std::plus<unsigned long>());

	return printf("%lu\n", sum) < 0;
}
