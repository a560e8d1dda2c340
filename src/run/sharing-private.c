/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * private: each worker sums in registers of its own; the parts are added at
 * the end.
 */
#include <config.h>

#include "run/sharing.h"
#include "run/worker.h"

static void work(struct slot *slot)
{
	const struct kernel *kernel = slot->setup->kernel;
	struct u128 sum = {0, 0};
	uint64_t added = 0;

	while (added < slot->count) {
		uint64_t n = worker_step(slot, added, kernel->chunk);

		sum = u128_add(sum, kernel->sum(slot->first + added, n));
		added += n;
		if (!worker_between(slot, added))
			break;
	}
	slot->sum = sum;
	slot->complete = added == slot->count;
}

const struct sharing sharing_private = {
	.name = "private",
	.summary = "each worker its own register, parts added at the end",
	.own_parts = true,
	.work = work,
};
