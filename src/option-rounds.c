/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options about how often and in which order configurations run.
 */
#include <config.h>

#include <errno.h>
#include <string.h>

#include "message.h"
#include "number.h"
#include "option-values.h"
#include "shuffle.h"

static int parse_count(const char *option, const char *argument, uint64_t least,
		       uint64_t *count)
{
	uint64_t value;

	if (number_parse_count(argument, &value) || value < least ||
	    value > 1000000000) {
		message_error("--%s: '%s' is not a number from %u to "
			      "1000000000",
			      option, argument, (unsigned)least);
		return -EINVAL;
	}
	*count = value;
	return 0;
}

int option_runs(struct options *options, const char *argument)
{
	return parse_count("runs", argument, 1, &options->runs);
}

int option_warmup(struct options *options, const char *argument)
{
	return parse_count("warmup", argument, 0, &options->warmup);
}

static int parse_time(const char *option, const char *argument, int64_t *time)
{
	int64_t ns = 0;

	if (number_parse_duration(argument, &ns) || ns <= 0) {
		message_error("--%s: '%s' is not a time such as 150ms, 2s or "
			      "10m",
			      option, argument);
		return -EINVAL;
	}
	*time = ns;
	return 0;
}

int option_timeout(struct options *options, const char *argument)
{
	return parse_time("timeout", argument, &options->timeout_ns);
}

int option_max_time(struct options *options, const char *argument)
{
	return parse_time("max-time", argument, &options->max_time_ns);
}

int option_sweep(struct options *options, const char *argument)
{
	if (!strcmp(argument, "places")) {
		options->sweep = SWEEP_PLACES;
	} else if (!strcmp(argument, "pairs")) {
		options->sweep = SWEEP_PAIRS;
	} else {
		message_error("--sweep: '%s' is none of places, pairs",
			      argument);
		return -EINVAL;
	}
	return 0;
}

static int parse_shuffle(struct options *options, const char *seed)
{
	options->order = ORDER_SHUFFLE;
	if (*seed == ':')
		return number_parse_count(seed + 1, &options->order_seed);
	return *seed ? -EINVAL : shuffle_seed(&options->order_seed);
}

int option_order(struct options *options, const char *argument)
{
	static const char name[] = "shuffle";
	int error = 0;

	if (!strcmp(argument, "interleave"))
		options->order = ORDER_INTERLEAVE;
	else if (!strcmp(argument, "sequential"))
		options->order = ORDER_SEQUENTIAL;
	else if (!strncmp(argument, name, strlen(name)))
		error = parse_shuffle(options, argument + strlen(name));
	else
		error = -EINVAL;
	if (error == -EINVAL || error == -ERANGE) {
		message_error("--order: '%s' is none of interleave, "
			      "shuffle[:SEED], sequential",
			      argument);
		return -EINVAL;
	}
	return error;
}

int option_baseline(struct options *options, const char *argument)
{
	options->baseline = argument;
	return 0;
}

int option_precision(struct options *options, const char *argument)
{
	double percent;

	if (number_parse_decimal(argument, &percent) || !(percent > 0) ||
	    percent > 100) {
		message_error("--precision: '%s' is not a percentage above 0 "
			      "and up to 100, such as 2 or 0.5",
			      argument);
		return -EINVAL;
	}
	options->precision = percent / 100;
	return 0;
}

int option_progress(struct options *options, const char *argument)
{
	static const struct {
		const char *name;
		enum when when;
	} words[] = {{"auto", WHEN_AUTO},
		     {"always", WHEN_ALWAYS},
		     {"never", WHEN_NEVER}};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcmp(argument, words[i].name)) {
			options->progress = words[i].when;
			return 0;
		}
	message_error("--progress: '%s' is none of auto, always, never",
		      argument);
	return -EINVAL;
}

int option_sched(struct options *options, const char *argument)
{
	if (!sched_policy_parse(argument, &options->sched))
		return 0;
	message_error("--sched: '%s' is none of other, batch, idle, "
		      "fifo[:PRIO], rr[:PRIO] with a priority that the "
		      "policy has",
		      argument);
	return -EINVAL;
}
