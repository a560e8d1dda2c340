/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "machines.h"

#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"

static const struct shape {
	char open, close;
	enum level_type type;
	const char *name;
} shapes[] = {
	{'/', '\\', LEVEL_GROUP, "group"},
	{'[', ']', LEVEL_PACKAGE, "package"},
	{'{', '}', LEVEL_NUMA, "numanode"},
	{'<', '>', LEVEL_L3, "l3"},
	{'(', ')', LEVEL_CORE, "core"},
};

#define SHAPES (sizeof(shapes) / sizeof(*shapes))

static void *need(void *memory)
{
	if (!memory) {
		fputs("Bail out! no memory for a machine\n", stdout);
		exit(1);
	}
	return memory;
}

static void *zeroed(size_t count, size_t size)
{
	return need(calloc(count + 1, size));
}

static size_t count_of(const char *drawing, const char *letters)
{
	size_t count = 0;

	for (; *drawing; drawing++)
		count += strchr(letters, *drawing) != NULL;
	return count;
}

static struct level *add_level(struct machine *machine, enum level_type type,
			       const char *name, size_t objects)
{
	struct level *level = &machine->levels[machine->level_count];

	*level = (struct level){
		.type = type,
		.depth = type == LEVEL_NUMA ? NONE : (int)machine->level_count,
		.name = name,
		.objects = zeroed(objects, sizeof(struct object)),
	};
	machine->level_count++;
	return level;
}

/* In place of an object's total until its bracket closes. */
#define STILL_OPEN UINT_MAX

/* Append an object that begins at the next PU. */
static void open_object(const struct machine *machine, struct level *level)
{
	struct object *object = &level->objects[level->count];

	*object = (struct object){.first = machine->pu_count,
				  .os = (int)level->count,
				  .total = STILL_OPEN};
	level->count++;
}

/* The machine's PUs so far belong to the last object of a level.  As with
 * hwloc, only a NUMA node is there without any. */
static void close_object(struct machine *machine, struct level *level)
{
	int index = (int)level->count - 1;
	struct object *object;

	while (level->objects[index].total != STILL_OPEN)
		index--;
	object = &level->objects[index];
	object->count = machine->pu_count - object->first;
	object->total = object->count;
	if (!object->count && level->type != LEVEL_NUMA)
		level->count--;
	for (unsigned i = object->first; i < machine->pu_count; i++) {
		struct pu *pu = &machine->pus[i];

		if (level->type == LEVEL_PACKAGE)
			pu->package = index;
		if (level->type == LEVEL_NUMA && pu->numa == NONE)
			pu->numa = index;
		if (level->type == LEVEL_CORE)
			pu->core = index;
		if (level->type != LEVEL_L3)
			continue;
		pu->l3 = pu->llc = index;
		pu->llc_level = (int)(level - machine->levels);
	}
}

static void add_kind(struct machine *machine, unsigned kind)
{
	for (; machine->kind_count <= kind; machine->kind_count++)
		machine->kinds[machine->kind_count].efficiency =
			(int)machine->kind_count;
	machine->kinds[kind].pus++;
}

static void add_cpu(struct machine *machine, char letter, unsigned os)
{
	static const char letters[] = "ocm-";
	static const unsigned char states[] = {CPU_OFFLINE, CPU_NOT_IN_CPUSET,
					       CPU_NOT_IN_MASK, CPU_ABSENT};
	const char *state = strchr(letters, letter);

	if (state && letter == '-')
		return;
	machine->state_of_os[os] = state ? states[state - letters] : CPU_USABLE;
	if (state && letter != 'm')
		return;
	machine->pu_of_os[os] = (int)machine->pu_count;
	machine->pus[machine->pu_count++] = (struct pu){
		.os = os,
		.usable = !state,
		.core = NONE,
		.die = NONE,
		.package = NONE,
		.l2 = NONE,
		.l3 = NONE,
		.numa = NONE,
		.llc = NONE,
		.llc_level = NONE,
		.kind = isdigit((unsigned char)letter) ? letter - '0' : NONE,
	};
	if (isdigit((unsigned char)letter))
		add_kind(machine, (unsigned)(letter - '0'));
}

static struct machine *empty_machine(const char *drawing,
				     const unsigned *numbers)
{
	struct machine *machine = zeroed(1, sizeof(*machine));
	size_t letters = count_of(drawing, "umoc-0123456789");

	for (size_t i = 0; i < letters; i++) {
		unsigned os = numbers ? numbers[i] : (unsigned)i;

		if (os >= machine->os_count)
			machine->os_count = os + 1;
	}
	machine->pus = zeroed(letters, sizeof(*machine->pus));
	machine->levels = zeroed(SHAPES + 2, sizeof(*machine->levels));
	machine->kinds = zeroed(10, sizeof(*machine->kinds));
	machine->state_of_os = zeroed(machine->os_count, 1);
	memset(machine->state_of_os, CPU_ABSENT, machine->os_count);
	machine->pu_of_os = zeroed(machine->os_count, sizeof(int));
	for (unsigned i = 0; i < machine->os_count; i++)
		machine->pu_of_os[i] = NONE;
	machine->hwloc_version = need(strdup("0"));
	machine->why_not = "drawing";
	return machine;
}

/* Objects and CPUs, from left to right. */
static void read_drawing(struct machine *machine, const char *drawing,
			 const unsigned *numbers, struct level *levels[SHAPES])
{
	size_t cpus = 0;

	for (; *drawing; drawing++) {
		for (size_t i = 0; i < SHAPES; i++) {
			if (*drawing == shapes[i].open)
				open_object(machine, levels[i]);
			if (*drawing == shapes[i].close)
				close_object(machine, levels[i]);
		}
		if (!strchr("umoc-0123456789", *drawing))
			continue;
		add_cpu(machine, *drawing,
			numbers ? numbers[cpus] : (unsigned)cpus);
		cpus++;
	}
}

struct machine *machine_draw(const char *drawing, const unsigned *numbers)
{
	struct machine *machine = empty_machine(drawing, numbers);
	struct level *levels[SHAPES] = {NULL};
	struct level *whole = add_level(machine, LEVEL_MACHINE, "machine", 1);
	struct level *pus;

	open_object(machine, whole);
	for (size_t i = 0; i < SHAPES; i++) {
		const char open[] = {shapes[i].open, '\0'};
		size_t count = count_of(drawing, open);

		if (count || shapes[i].type == LEVEL_NUMA)
			levels[i] = add_level(machine, shapes[i].type,
					      shapes[i].name, count + 1);
	}
	read_drawing(machine, drawing, numbers, levels);
	close_object(machine, whole);
	for (size_t i = 0; i < SHAPES; i++) {
		if (shapes[i].type != LEVEL_NUMA || levels[i]->count)
			continue;
		open_object(machine, levels[i]);
		levels[i]->objects[0].first = 0;
		close_object(machine, levels[i]);
	}
	pus = add_level(machine, LEVEL_PU, "pu", machine->pu_count);
	for (unsigned i = 0; i < machine->pu_count; i++)
		pus->objects[i] = (struct object){.first = i,
						  .count = 1,
						  .os = (int)machine->pus[i].os,
						  .total = 1};
	pus->count = machine->pu_count;
	return machine;
}

/* Random drawings: every bracket of `shape` and those inside of it, a few of
 * each; a machine may lack any of the types. */
struct sketch {
	char text[8192];
	size_t length, cpus;
	bool has[SHAPES], kinds;
	uint64_t *state;
};

static unsigned below(struct sketch *sketch, unsigned bound)
{
	return (unsigned)(cases_random(sketch->state) % bound);
}

static void put(struct sketch *sketch, char letter)
{
	sketch->text[sketch->length++] = letter;
	sketch->text[sketch->length] = '\0';
}

static void draw_cpus(struct sketch *sketch)
{
	unsigned threads = below(sketch, 4) + 1;
	char kind = (char)('0' + below(sketch, 3));

	for (unsigned i = 0; i < threads; i++) {
		unsigned dice = below(sketch, 16);

		put(sketch, dice < 4	    ? "moc-"[dice]
			    : sketch->kinds ? kind
					    : 'u');
		sketch->cpus++;
	}
}

static void draw_shape(struct sketch *sketch, size_t shape)
{
	unsigned count;

	if (shape == SHAPES) {
		draw_cpus(sketch);
		return;
	}
	count = sketch->has[shape] ? below(sketch, 3) + 1 : 1;
	for (unsigned i = 0; i < count; i++) {
		if (sketch->has[shape])
			put(sketch, shapes[shape].open);
		draw_shape(sketch, shape + 1);
		if (sketch->has[shape])
			put(sketch, shapes[shape].close);
	}
}

/* Interleaved and sparse numbers. */
static unsigned *shuffled(struct sketch *sketch)
{
	unsigned *numbers = zeroed(sketch->cpus, sizeof(*numbers));
	unsigned stride = below(sketch, 3) + 1;

	for (size_t i = 0; i < sketch->cpus; i++) {
		size_t j = below(sketch, (unsigned)i + 1);

		numbers[i] = numbers[j];
		numbers[j] = (unsigned)i * stride;
	}
	return numbers;
}

struct machine *machine_random(uint64_t *state)
{
	for (;;) {
		struct sketch sketch = {.state = state};
		struct machine *machine;
		unsigned *numbers;

		for (size_t i = 0; i < SHAPES; i++)
			sketch.has[i] = below(&sketch, 4);
		sketch.kinds = below(&sketch, 2);
		draw_shape(&sketch, 0);
		numbers = shuffled(&sketch);
		machine = machine_draw(sketch.text, numbers);
		free(numbers);
		if (topology_usable_pus(machine))
			return machine;
		topology_free(machine);
	}
}

struct machine *machine_regular(unsigned cores, unsigned threads,
				unsigned per_package)
{
	char *drawing = zeroed((size_t)cores * (threads + 4), 1), *at = drawing;
	struct machine *machine;

	for (unsigned i = 0; i < cores; i++) {
		if (i % per_package == 0)
			*at++ = '[';
		*at++ = '(';
		memset(at, 'u', threads);
		at += threads;
		*at++ = ')';
		if (i % per_package == per_package - 1 || i == cores - 1)
			*at++ = ']';
	}
	machine = machine_draw(drawing, NULL);
	free(drawing);
	return machine;
}
