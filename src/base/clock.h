/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Monotonic time, in nanoseconds.
 */
#ifndef PINSUM_CLOCK_H
#define PINSUM_CLOCK_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#define NS_PER_S  INT64_C(1000000000)
#define NS_PER_MS INT64_C(1000000)
#define NS_PER_US INT64_C(1000)

/* CLOCK_MONOTONIC; inline, since workers spin on it.  It cannot fail where
 * Linux provides the clock at all. */
static inline int64_t clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

/* CPU time of the calling thread. */
static inline int64_t clock_thread_cpu(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * NS_PER_S + t.tv_nsec;
}

static inline struct timespec clock_timespec(int64_t ns)
{
	return (struct timespec){.tv_sec = (time_t)(ns / NS_PER_S),
				 .tv_nsec = (long)(ns % NS_PER_S)};
}

/* The time of day. */
static inline struct timespec clock_wall(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return t;
}

/* A time of day as UTC, RFC 3339 with nanoseconds.  The first call reads the
 * time zone's file: not for a path that should be quick. */
#define CLOCK_UTC_MAX 40
void clock_utc(const struct timespec *when, char buffer[CLOCK_UTC_MAX]);

#endif
