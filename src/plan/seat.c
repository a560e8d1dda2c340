/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "plan/seat.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"

/* Which field of a PU goes to which field of the record. */
static const struct {
	size_t pu, record;
} indexes[] = {
#define INDEX(field) \
	{offsetof(struct pu, field), offsetof(struct seat_record, field)}
	INDEX(core), INDEX(llc), INDEX(numa), INDEX(package), INDEX(kind),
};

static int compare(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return (x > y) - (x < y);
}

static int reserve(struct seat_text *text, size_t count)
{
	unsigned *grown;

	if (count <= text->count)
		return 0;
	grown = reallocarray(text->numbers, count, sizeof *grown);
	if (!grown)
		return -ENOMEM;
	text->numbers = grown;
	text->count = count;
	return 0;
}

static int spell(struct seat_text *text, size_t count)
{
	size_t length =
		cpulist_format(text->numbers, count, text->cpus, text->size);
	char *grown;

	if (length < text->size)
		return 0;
	grown = realloc(text->cpus, length + 1);
	if (!grown)
		return -ENOMEM;
	text->cpus = grown;
	text->size = length + 1;
	cpulist_format(text->numbers, count, text->cpus, text->size);
	return 0;
}

/* Numbers of the pinned CPUs, ascending, as text. */
static int describe_cpus(const struct machine *machine,
			 const struct plan *plan, const struct seat *seat,
			 struct seat_text *text)
{
	int error = reserve(text, seat->count);

	if (error)
		return error;
	for (size_t i = 0; i < seat->count; i++)
		text->numbers[i] =
			machine->pus[plan->pus[seat->first + i]].os;
	if (seat->count > 1)
		qsort(text->numbers, seat->count, sizeof *text->numbers,
		      compare);
	return spell(text, seat->count);
}

/* The index that all pinned PUs have in common, or RECORD_NA. */
static int64_t common(const struct machine *machine, const unsigned *pus,
		      size_t count, size_t offset)
{
	int first = NONE;

	for (size_t i = 0; i < count; i++) {
		const char *pu = (const char *)&machine->pus[pus[i]];
		int index;

		memcpy(&index, pu + offset, sizeof index);
		if (i == 0)
			first = index;
		if (index == NONE || index != first)
			return RECORD_NA;
	}
	return count ? first : RECORD_NA;
}

/* Allowed PUs of the core over all that it has. */
static void describe_coverage(const struct machine *machine,
			      struct seat_record *record)
{
	const struct level *cores = topology_level(machine, LEVEL_CORE);
	const struct object *core;
	unsigned usable = 0;

	if (!cores || record->core == RECORD_NA)
		return;
	core = &cores->objects[record->core];
	for (unsigned i = 0; i < core->count; i++)
		usable += machine->pus[core->first + i].usable;
	snprintf(record->coverage, sizeof record->coverage, "%u/%u", usable,
		 core->total);
}

int seat_describe(const struct machine *machine, const struct plan *plan,
		  size_t worker, struct seat_text *text,
		  struct seat_record *record)
{
	const struct seat *seat = &plan->seats[worker];
	const unsigned *pus = plan->pus + (seat->count ? seat->first : 0);
	int error = 0;

	*record = (struct seat_record){.worker = (int64_t)worker,
				       .cpus = text->inherited,
				       .pu = RECORD_NA,
				       .place = RECORD_NA};
	for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++) {
		int64_t index =
			common(machine, pus, seat->count, indexes[i].pu);

		memcpy((char *)record + indexes[i].record, &index,
		       sizeof index);
	}
	if (!seat->count)
		return 0;
	error = describe_cpus(machine, plan, seat, text);
	record->cpus = text->cpus;
	record->place = (int64_t)seat->place;
	if (seat->count == 1)
		record->pu = pus[0];
	describe_coverage(machine, record);
	return error;
}

void seat_text_free(struct seat_text *text)
{
	free(text->cpus);
	free(text->numbers);
}
