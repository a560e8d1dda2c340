/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to run*.c: the memory that workers meet in (--sharing), on the NUMA
 * node that was asked for (--membind).
 */
#ifndef PINSUM_RUN_MEMORY_H
#define PINSUM_RUN_MEMORY_H

#include "run/run.h"

/* Whether the kernel gives memory of that node (its own number): 0 or
 * -errno. */
int run_memory_probe(unsigned node);

/* Sets area.shared where the sharing wants memory.  0 or -errno, with
 * run.refused where it is the node that was asked for. */
int run_memory_map(struct run *run);
void run_memory_unmap(struct run *run);

#endif
