/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The futex calls, which the C library does not wrap.  Words are shared
 * between processes.
 */
#ifndef PINSUM_FUTEX_H
#define PINSUM_FUTEX_H

#include <limits.h>
#include <linux/futex.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/clock.h"

/* 32-bit targets with a 64-bit time_t need the newer call. */
static inline long futex_call(void)
{
#ifdef SYS_futex_time64
	if (sizeof(time_t) > sizeof(long))
		return SYS_futex_time64;
#endif
#ifdef SYS_futex
	return SYS_futex;
#else
	return SYS_futex_time64;
#endif
}

/* Sleep while *word is `seen`, until CLOCK_MONOTONIC `deadline_ns` (INT64_MAX:
 * for ever).  Returns at any wake-up, signal or expiry: look again. */
static inline void futex_wait(atomic_uint *word, unsigned seen,
			      int64_t deadline_ns)
{
	struct timespec t = clock_timespec(deadline_ns);

	syscall(futex_call(), word, FUTEX_WAIT_BITSET, seen,
		deadline_ns == INT64_MAX ? NULL : &t, NULL,
		FUTEX_BITSET_MATCH_ANY);
}

static inline void futex_wake(atomic_uint *word, int most)
{
	syscall(futex_call(), word, FUTEX_WAKE, most, NULL, NULL, 0);
}

static inline void futex_wake_all(atomic_uint *word)
{
	futex_wake(word, INT_MAX);
}

#endif
