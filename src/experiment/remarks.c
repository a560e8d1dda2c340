/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "experiment/remarks.h"

#include <stdlib.h>

#include "base/message.h"
#include "experiment/census.h"
#include "experiment/summary.h"

/* More are left to --explain and to the rows. */
#define PLACES_REMARKED 8

void unsteady_note(struct unsteady *unsteady, int64_t config,
		   const struct summary_record *record)
{
	double mad = (double)record->wall_mad_ns / (double)record->wall_ns;

	if (record->runs < 2 || mad <= SUMMARY_MAD_REMARK)
		return;
	unsteady->count++;
	if (mad > unsteady->worst) {
		unsteady->worst = mad;
		unsteady->config = config;
	}
}

void unsteady_remark(const struct unsteady *unsteady)
{
	if (unsteady->count)
		message_note("wall_ns is unsteady in %zu configuration%s: its "
			     "median absolute deviation is above 3 %%, in "
			     "configuration %lld %.1f %%; a quieter machine "
			     "or more --runs would help",
			     unsteady->count, unsteady->count == 1 ? "" : "s",
			     (long long)unsteady->config,
			     100 * unsteady->worst);
}

int remark_places(const struct experiment *e)
{
	struct finding *findings;
	size_t count;
	int error = census_take(e, &findings, &count);
	char text[CENSUS_TEXT_MAX];

	for (size_t i = 0; i < count && i < PLACES_REMARKED; i++)
		message_note("%s", census_text(e, &findings[i], text));
	if (count > PLACES_REMARKED)
		message_note("%zu more places are slow or noisy",
			     count - PLACES_REMARKED);
	free(findings);
	return error;
}
