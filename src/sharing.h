/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the workers share the total: the loop between a worker's start and its
 * end.
 *
 * To add one: a file sharing-NAME.c that exports one struct, and its line in
 * the table of sharing.c.
 */
#ifndef PINSUM_SHARING_H
#define PINSUM_SHARING_H

#include <stddef.h>

#include "run.h"

struct sharing {
	const char *name;
	const char *summary;
	/* Add slot.count integers from slot.first on into slot.sum, looking
	 * after each chunk whether to stop and where it runs
	 * (worker_look()); sets slot.complete. */
	void (*work)(struct slot *slot);
};

/* By name, or NULL. */
const struct sharing *sharing_find(const char *name);

/* The i-th of the table, or NULL at the end. */
const struct sharing *sharing_at(size_t i);

extern const struct sharing sharing_private;

#endif
