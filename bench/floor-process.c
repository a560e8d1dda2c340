/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "floor.h"

#include <errno.h>
#include <stdlib.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "floor-part.h"

/* They end with the floor, so that one that fails leaves none behind. */
static int make(void *context, size_t index)
{
	struct floor_area *area = context;
	pid_t pid = fork();

	if (pid < 0)
		return -errno;
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		_exit(floor_work(&area->parts[index]) ? EXIT_FAILURE
						      : EXIT_SUCCESS);
	}
	return 0;
}

static int reap(size_t workers)
{
	int error = 0, status;

	for (size_t i = 0; i < workers; i++)
		if (wait(&status) < 0 || status)
			error = -ECHILD;
	return error;
}

int floor_processes(const struct floor *floor, struct u128 *sum)
{
	struct floor_area *area = floor_map(floor);
	int error;

	if (!area)
		return -ENOMEM;
	error = floor_make(area, floor, make, area);
	if (!error)
		error = reap(floor->workers);
	*sum = floor_total(area, floor);
	floor_unmap(area, floor);
	return error;
}
