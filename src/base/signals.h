/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Signals: which one asked to stop, and that a child has ended.
 *
 * The handlers only set a flag and bump the word that the coordinator sleeps
 * on (a futex), so no wake-up is lost between a look at the flag and the
 * sleep.  Only the main thread has these signals unblocked.
 */
#ifndef PINSUM_SIGNALS_H
#define PINSUM_SIGNALS_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

/* Catch INT, TERM, HUP and QUIT, those that were ignored excepted: a forked
 * worker that gets one ends by it, as without a handler.  Catch CHLD even where
 * it was ignored, or waits would hang; ignore PIPE, so that a reader that goes
 * away is an error of write(2).  0 or a negative errno. */
int signals_init(void);

/* The signal that asked to stop, or 0. */
int signals_stop(void);

/* The word that handlers increment, or NULL.  No futex call is made: the
 * handler runs in the thread that would sleep. */
void signals_set_word(atomic_uint *word);

/* Block what is caught, around the creation of threads, which inherit it.  0 or
 * -errno; nothing is to be restored where it failed. */
int signals_block(sigset_t *old);
int signals_restore(const sigset_t *old);

/* Die by `sig`; returns the exit status to use where that is not possible
 * (process 1 of a container). */
int signals_die(int sig);

/* End quietly by SIGPIPE where it was not ignored at the start; returns where
 * it was. */
void signals_die_of_pipe(void);

#endif
