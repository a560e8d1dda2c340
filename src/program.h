/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The whole program, but for how its ranks come together.
 */
#ifndef PINSUM_PROGRAM_H
#define PINSUM_PROGRAM_H

#include "options/options.h"
#include "ranks/ranks.h"

/* What one program has and the other has not. */
struct program {
	const char *name; /* before the colon of messages */
	/* Find the other ranks; NULL: there are none.  0, or a negative errno
	 * with a message written. */
	int (*join)(struct ranks *ranks);
	/* What of the command line must be the same in all, or is rank 0's
	 * alone; NULL as above.  0, or a negative errno with a message
	 * written. */
	int (*agree)(struct ranks *ranks, int argc, char *argv[],
		     struct options *options);
};

/* Returns the exit status; does not return where a signal ends the program, or
 * the command line was wrong or asked for help. */
int program_run(const struct program *program, int argc, char *argv[]);

#endif
