/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int list_split(const char *text, int (*each)(const char *element, void *arg),
	       void *arg)
{
	int error = 0;

	for (;;) {
		size_t length = strcspn(text, ",");
		char *element = strndup(text, length);

		if (!element)
			return -ENOMEM;
		error = each(element, arg);
		free(element);
		if (error || !text[length])
			return error;
		text += length + 1;
	}
}

/* Grows at powers of two, so that no capacity needs to be kept. */
int list_append(void *array, size_t *count, const void *element, size_t size)
{
	char *old;
	size_t n = *count;

	memcpy(&old, array, sizeof old);
	if (!(n & (n - 1))) {
		char *grown = reallocarray(old, n ? 2 * n : 1, size);

		if (!grown)
			return -ENOMEM;
		old = grown;
		memcpy(array, &old, sizeof old);
	}
	memcpy(old + n * size, element, size);
	*count = n + 1;
	return 0;
}
