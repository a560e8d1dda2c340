/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the machine was like: what a reader needs to trust or to repeat the
 * figures.
 */
#ifndef PINSUM_ENVIRONMENT_H
#define PINSUM_ENVIRONMENT_H

#include <stddef.h>

#include "topology/topology.h"

/* A key and its value: a value that is not known is NULL, written as NA. */
struct environment_entry {
	const char *key;
	char *value; /* owned; printable ASCII is left to the report writer */
};

struct environment {
	struct environment_entry *entries;
	size_t count;
};

/* Read what is cheap to know now; command line as in argv.  Never fails but
 * for -ENOMEM: what cannot be read has no value. */
int environment_read(const struct machine *machine, int argc,
		     char *const argv[], struct environment *environment);

void environment_free(struct environment *environment);

/* The i-th key and what it means, in the order of the report; NULL at the
 * end.  The manual is held against this table. */
const char *environment_key(size_t i, const char **meaning);

#endif
