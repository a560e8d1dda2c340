/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the programs that measure in one process have in common: they write a
 * heading and a row for each round, for bench/compare to read.
 */
#ifndef PINSUM_BENCH_H
#define PINSUM_BENCH_H

#include <stdint.h>

/* Exit status of what this machine or build cannot measure. */
#define BENCH_SKIP 77

/* The number of rounds, argv[index]; 1 where there is none. */
uint64_t bench_rounds(int argc, char *argv[], int index);

/* Why not, on standard error; the exit status. */
int bench_skip(const char *why);
int bench_fail(const char *why);

/* The exit status once all is written. */
int bench_end(void);

#endif
