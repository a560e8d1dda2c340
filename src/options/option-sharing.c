/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Options about how workers share the total, and about work that waits.
 */
#include <config.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/message.h"
#include "base/number.h"
#include "options/option-values.h"
#include "options/option-words.h"

static int add_sharing(const char *name, void *arg)
{
	struct options *options = arg;
	const struct sharing *sharing = sharing_find(name);

	if (!sharing)
		return option_none_of("sharing", name, "");
	return list_append(&options->sharings, &options->sharing_count,
			   &sharing, sizeof sharing);
}

int option_sharing(struct options *options, const char *argument)
{
	options->sharing_count = 0;
	free(options->sharings);
	options->sharings = NULL;
	return list_split(argument, add_sharing, options);
}

static int add_ipc(const char *name, void *arg)
{
	struct options *options = arg;
	const struct ipc *ipc = ipc_find(name);

	if (!ipc)
		return option_none_of("ipc", name, "");
	return list_append(&options->ipcs, &options->ipc_count, &ipc,
			   sizeof ipc);
}

int option_ipc(struct options *options, const char *argument)
{
	options->ipc_count = 0;
	free(options->ipcs);
	options->ipcs = NULL;
	return list_split(argument, add_ipc, options);
}

int option_gil_interval(struct options *options, const char *argument)
{
	return option_time("gil-interval", argument, &options->gil_interval_ns);
}

int option_membind(struct options *options, const char *argument)
{
	options->membind = argument;
	return 0;
}

/* "10ms/1M" */
int option_block(struct options *options, const char *argument)
{
	const char *slash = strchr(argument, '/');
	uint64_t count = 0;
	int64_t ns = 0;
	int error = slash ? 0 : -EINVAL;

	if (!error) {
		char *time = strndup(argument, (size_t)(slash - argument));

		if (!time)
			return -ENOMEM;
		error = number_parse_duration(time, &ns);
		free(time);
	}
	if (!error)
		error = number_parse_count(slash + 1, &count);
	if (error || ns <= 0 || !count) {
		message_error("--block: '%s' is not TIME/COUNT such as "
			      "10ms/1M",
			      argument);
		return -EINVAL;
	}
	options->block_ns = ns;
	options->block_count = count;
	return 0;
}
