/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one worker body of every executor: pin, meet at the gate, sum, time,
 * store.
 */
#ifndef PINSUM_WORKER_H
#define PINSUM_WORKER_H

#include <stdbool.h>

#include "run/run.h"

/* All of it, for a worker that is a thread or process of its own. */
void worker_body(struct slot *slot);

/* Its parts, for the executor that is the calling thread itself: pin, read the
 * pin back, open what is read later, touch the code.  False: slot.fault. */
bool worker_prepare(struct slot *slot);
void worker_work(struct slot *slot);

/* Give back what worker_prepare() took, where the work does not come to its
 * end; harmless if that is done already. */
void worker_leave(struct slot *slot);

/* For a sharing's loop: how many integers to add, of those from number `added`
 * of the part on, before worker_between() is due; at most `chunk`. */
uint64_t worker_step(const struct slot *slot, uint64_t added, uint64_t chunk);

/* After `added` integers of the part: sleep where --block wants it, note a CPU
 * outside of the pin; false to stop now, the part incomplete unless it was the
 * last step. */
bool worker_between(struct slot *slot, uint64_t added);

/* Its halves, for a sharing that has to let go before it sleeps. */
bool worker_block_is_due(const struct slot *slot, uint64_t added);
void worker_block(const struct slot *slot);
bool worker_look(struct slot *slot);

#endif
