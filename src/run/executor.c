/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/executor.h"

#include <string.h>

static const struct executor *const executors[] = {
	&executor_single,
	&executor_thread,
	&executor_process,
};

const struct executor *executor_at(size_t i)
{
	return i < sizeof executors / sizeof *executors ? executors[i] : NULL;
}

const struct executor *executor_find(const char *name)
{
	const struct executor *e;

	for (size_t i = 0; (e = executor_at(i)); i++)
		if (!strcmp(name, e->name) ||
		    (e->plural && !strcmp(name, e->plural)))
			return e;
	return NULL;
}
