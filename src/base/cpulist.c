/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/cpulist.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

/* One element: FIRST, FIRST-LAST or FIRST-LAST:STRIDE. */
struct range {
	unsigned first, last, stride;
};

/* A text under construction that may be longer than its buffer. */
struct text {
	char *buffer;
	size_t size, length;
};

/* Digits at *cursor; anything from CPULIST_CPU_LIMIT on comes out as that. */
static int parse_cpu(const char **cursor, unsigned *cpu)
{
	const char *start = *cursor;

	*cpu = 0;
	while (**cursor >= '0' && **cursor <= '9') {
		*cpu = *cpu * 10 + (unsigned)(*(*cursor)++ - '0');
		if (*cpu > CPULIST_CPU_LIMIT)
			*cpu = CPULIST_CPU_LIMIT;
	}
	return *cursor == start ? -EINVAL : 0;
}

/* A number after `mark`; `*cpu` stays where there is no mark. */
static int parse_optional(const char **cursor, char mark, unsigned *cpu)
{
	if (**cursor != mark)
		return 0;
	(*cursor)++;
	return parse_cpu(cursor, cpu);
}

static int parse_range(const char **cursor, struct range *range)
{
	bool several;

	if (parse_cpu(cursor, &range->first) != 0)
		return -EINVAL;
	range->last = range->first;
	range->stride = 1;
	several = **cursor == '-';
	if (parse_optional(cursor, '-', &range->last) != 0)
		return -EINVAL;
	if (several && parse_optional(cursor, ':', &range->stride) != 0)
		return -EINVAL;
	if (**cursor != ',' && **cursor != '\0')
		return -EINVAL;
	if (range->first >= CPULIST_CPU_LIMIT ||
	    range->last >= CPULIST_CPU_LIMIT ||
	    range->stride >= CPULIST_CPU_LIMIT)
		return -ERANGE;
	return range->last < range->first || range->stride == 0 ? -EINVAL : 0;
}

static int append_range(struct cpulist *list, size_t *capacity,
			const struct range *range)
{
	size_t n = (range->last - range->first) / range->stride + 1;
	size_t needed = list->count + n;
	unsigned cpu = range->first;

	if (needed > CPULIST_CPU_LIMIT)
		return -ERANGE;
	if (needed > *capacity) {
		size_t larger = needed > 2 * *capacity ? needed : 2 * *capacity;
		unsigned *cpus = realloc(list->cpus, larger * sizeof(*cpus));

		if (cpus == NULL)
			return -ENOMEM;
		list->cpus = cpus;
		*capacity = larger;
	}
	for (; n > 0; n--, cpu += range->stride)
		list->cpus[list->count++] = cpu;
	return 0;
}

int cpulist_parse(const char *text, struct cpulist *list, size_t *bad)
{
	const char *cursor = text, *element;
	size_t capacity = 0;
	struct range range;
	int ret;

	*list = (struct cpulist){.cpus = NULL, .count = 0};
	for (;;) {
		element = cursor;
		ret = parse_range(&cursor, &range);
		if (ret == 0)
			ret = append_range(list, &capacity, &range);
		if (ret != 0)
			break;
		if (*cursor == '\0')
			return 0;
		cursor++;
	}
	cpulist_free(list);
	if (ret != -ENOMEM && bad != NULL)
		*bad = (size_t)(element - text);
	return ret;
}

void cpulist_free(struct cpulist *list)
{
	free(list->cpus);
	*list = (struct cpulist){.cpus = NULL, .count = 0};
}

static void put_bytes(struct text *text, const char *bytes, size_t length)
{
	/* The last byte is the NUL's. */
	if (text->length < text->size) {
		size_t room = text->size - 1 - text->length;

		memcpy(text->buffer + text->length, bytes,
		       length < room ? length : room);
	}
	text->length += length;
}

static void put_cpu(struct text *text, char separator, unsigned cpu)
{
	char digits[1 + NUMBER_U64_MAX];
	size_t length = 1 + number_format_u64(digits + 1, cpu);

	digits[0] = separator;
	if (text->length == 0)
		put_bytes(text, digits + 1, length - 1);
	else
		put_bytes(text, digits, length);
}

size_t cpulist_format(const unsigned *cpus, size_t count, char *buffer,
		      size_t size)
{
	struct text text = {.buffer = buffer, .size = size, .length = 0};

	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count; end++)
			if (cpus[end] != cpus[end - 1] + 1)
				break;
		/* A range of two is no shorter, and taskset prints none. */
		if (end == i + 2)
			end = i + 1;
		put_cpu(&text, ',', cpus[i]);
		if (end > i + 1)
			put_cpu(&text, '-', cpus[end - 1]);
	}
	if (size > 0)
		buffer[text.length < size ? text.length : size - 1] = '\0';
	return text.length;
}
