/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What held each configuration back most.
 */
#include <config.h>

#include <math.h>
#include <string.h>

#include "explain/explain-parts.h"
#include "run/executor.h"
#include "run/sharing.h"

/* A loss below this share of the time is not worth a sentence. */
#define WORTH 0.05

/* Where there is no sharing to blame, on-CPU time is the work itself. */
static const char *const losses[SHARES] = {
	[SHARE_CREATING] = "creating, pinning and gathering its workers",
	[SHARE_COLLECTING] = "ending and collecting its workers",
	[SHARE_WAITING] = "waiting for a CPU that something else ran on",
	[SHARE_QUOTA] = "the CPU quota of its control group",
	[SHARE_OFF] = "time off the CPU, asleep or stolen by a hypervisor",
	[SHARE_SKEW] = "workers that started one after the other (skew)",
	[SHARE_UNEVEN] = "workers that were done and waited for the slowest",
};

/* Whether workers of it meet on purpose. */
static bool is_shared(const struct config *config)
{
	return config->setup.sharing != &sharing_private &&
	       config->setup.workers > 1;
}

/* Time off the CPU has a name where something is known to cause it. */
static const char *name_of_off(const struct config *config)
{
	if (config->setup.block_count)
		return "sleeping, as --block asks";
	if (is_shared(config))
		return "sleeping until the shared counter or its lock was "
		       "free";
	return losses[SHARE_OFF];
}

static enum share greatest_loss(const struct shares *shares)
{
	enum share worst = SHARE_CREATING;

	for (int i = 0; i < SHARES; i++)
		if (losses[i] && (isnan(shares->of[worst]) ||
				  shares->of[i] > shares->of[worst]))
			worst = (enum share)i;
	return worst;
}

/* On a CPU, but at what the workers share: which of it is contention the
 * figures do not tell. */
static void say_shared(const struct explanation *x, const char *name,
		       const struct config *config, const struct shares *shares)
{
	explain_sentence(x,
			 "%s was on its CPUs for %.0f %% of the time, in the "
			 "loop of sharing %s: what its workers share sets its "
			 "pace",
			 name, 100 * shares->of[SHARE_ON_CPU],
			 config->setup.sharing->name);
}

/* Whether there was something to say. */
static bool say_cause(const struct explanation *x, size_t i,
		      const struct shares *shares)
{
	const struct config *config = &x->experiment->configs[i];
	enum share worst = greatest_loss(shares);
	char name[EXPLAIN_NAME_MAX];

	explain_name(x, i, name);
	if (is_shared(config) && shares->of[SHARE_ON_CPU] > shares->of[worst]) {
		say_shared(x, name, config, shares);
		return true;
	}
	if (!(shares->of[worst] >= WORTH))
		return false;
	explain_sentence(x, "%s lost most to %s: %.0f %% of its time", name,
			 worst == SHARE_OFF ? name_of_off(config)
					    : losses[worst],
			 100 * shares->of[worst]);
	return true;
}

static void say_quiet(const struct explanation *x, size_t quiet, size_t known)
{
	const char *who = "none of the others";

	if (quiet == known)
		who = known == 1 ? "the configuration has not"
				 : "no configuration";
	else if (quiet == 1)
		who = "the remaining one has not";
	if (quiet)
		explain_sentence(x,
				 "%s lost as much as %.0f %% of its time to "
				 "any one thing (creation, waiting, quota, "
				 "skew, an uneven end)",
				 who, 100 * WORTH);
}

int explain_causes(const struct explanation *x)
{
	const struct experiment *e = x->experiment;
	size_t said = 0, quiet = 0, known = 0;
	bool unread = false;

	for (size_t i = 0; i < e->count; i++) {
		struct shares shares;
		int error;

		if (!x->rows[i].runs)
			continue;
		known++;
		error = explain_shares(&e->configs[i], e->rounds, &shares);
		if (error)
			return error;
		unread |= isnan(shares.of[SHARE_WAITING]) != 0;
		if (said < EXPLAIN_MOST && say_cause(x, i, &shares))
			said++;
		else
			quiet++;
	}
	if (unread)
		explain_sentence(x, "how long workers waited for a CPU is not "
				    "known: this kernel has no schedstat, or "
				    "their parts are too short to ask it");
	else if (said < EXPLAIN_MOST)
		say_quiet(x, quiet, known);
	return 0;
}
