/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One invocation after its options are known: discover, plan, report, run.
 * Collective: errors up to the first run are hushed already (ranks.h).
 */
#ifndef PINSUM_SESSION_H
#define PINSUM_SESSION_H

#include "options/options.h"
#include "ranks/ranks.h"

/* Returns the exit status; does not return where a signal ends the program.
 * Every message is written. */
int session(const struct options *options, struct ranks *ranks, int argc,
	    char *argv[]);

#endif
