/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A seat of a plan as a record: where a worker sits, in words of the machine.
 */
#ifndef PINSUM_SEAT_H
#define PINSUM_SEAT_H

#include <stddef.h>

#include "plan/plan.h"
#include "report/record.h"
#include "topology/topology.h"

/* Texts of the last seat described; reused for the next. */
struct seat_text {
	const char *inherited; /* for workers that are not pinned; borrowed */
	char *cpus;
	size_t size;
	unsigned *numbers;
	size_t count;
};

/* Describe worker `worker`.  The record's texts live in `text`.  0 or
 * -ENOMEM.  An index is NONE's NA where the worker is not pinned, where the
 * machine has no such level, or where several pinned PUs differ in it. */
int seat_describe(const struct machine *machine, const struct plan *plan,
		  size_t worker, struct seat_text *text,
		  struct seat_record *record);

void seat_text_free(struct seat_text *text);

#endif
