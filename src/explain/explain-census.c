/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which places of a sweep are slow or noisy.
 */
#include <config.h>

#include <stdlib.h>

#include "experiment/census.h"
#include "explain/explain-parts.h"

int explain_census(const struct explanation *x)
{
	struct finding *findings;
	size_t count;
	int error = census_take(x->experiment, &findings, &count);
	char text[CENSUS_TEXT_MAX];

	for (size_t i = 0; i < count && i < EXPLAIN_MOST && !error; i++)
		explain_sentence(
			x, "%s",
			census_text(x->experiment, &findings[i], text));
	if (count > EXPLAIN_MOST)
		explain_sentence(x,
				 "%zu more places are slow or noisy; sort by "
				 "compute_ns to see them",
				 count - EXPLAIN_MOST);
	if (!error && !count && x->experiment->options->sweep == SWEEP_PLACES)
		explain_sentence(x,
				 "no place is more than %.0f %% slower than "
				 "its kind, or noisier",
				 100 * CENSUS_SLOW);
	free(findings);
	return error;
}
