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

struct command_line {
	int argc;
	char **argv;
	const char *input; /* of --input, within one of argv; or NULL */
};

/* Of an argument, all but --input, which is each rank's own: the host that it
 * plans for.  Letters may stand before it, and its value may be the next. */
static size_t common_length(const char *argument, const char *next,
			    const char *input)
{
	size_t length = strlen(argument);
	bool is_name = next && next == input;

	for (size_t i = 0; i <= length && !is_name; i++)
		if (argument + i == input) {
			is_name = true;
			length = i;
		}
	if (!is_name)
		return length;
	return length > 2 && argument[1] != '-' ? length - 1 : 0;
}

/* Version and arguments, a line each. */
static void describe(const void *arg, FILE *text)
{
	const struct command_line *line = arg;

	fputs(PACKAGE_STRING "\n", text);
	for (int i = 1; i < line->argc; i++) {
		const char *argument = line->argv[i];
		size_t length =
			common_length(argument, line->argv[i + 1], line->input);

		if (length)
			fprintf(text, "%.*s ", (int)length, argument);
	}
	fputs("\n", text);
}

/* The others wait already, and cannot be told in any other way. */
__attribute__((noreturn)) static void give_up(int error)
{
	int begun = 0;

	message_error("cannot set up MPI: %s", strerror(-error));
	if (!MPI_Initialized(&begun) && begun)
		MPI_Abort(MPI_COMM_WORLD, EXIT_FAILURE);
	exit(EXIT_FAILURE);
}

static int join(struct ranks *ranks)
{
	int error = init();

	if (!error)
		error = mpi_calls_init(ranks);
	if (error)
		give_up(error);
	ranks->columns = "host,rank,ranks,allotment";
	error = mpi_launcher_check(ranks->count);
	if (!error && !ranks_lead(ranks))
		error = be_other(ranks);
	ranks_hush(ranks);
	return ranks_agree(ranks, error);
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
static int agree(struct ranks *ranks, int argc, char *argv[],
		 struct options *options)
{
	const struct command_line line = {argc, argv, options->input};
	int error = ranks_agree(ranks, 0);

	if (!error)
		error = ranks_compare(ranks, describe, &line,
				      "its version or command line",
				      "start the same program with the same "
				      "arguments everywhere");
	if (error)
		return error;
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
