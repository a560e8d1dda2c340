/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The seeds of a target, from the corpus in the source tree.
 */
#ifndef PINSUM_FUZZ_SEEDS_H
#define PINSUM_FUZZ_SEEDS_H

#include <stddef.h>

#define SEEDS_MAX 256

struct seeds {
	char *texts[SEEDS_MAX];
	size_t count;
};

/* Lines of corpus/NAME below the folder `corpus`, decoded; for xml the files
 * of tests/topologies besides.  Ends the program where they cannot be read. */
void seeds_read(const char *corpus, const char *name, struct seeds *seeds);

void seeds_free(struct seeds *seeds);

#endif
