/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options about how often and in which order configurations run.
 */
#include <config.h>

#include <errno.h>
#include <string.h>

#include "base/message.h"
#include "base/number.h"
#include "base/shuffle.h"
#include "options/option-values.h"
#include "options/option-words.h"

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

int option_timeout(struct options *options, const char *argument)
{
	return option_time("timeout", argument, &options->timeout_ns);
}

int option_max_time(struct options *options, const char *argument)
{
	return option_time("max-time", argument, &options->max_time_ns);
}

int option_sweep(struct options *options, const char *argument)
{
	int sweep = option_word_index(option_sweep_word, argument);

	if (sweep < 0)
		return option_none_of("sweep", argument, "");
	options->sweep = (enum sweep)(sweep + 1); /* 0: off */
	return 0;
}

/* "shuffle:SEED" */
static int parse_seed(const char *argument, uint64_t *seed)
{
	const char *name = option_order_word(ORDER_SHUFFLE);
	size_t length = strlen(name);

	if (strncmp(argument, name, length) != 0 || argument[length] != ':')
		return -EINVAL;
	return number_parse_count(argument + length + 1, seed);
}

int option_order(struct options *options, const char *argument)
{
	int order = option_word_index(option_order_word, argument);

	if (order < 0 && !parse_seed(argument, &options->order_seed)) {
		options->order = ORDER_SHUFFLE;
		return 0;
	}
	if (order < 0)
		return option_none_of("order", argument,
				      ", shuffle also with :SEED");
	options->order = (enum order)order;
	return order == ORDER_SHUFFLE ? shuffle_seed(&options->order_seed) : 0;
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
	int when = option_word_index(option_progress_word, argument);

	if (when < 0)
		return option_none_of("progress", argument, "");
	options->progress = (enum when)when;
	return 0;
}

int option_sched(struct options *options, const char *argument)
{
	if (!sched_policy_parse(argument, &options->sched))
		return 0;
	return option_none_of("sched", argument,
			      ", with :PRIO only where the policy has it");
}
