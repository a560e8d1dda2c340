/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/sharing.h"

#include <string.h>

static const struct sharing *const sharings[] = {
	&sharing_private, &sharing_adjacent, &sharing_atomic,
	&sharing_mutex,	  &sharing_turns,    &sharing_gil,
};

const struct sharing *sharing_at(size_t i)
{
	return i < sizeof sharings / sizeof *sharings ? sharings[i] : NULL;
}

const struct sharing *sharing_find(const char *name)
{
	const struct sharing *s;

	for (size_t i = 0; (s = sharing_at(i)); i++)
		if (!strcmp(name, s->name))
			return s;
	return NULL;
}
