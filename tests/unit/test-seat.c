/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "plan/seat.h"

#include <inttypes.h>
#include <stdio.h>

#include "machines.h"
#include "tap.h"

#define NO RECORD_NA

/* Two packages; CPU 3 is outside of the affinity mask, CPU 4 offline. */
#define DRAWING "[{<(01)>}][{<(0m)o(0)>}]"

/* What is said of a worker that is pinned to `pus`, hwloc's indexes. */
static const struct {
	const char *text; /* "cpus pu core llc numa package kind coverage" */
	size_t count;
	unsigned pus[4];
} seats[] = {
	{"0 0 0 0 0 0 0 2/2", 1, {0}},
	{"1 1 0 0 0 0 1 2/2", 1, {1}},
	{"2 2 1 1 1 1 0 1/2", 1, {2}},
	{"5 4 2 1 1 1 0 1/1", 1, {4}},
	{"0,1 NA 0 0 0 0 NA 2/2", 2, {1, 0}},
	{"2,5 NA NA 1 1 1 0 NA", 2, {2, 4}},
	{"0-2,5 NA NA NA NA NA NA NA", 4, {4, 2, 1, 0}},
	{"0-5 NA NA NA NA NA NA NA", 0, {0}},
};

static void append(char *text, size_t size, size_t *used, int64_t value)
{
	int n = value == NO ? snprintf(text + *used, size - *used, " NA")
			    : snprintf(text + *used, size - *used, " %" PRId64,
				       value);

	*used += (size_t)n;
}

static void check_seat(const struct machine *machine, struct seat_text *text,
		       size_t i)
{
	unsigned pus[4];
	struct seat seat = {seats[i].count ? 7 : NONE_PLACE, 0, seats[i].count};
	struct plan plan = {&seat, 1, pus, seats[i].count};
	struct seat_record r;
	char got[200];
	size_t used;

	for (size_t k = 0; k < seats[i].count; k++)
		pus[k] = seats[i].pus[k];
	tap_is_int(seat_describe(machine, &plan, 0, text, &r), 0, "described");
	used = (size_t)snprintf(got, sizeof(got), "%s", r.cpus);
	append(got, sizeof(got), &used, r.pu);
	append(got, sizeof(got), &used, r.core);
	append(got, sizeof(got), &used, r.llc);
	append(got, sizeof(got), &used, r.numa);
	append(got, sizeof(got), &used, r.package);
	append(got, sizeof(got), &used, r.kind);
	snprintf(got + used, sizeof(got) - used, " %s",
		 *r.coverage ? r.coverage : "NA");
	tap_is_text(got, seats[i].text, "%s", seats[i].text);
	tap_is_int(r.place, seats[i].count ? 7 : NO, "its place");
	tap_is_int(r.worker, 0, "its number");
}

int main(void)
{
	struct machine *machine = machine_draw(DRAWING, NULL);
	struct seat_text text = {.inherited = "0-5"};

	for (size_t i = 0; i < sizeof(seats) / sizeof(*seats); i++)
		check_seat(machine, &text, i);
	seat_text_free(&text);
	topology_free(machine);
	return tap_done();
}
