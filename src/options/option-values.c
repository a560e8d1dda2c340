/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "options/option-values.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/list.h"
#include "base/message.h"
#include "base/number.h"
#include "base/shuffle.h"
#include "options/option-words.h"

/* More is a typing error: no kernel has as many threads. */
#define WORKERS_MAX 4194304
#define VALUES_MAX  65536u

/* A number of the preprocessor as text. */
#define TEXT(number)	TEXT_OF(number)
#define TEXT_OF(number) #number

static int add_mode(const char *name, void *arg)
{
	struct options *options = arg;
	const struct executor *mode = executor_find(name);

	if (!mode)
		return option_none_of("mode", name, "");
	return list_append(&options->modes, &options->mode_count, &mode,
			   sizeof mode);
}

int option_mode(struct options *options, const char *argument)
{
	options->mode_count = 0;
	free(options->modes);
	options->modes = NULL;
	return list_split(argument, add_mode, options);
}

static int add_number(struct options *options, uint64_t number)
{
	struct workers_request request = {WORKERS_NUMBER, number};

	if (options->workers_count >= VALUES_MAX)
		return -ERANGE;
	return list_append(&options->workers, &options->workers_count, &request,
			   sizeof request);
}

static int add_word(struct options *options, int word)
{
	struct workers_request request = {.what = (unsigned)word};

	return list_append(&options->workers, &options->workers_count, &request,
			   sizeof request);
}

/* "X", "X-Y", "X-Y:STEP" */
static bool parse_range(const char *text, uint64_t *from, uint64_t *to,
			uint64_t *step)
{
	char copy[64];
	char *colon, *dash;

	if (strlen(text) >= sizeof copy)
		return false;
	strcpy(copy, text);
	*step = 1;
	dash = strchr(copy, '-');
	colon = dash ? strchr(dash, ':') : NULL;
	if (colon)
		*colon++ = '\0';
	if (dash)
		*dash++ = '\0';
	if (number_parse_count(copy, from) ||
	    (dash && number_parse_count(dash, to)) ||
	    (colon && number_parse_count(colon, step)))
		return false;
	if (!dash)
		*to = *from;
	if (*step > WORKERS_MAX)
		*step = WORKERS_MAX; /* the next would wrap */
	return *from >= 1 && *from <= *to && *to <= WORKERS_MAX && *step >= 1;
}

static int add_workers(const char *text, void *arg)
{
	struct options *options = arg;
	uint64_t from, to, step;
	int word = option_word_index(option_workers_word, text);
	int error = 0;

	if (word >= 0)
		return add_word(options, word);
	if (!parse_range(text, &from, &to, &step))
		return option_none_of(
			"workers", text,
			", numbers from 1 to " TEXT(
				WORKERS_MAX) ", ranges "
					     "such as 1-8 or 2-16:2");
	for (uint64_t n = from; n <= to && !error; n += step)
		error = add_number(options, n);
	return error;
}

int option_workers(struct options *options, const char *argument)
{
	options->workers_count = 0;
	free(options->workers);
	options->workers = NULL;
	return list_split(argument, add_workers, options);
}

static int add_kernel(const char *name, void *arg)
{
	struct options *options = arg;
	char *copy;
	int error;

	if (option_word_index(option_kernel_word, name) < 0)
		return option_none_of("kernel", name, "");
	copy = strdup(name);
	if (!copy)
		return -ENOMEM;
	error = list_append(&options->kernels, &options->kernel_count, &copy,
			    sizeof copy);
	if (error)
		free(copy);
	return error;
}

int option_kernel(struct options *options, const char *argument)
{
	while (options->kernel_count)
		free(options->kernels[--options->kernel_count]);
	free(options->kernels);
	options->kernels = NULL;
	return list_split(argument, add_kernel, options);
}

static int add_bind(const char *text, void *arg)
{
	struct options *options = arg;
	struct bind_request bind = {0};
	bool seeded = true;
	int error;

	if (plan_parse_policy(text, &bind, &seeded))
		return option_none_of("bind", text, ", random also with :SEED");
	error = seeded ? 0 : shuffle_seed(&bind.seed);
	if (error)
		return error;
	return list_append(&options->binds, &options->bind_count, &bind,
			   sizeof bind);
}

int option_bind(struct options *options, const char *argument)
{
	options->bind_count = 0;
	free(options->binds);
	options->binds = NULL;
	return list_split(argument, add_bind, options);
}

static int keep_text(const char *option, const char *argument,
		     const char **text)
{
	if (!*argument) {
		message_error("--%s: '' names nothing; see --help", option);
		return -EINVAL;
	}
	*text = argument;
	return 0;
}

int option_places(struct options *options, const char *argument)
{
	return keep_text("places", argument, &options->places);
}

int option_cpu_list(struct options *options, const char *argument)
{
	return keep_text("cpu-list", argument, &options->cpu_list);
}

int option_whole_place(struct options *options, const char *argument)
{
	(void)argument;
	options->whole_place = true;
	return 0;
}

int option_cpukind(struct options *options, const char *argument)
{
	return keep_text("cpukind", argument, &options->filter.cpukind);
}

int option_no_smt(struct options *options, const char *argument)
{
	(void)argument;
	options->filter.no_smt = true;
	return 0;
}

int option_input(struct options *options, const char *argument)
{
	return keep_text("input", argument, &options->input);
}

int option_oversubscribe(struct options *options, const char *argument)
{
	(void)argument;
	options->oversubscribe = true;
	return 0;
}

int option_dry_run(struct options *options, const char *argument)
{
	(void)argument;
	options->dry_run = true;
	return 0;
}

int option_quiet(struct options *options, const char *argument)
{
	(void)argument;
	options->quiet = true;
	message_set_quiet(true);
	return 0;
}
