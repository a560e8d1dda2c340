/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "plan/places-build.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cpulist.h"

/* Longest part of the user's text that is quoted. */
#define QUOTE_MAX 80

/* Room for `need` elements, growing by half so that appending is linear. */
static void *grow(void *array, size_t *room, size_t need, size_t size)
{
	size_t wanted = *room + *room / 2;

	if (wanted < need)
		wanted = need;
	if (wanted < 16)
		wanted = 16;
	array = reallocarray(array, wanted, size);
	if (array)
		*room = wanted;
	return array;
}

int places_add_pus(struct places_build *build, const unsigned *pus,
		   size_t count)
{
	struct places *places = build->places;

	if (places->count == build->place_room) {
		struct place *grown = grow(places->places, &build->place_room,
					   places->count + 1, sizeof(*grown));

		if (!grown)
			return -ENOMEM;
		places->places = grown;
	}
	if (count > build->pu_room - places->pu_count) {
		unsigned *grown =
			grow(places->pus, &build->pu_room,
			     places->pu_count + count, sizeof(*grown));

		if (!grown)
			return -ENOMEM;
		places->pus = grown;
	}
	memcpy(places->pus + places->pu_count, pus, count * sizeof(*pus));
	places->places[places->count++] =
		(struct place){.first = places->pu_count, .count = count};
	places->pu_count += count;
	return 0;
}

int places_add(struct places_build *build, unsigned first, unsigned count)
{
	unsigned eligible = places_eligible(build, first, count);

	if (!eligible)
		return 0;
	return places_add_pus(build, build->eligible + build->before[first],
			      eligible);
}

/* Append to the error; the last three bytes say that it was cut. */
static void append(char *error, const char *text)
{
	size_t used = strlen(error), room = PLACES_ERROR_MAX - used;

	if ((size_t)snprintf(error + used, room, "%s", text) >= room)
		memcpy(error + PLACES_ERROR_MAX - 4, "...", 4);
}

static void quote(char *error, const char *text, size_t length)
{
	bool cut = length > QUOTE_MAX;

	*error = '\0';
	if (text)
		snprintf(error, PLACES_ERROR_MAX,
			 "'%.*s%s': ", (int)(cut ? QUOTE_MAX : length), text,
			 cut ? "..." : "");
}

static void append_usable(struct places_build *build)
{
	char *usable = topology_usable_text(build->machine);

	if (!usable)
		return;
	append(build->error, "; usable CPUs: ");
	append(build->error, *usable ? usable : "none");
	free(usable);
}

int places_error(struct places_build *build, const char *text, size_t length,
		 bool usable, const char *format, ...)
{
	char message[PLACES_ERROR_MAX];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof(message), format, args);
	va_end(args);
	quote(build->error, text, length);
	append(build->error, message);
	if (usable)
		append_usable(build);
	return -EINVAL;
}

/* Why CPU `cpu` may not serve; NULL where it may. */
static const char *reason(const struct places_build *build, unsigned cpu,
			  char *buffer, size_t size)
{
	const struct machine *machine = build->machine;
	enum cpu_state state = topology_cpu_state(machine, cpu);
	unsigned pu;

	if (state != CPU_USABLE)
		return topology_state_text(state);
	pu = (unsigned)machine->pu_of_os[cpu];
	if (places_eligible(build, pu, 1))
		return NULL;
	if (build->kind == NONE || machine->pus[pu].kind == build->kind)
		return "is not the first of its core, as --no-smt asks";
	snprintf(buffer, size, "is not of the kind '%.*s'", QUOTE_MAX,
		 build->filter->cpukind);
	return buffer;
}

static int compare_cpus(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return (x > y) - (x < y);
}

/* Append "CPU 4,5 is offline" for those of the sorted `cpus` that share the
 * reason of the first; the rest move to the front.  Returns how many. */
static size_t append_reason(struct places_build *build, unsigned *cpus,
			    size_t count, unsigned *same)
{
	char buffer[2 * QUOTE_MAX], other[2 * QUOTE_MAX];
	char list[PLACES_ERROR_MAX];
	const char *why = reason(build, cpus[0], buffer, sizeof(buffer));
	size_t rest = 0, alike = 0;

	for (size_t i = 0; i < count; i++) {
		const char *its = reason(build, cpus[i], other, sizeof(other));

		if (!strcmp(its, why))
			same[alike++] = cpus[i];
		else
			cpus[rest++] = cpus[i];
	}
	cpulist_format(same, alike, list, sizeof(list));
	append(build->error, "CPU ");
	append(build->error, list);
	append(build->error, " ");
	append(build->error, why);
	if (rest)
		append(build->error, "; ");
	return rest;
}

int places_refuse(struct places_build *build, const char *text, size_t length,
		  const unsigned *cpus, size_t count)
{
	char buffer[2 * QUOTE_MAX];
	unsigned *bad = calloc(2 * count, sizeof(*bad));
	size_t refused = 0, distinct = 0;

	if (!bad)
		return -ENOMEM;
	for (size_t i = 0; i < count; i++)
		if (reason(build, cpus[i], buffer, sizeof(buffer)))
			bad[refused++] = cpus[i];
	qsort(bad, refused, sizeof(*bad), compare_cpus);
	for (size_t i = 0; i < refused; i++)
		if (!i || bad[i] != bad[i - 1])
			bad[distinct++] = bad[i];
	quote(build->error, text, length);
	while (distinct)
		distinct = append_reason(build, bad, distinct, bad + count);
	append_usable(build);
	free(bad);
	return -EINVAL;
}
