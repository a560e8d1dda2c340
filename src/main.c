/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/message.h"
#include "options/options.h"
#include "base/privileges.h"
#include "session.h"
#include "base/signals.h"

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

int main(int argc, char *argv[])
{
	struct options options;
	int error, status;

	message_init("pinsum");
	error = privileges_drop();
	if (error) {
		message_error("cannot give up privileges: %s",
			      strerror(-error));
		return EXIT_FAILURE;
	}
	occupy_standard_descriptors();
	error = signals_init();
	if (error) {
		message_error("cannot set up signals: %s", strerror(-error));
		return EXIT_FAILURE;
	}
	options_parse(argc, argv, &options);
	raise_descriptor_limit();
	status = session(&options, argc, argv);
	options_free(&options);
	return status;
}
