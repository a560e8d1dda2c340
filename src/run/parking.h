/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where descriptors wait that forked workers shall not inherit: in flight, in
 * a socket of their own.  Every fork copies what is open, and every worker
 * closes it again: with one for each worker that is quadratic.
 */
#ifndef PINSUM_PARKING_H
#define PINSUM_PARKING_H

#include <stddef.h>

/* How many travel together: the kernel takes 253. */
#define PARKING_MOST 250

struct parking {
	int in, out; /* -1: none */
};

/* 0 or -errno. */
int parking_open(struct parking *parking);

/* Those that are still parked are closed with it. */
void parking_close(struct parking *parking);

/* Park `count` descriptors, PARKING_MOST at most, and close them here.  0 or
 * -errno, where they stay open. */
int parking_put(const struct parking *parking, const int *fds, size_t count);

/* Those that were parked together, in the order in which they came, into
 * `fds`, which has room for PARKING_MOST; there must be some.  0 or -errno. */
int parking_take(const struct parking *parking, int *fds, size_t *count);

#endif
