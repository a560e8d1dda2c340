/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to run*.c: the memory that workers meet in (--sharing), on the NUMA
 * node that was asked for (--membind).
 */
#ifndef PINSUM_RUN_MEMORY_H
#define PINSUM_RUN_MEMORY_H

#include "run.h"

/* Sets area.shared where the sharing wants memory.  0 or a negative errno:
 * -ENODEV where the kernel refused the node that was asked for. */
int run_memory_map(struct run *run);
void run_memory_unmap(struct run *run);

#endif
