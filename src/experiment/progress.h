/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The progress line: configuration, round, time left; on standard error, for
 * an experiment that takes longer than a second, and gone at its end.  Drawn
 * between runs only, so that it disturbs none.
 */
#ifndef PINSUM_PROGRESS_H
#define PINSUM_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "experiment/experiment.h"

struct progress {
	bool wanted;
	int64_t begun_ns, drawn_ns;
	size_t done, total; /* runs */
};

/* `total` runs lie ahead, as far as is known. */
void progress_begin(struct progress *progress, const struct options *options,
		    size_t total);

/* Before each run. */
void progress_run(struct progress *progress, const struct config *config,
		  size_t round);

void progress_end(struct progress *progress);

#endif
