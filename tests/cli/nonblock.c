/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nonblock COMMAND...: run it with a standard output that does not block, of
 * a pipe that holds little, as some callers leave it.
 */
#include <config.h>

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
	int flags = fcntl(STDOUT_FILENO, F_GETFL);

	if (argc < 2 || flags < 0 ||
	    fcntl(STDOUT_FILENO, F_SETFL, flags | O_NONBLOCK))
		return 99;
	/* Else it takes more rows to fill. */
	fcntl(STDOUT_FILENO, F_SETPIPE_SZ, 4096);
	execv(argv[1], argv + 1);
	perror(argv[1]);
	return 99;
}
