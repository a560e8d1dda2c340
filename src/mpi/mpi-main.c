/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pinsum-mpi: as many ranks as MPI's launcher started.
 */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <mpi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/message.h"
#include "base/signals.h"
#include "mpi/mpi-calls.h"
#include "mpi/mpi-launcher.h"
#include "program.h"

#define NAME "pinsum-mpi"

/* Of --help, of a usage error: a launcher takes a process that ends without
 * this for one that died. */
static void finalize(void)
{
	int done = 0;

	if (!MPI_Finalized(&done) && !done)
		MPI_Finalize();
}

/* With signals blocked: MPI's own threads must not be given them. */
static int init(void)
{
	sigset_t old;
	int error = signals_block(&old), threads;

	if (error)
		return error;
	MPI_Init_thread(NULL, NULL, MPI_THREAD_FUNNELED, &threads);
	error = signals_restore(&old);
	return atexit(finalize) && !error ? -ENOMEM : error;
}

/* Standard output is the report, and rank 0's. */
static int close_output(void)
{
	int fd = open("/dev/null", O_WRONLY | O_CLOEXEC), error = 0;

	if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0)
		error = -errno;
	if (fd >= 0)
		close(fd);
	return error;
}

/* Rank 0 speaks for the whole; the others' messages are of themselves. */
static int be_other(const struct ranks *ranks)
{
	static char name[sizeof NAME + sizeof ranks->host + 40];

	snprintf(name, sizeof name, NAME ": rank %zu on %s", ranks->rank,
		 ranks->host);
	message_init(name);
	return close_output();
}

/* --input is each rank's own: the host that it plans for.  It may be the last
 * of a few letters. */
static bool is_input(const char *argument)
{
	if (!strncmp(argument, "--i", 3))
		return true;
	return argument[0] == '-' && argument[1] != '-' &&
	       argument[strspn(argument + 1, "nqhV") + 1] == 'i';
}

static bool has_value(const char *input)
{
	return input[1] == '-' ? strchr(input, '=') != NULL
			       : input[strcspn(input, "i") + 1] != '\0';
}

/* Version and arguments, a line each. */
static int describe(int argc, char *argv[], char **bytes)
{
	size_t size;
	FILE *text = open_memstream(bytes, &size);
	int error;

	if (!text)
		return -errno;
	fputs(PACKAGE_STRING "\n", text);
	for (int i = 1; i < argc; i++)
		if (!is_input(argv[i]))
			fprintf(text, "%s ", argv[i]);
		else if (!has_value(argv[i]))
			i++;
	fputs("\n", text);
	error = ferror(text);
	return fclose(text) || error ? -ENOMEM : 0;
}

static int compare(struct ranks *ranks, int argc, char *argv[])
{
	char *bytes = NULL;
	int error = ranks_agree(ranks, describe(argc, argv, &bytes));

	if (!error)
		error = ranks_compare(ranks, bytes,
				      "its version or command line",
				      "start the same program with the same "
				      "arguments everywhere");
	free(bytes);
	return error;
}

static int join(struct ranks *ranks, int argc, char *argv[])
{
	int error = init();

	if (!error)
		error = mpi_calls_init(ranks);
	if (error) {
		message_error("cannot set up MPI: %s", strerror(-error));
		return error;
	}
	error = mpi_launcher_check(ranks->count);
	if (error)
		return error;
	ranks->columns = "host,rank,ranks,allotment";
	if (!ranks_lead(ranks))
		error = be_other(ranks);
	ranks_hush(ranks);
	error = ranks_agree(ranks, error);
	return error ? error : compare(ranks, argc, argv);
}

/* Seeds that rank 0 drew. */
static void share_seeds(struct ranks *ranks, struct options *options)
{
	ranks_share(ranks, 0, &options->order_seed, sizeof options->order_seed);
	for (size_t i = 0; i < options->bind_count; i++)
		ranks_share(ranks, 0, &options->binds[i].seed,
			    sizeof options->binds[i].seed);
}

/* A launcher's terminal is no terminal. */
static int agree(struct ranks *ranks, struct options *options)
{
	options->for_people = false;
	if (!ranks_lead(ranks)) {
		options->quiet = true;
		options->progress = WHEN_NEVER;
		message_set_quiet(true);
	}
	share_seeds(ranks, options);
	mpi_calls_guard(ranks);
	if (!options->sweep || ranks->count == 1)
		return 0;
	if (ranks_lead(ranks))
		message_error("--sweep compares the places of one machine: "
			      "run pinsum on each host, or one rank");
	return -EINVAL;
}

int main(int argc, char *argv[])
{
	static const struct program pinsum_mpi = {
		.name = NAME, .join = join, .agree = agree};

	return program_run(&pinsum_mpi, argc, argv);
}
