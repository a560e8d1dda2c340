/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Descriptors that wait in flight. */
#include <config.h>

#include "run/parking.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "tap.h"

static bool is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

/* The reading ends of so many pipes are parked; the writing ends stay. */
static int park_pipes(const struct parking *parking, int *in, size_t count)
{
	int out[PARKING_MOST];

	for (size_t i = 0; i < count; i++) {
		int ends[2];

		if (pipe(ends))
			return -errno;
		out[i] = ends[0];
		in[i] = ends[1];
	}
	return parking_put(parking, out, count);
}

/* Whether what is written at in[i] comes out at out[i], for each. */
static bool lead_through(const int *in, const int *out, size_t count)
{
	bool through = true;

	for (size_t i = 0; i < count; i++) {
		char sent = (char)i, got = (char)(i + 1);

		through &= write(in[i], &sent, 1) == 1 &&
			   read(out[i], &got, 1) == 1 && got == sent;
	}
	return through;
}

static void close_all(const int *fds, size_t count)
{
	for (size_t i = 0; i < count; i++)
		close(fds[i]);
}

static void check_batch(size_t count)
{
	int in[PARKING_MOST] = {0}, out[PARKING_MOST] = {0};
	struct parking parking;
	size_t taken = 0;

	tap_is_int(parking_open(&parking), 0, "a place for %zu", count);
	tap_is_int(park_pipes(&parking, in, count), 0, "parked");
	tap_is_int(parking_take(&parking, out, &taken), 0, "taken");
	tap_is_int((int64_t)taken, (int64_t)count, "as many as there were");
	tap_ok(lead_through(in, out, taken), "each is what it was");
	tap_ok(fcntl(out[0], F_GETFD) & FD_CLOEXEC, "closed by exec");
	tap_is_int(parking_take(&parking, out, &taken), -EAGAIN, "no more");
	close_all(in, count);
	close_all(out, count);
	parking_close(&parking);
}

static void check_order(void)
{
	int in[4] = {0}, out[PARKING_MOST] = {0};
	struct parking parking;
	size_t taken = 0;

	parking_open(&parking);
	tap_ok(!park_pipes(&parking, in, 3) && !park_pipes(&parking, in + 3, 1),
	       "three, then one");
	tap_ok(!parking_take(&parking, out, &taken) && taken == 3 &&
		       lead_through(in, out, 3),
	       "three come first");
	close_all(out, 3);
	tap_ok(!parking_take(&parking, out, &taken) && taken == 1 &&
		       lead_through(in + 3, out, 1),
	       "then one");
	close_all(out, 1);
	close_all(in, 4);
	parking_close(&parking);
}

static void check_close(void)
{
	const int bad[] = {-1};
	struct parking parking;
	int in[2] = {0}, kept;
	char byte = 0;

	parking_open(&parking);
	tap_is_int(parking_put(&parking, bad, 1), -EBADF, "no descriptor");
	tap_is_int(park_pipes(&parking, in, 2), 0, "two");
	kept = parking.in;
	parking_close(&parking);
	tap_ok(!is_open(kept), "closed");
	tap_ok(write(in[0], &byte, 1) < 0 && errno == EPIPE,
	       "with it what was parked");
	close_all(in, 2);
	parking_close(&parking);
	tap_ok(parking.in < 0, "closed twice");
}

int main(void)
{
	signal(SIGPIPE, SIG_IGN);
	check_batch(1);
	check_batch(PARKING_MOST);
	check_order();
	check_close();
	return tap_done();
}
