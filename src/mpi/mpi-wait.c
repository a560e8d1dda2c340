/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "mpi/mpi-wait.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "base/message.h"
#include "base/signals.h"

/* A rank that waits looks for a call once a millisecond, when it gets a CPU. */
#define CALL_NS (1 * NS_PER_S)
/* So long a step may take in which all are, and a caller. */
#define QUIET_NS (10 * NS_PER_S)
/* A rank that was told to stop waits for those that were not. */
#define STOP_NS (10 * NS_PER_S)
#define TURN_NS (10 * NS_PER_MS)
#define LATEST	20 /* turn */

void mpi_give_up(struct mpi_wait *wait, const char *why)
{
	mpi_guard_leave(&wait->guard);
	message_keep(NULL, 0);
	message_error("%s: all ranks are ended", why);
	MPI_Abort(MPI_COMM_WORLD, status_exit(STATUS_DIED));
	abort();
}

/* Others may compute on this CPU meanwhile: only what comes at once is worth
 * spinning for. */
static void rest(int64_t waited)
{
	static const struct timespec nap = {.tv_nsec = 50 * NS_PER_US};
	static const struct timespec sleep = {.tv_nsec = NS_PER_MS};

	if (waited < 50 * NS_PER_US)
		return;
	if (waited < NS_PER_MS)
		sched_yield();
	else
		nanosleep(waited < 50 * NS_PER_MS ? &nap : &sleep, NULL);
}

/* One rank speaks: the lower one, where two have called at once. */
static void call(struct mpi_wait *wait, const char *what, const char *when)
{
	char text[MPI_ROLL_TEXT], why[MPI_ROLL_TEXT + 100];
	size_t missing = mpi_roll_call(&wait->roll, CALL_NS, text);

	wait->quiet_ns = clock_now() + QUIET_NS;
	if (wait->roll.outranked || (!missing && !wait->called++))
		return;
	snprintf(why, sizeof why, "%s from %s%s", what,
		 missing ? text : "a step in which all ranks are", when);
	mpi_give_up(wait, why);
}

/* Where one rank has kept two waiting they do not both call at once.  Who has
 * been called leaves the end to the caller, who was told to stop to the
 * launcher: the guard is not to call those dead that they end.  Who was frozen
 * itself is not the one to call. */
static void look(struct mpi_wait *wait, int64_t now, int64_t stopped)
{
	const struct ranks *ranks = wait->ranks;
	size_t turn = ranks->rank < LATEST ? ranks->rank : LATEST;

	if (mpi_roll_answer(&wait->roll) < ranks->count)
		wait->quiet_ns = now + QUIET_NS;
	if (stopped || now < wait->quiet_ns)
		mpi_guard_leave(&wait->guard);
	if (now < wait->quiet_ns || now - wait->awake_ns < CALL_NS / 4)
		return;
	now -= (int64_t)turn * TURN_NS;
	if (now > ranks->deadline_ns)
		call(wait, "no answer", " within --timeout and a second more");
	else if (stopped && now - stopped > STOP_NS)
		call(wait, "told to stop, and no answer", "");
}

void mpi_wait(struct mpi_wait *wait, MPI_Request *request)
{
	int64_t begin = clock_now(), stopped = 0, last = begin, now;
	int done = 0;

	wait->called = 0;
	wait->awake_ns = begin;
	for (;;) {
		MPI_Test(request, &done, MPI_STATUS_IGNORE);
		if (done)
			return;
		now = clock_now();
		if (now - last > CALL_NS / 4)
			wait->awake_ns = now;
		last = now;
		if (!stopped && signals_stop())
			stopped = now;
		if (now - begin > NS_PER_MS)
			look(wait, now, stopped);
		rest(now - begin);
	}
}
