/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Machines for the tests, made of a drawing and without hwloc.
 *
 * A drawing is read from left to right. Brackets are objects:
 *   [ ] package   { } NUMA node   < > L3 cache   ( ) core   / \ group
 * and letters are CPUs, numbered by the operating system in their order:
 *   u  usable
 *   m  outside of the affinity mask
 *   0-9  usable, of that CPU kind; ranks are as the numbers
 *   o  offline: has a number, but no PU
 *   c  outside of the cpuset: has a number, but no PU
 *   -  no such CPU: a hole in the numbering
 * so that "[(uu)(um)]" is one package of two cores of two threads each, the
 * last thread not to be used. Spaces mean nothing. A machine that draws no
 * NUMA node has one.
 */
#ifndef PINSUM_MACHINES_H
#define PINSUM_MACHINES_H

#include <stdint.h>

#include "topology/topology.h"

/* `numbers` renumbers the CPUs: the i-th letter has number numbers[i]; NULL
 * for their order.  Ends the program without memory.  The caller's to free
 * with topology_free(). */
struct machine *machine_draw(const char *drawing, const unsigned *numbers);

/* A machine of random shape: packages, nodes, caches and cores of unequal
 * width, with holes; at least one PU is usable. */
struct machine *machine_random(uint64_t *state);

/* `cores` cores of `threads` usable threads, `per_package` cores a package. */
struct machine *machine_regular(unsigned cores, unsigned threads,
				unsigned per_package);

#endif
