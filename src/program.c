/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/message.h"
#include "base/privileges.h"
#include "base/signals.h"
#include "session.h"

/* A descriptor below 3 that is closed would be given to the next file opened,
 * and a report be written into that: take it, so that writing fails. */
static void occupy_standard_descriptors(void)
{
	int fd;

	do
		fd = open("/dev/null", O_RDONLY);
	while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

/* Every worker keeps files of /proc open while it runs. */
static void raise_descriptor_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 &&
	    limit.rlim_cur < limit.rlim_max) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static int refuse(const char *what, int error)
{
	message_error("cannot %s: %s", what, strerror(-error));
	return EXIT_FAILURE;
}

int program_run(const struct program *program, int argc, char *argv[])
{
	struct ranks ranks;
	struct options options;
	int error, status = EXIT_FAILURE;

	message_init(program->name);
	error = privileges_drop();
	if (error)
		return refuse("give up privileges", error);
	occupy_standard_descriptors();
	error = signals_init();
	if (error)
		return refuse("set up signals", error);
	ranks_init(&ranks);
	if (program->join && program->join(&ranks)) {
		ranks_leave(&ranks);
		return EXIT_FAILURE;
	}
	options_parse(argc, argv, &options);
	raise_descriptor_limit();
	if (!program->agree || !program->agree(&ranks, argc, argv, &options))
		status = session(&options, &ranks, argc, argv);
	ranks_leave(&ranks);
	options_free(&options);
	return status;
}
