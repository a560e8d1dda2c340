/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "tap.h"

struct joined {
	char text[64];
	const char *stop; /* the element that is refused */
};

static int join(const char *element, void *arg)
{
	struct joined *joined = arg;

	if (joined->stop && !strcmp(element, joined->stop))
		return -EDOM;
	strcat(joined->text, "[");
	strcat(joined->text, element);
	strcat(joined->text, "]");
	return 0;
}

static const struct {
	const char *list, *stop, *elements;
	int result;
} splits[] = {
	{"a", NULL, "[a]", 0},
	{"a,b,c", NULL, "[a][b][c]", 0},
	{"long,x", NULL, "[long][x]", 0},
	{"", NULL, "[]", 0},
	{",", NULL, "[][]", 0},
	{"a,,b,", NULL, "[a][][b][]", 0},
	{" a,b ", NULL, "[ a][b ]", 0},
	{"a,b,c", "b", "[a]", -EDOM},
	{"a,b,c", "c", "[a][b]", -EDOM},
};

static void check_split(void)
{
	for (size_t i = 0; i < sizeof(splits) / sizeof(*splits); i++) {
		struct joined joined = {.stop = splits[i].stop};

		tap_is_int(list_split(splits[i].list, join, &joined),
			   splits[i].result, "result of '%s'", splits[i].list);
		tap_is_text(joined.text, splits[i].elements, "elements of '%s'",
			    splits[i].list);
	}
}

static void check_append(void)
{
	size_t *numbers = NULL, count = 0;
	bool kept = true;

	for (size_t i = 0; i < 1000; i++)
		if (list_append(&numbers, &count, &i, sizeof(i)))
			break;
	tap_is_int((int64_t)count, 1000, "elements are counted");
	for (size_t i = 0; i < count; i++)
		kept = kept && numbers[i] == i;
	tap_ok(kept, "and kept while the array grows");
	free(numbers);
}

static void check_refusal(void)
{
	char element = 'x', *array = NULL;
	size_t count = SIZE_MAX / 4 + 1;

	/* Twice as many do not fit into any memory. */
	tap_is_int(list_append(&array, &count, &element, 8), -ENOMEM,
		   "what cannot grow is refused");
	tap_ok(!array && count == SIZE_MAX / 4 + 1, "and left as it was");
}

int main(void)
{
	check_split();
	check_append();
	check_refusal();
	return tap_done();
}
