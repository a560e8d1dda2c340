/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One invocation after its options are known: discover, plan, report, run.
 */
#ifndef PINSUM_SESSION_H
#define PINSUM_SESSION_H

#include "options/options.h"

/* Returns the exit status; does not return where a signal ends the program.
 * Every message is written. */
int session(const struct options *options, int argc, char *argv[]);

#endif
