/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a write would hold the program up, for pipes and terminals that
 * nobody reads.
 */
#ifndef PINSUM_WRITABLE_H
#define PINSUM_WRITABLE_H

#include <stdbool.h>

/* Wait until `fd` takes PIPE_BUF bytes, or has an error that write(2) tells;
 * for ever, but a moment only once a signal asked to stop: false then. */
bool writable_wait(int fd);

#endif
