/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The start gate: workers sleep there until all have come, and begin together.
 *
 * Where each has a CPU of its own, those that are awake spin until the last one
 * is, which sets a moment a little ahead: workers that began as they woke would
 * be tens of microseconds apart, so they are some nanoseconds.
 */
#ifndef PINSUM_GATE_H
#define PINSUM_GATE_H

#include <stdbool.h>
#include <stdint.h>

#include "run/run.h"

/* A worker's side: say ready, sleep until it opens.  False where the run was
 * aborted. */
bool gate_arrive(struct slot *slot);

/* Then, where setup.spin: the common start, CLOCK_MONOTONIC, to be spun to.
 * Returns as soon as it is known. */
int64_t gate_start(struct slot *slot);

/* The coordinator's side. */
void gate_open(struct run *run);
void gate_abort(struct run *run);

/* After the end: when it was that they began together; the call for the gate
 * where none did. */
int64_t gate_opened(const struct run *run);

#endif
