/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --explain: the rows in words, as a colleague would put them who has read
 * them, and no more than they support.
 */
#ifndef PINSUM_EXPLAIN_H
#define PINSUM_EXPLAIN_H

#include "experiment/experiment.h"

/* Takes one sentence, without its full stop. */
typedef void explain_say(void *arg, const char *sentence);

/* Say what the complete rounds show; nothing where there are none.  0 or
 * -ENOMEM. */
int explain_write(const struct experiment *experiment, explain_say *say,
		  void *arg);

#endif
