/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/writable.h"

#include <errno.h>
#include <poll.h>

#include "base/signals.h"

/* A signal between a look at the flag and poll(2) is seen that much later. */
#define TICK_MS 100

/* Ticks that a reader is given to go on after a signal. */
#define LAST_TICKS 5

bool writable_wait(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLOUT};

	for (int ticks = 0; ticks < LAST_TICKS;) {
		int n = poll(&p, 1, TICK_MS);

		if (n > 0 || (n < 0 && errno != EINTR))
			return true;
		ticks += signals_stop() != 0;
	}
	return false;
}
