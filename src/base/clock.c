/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/clock.h"

#include <stdio.h>

void clock_utc(const struct timespec *when, char buffer[CLOCK_UTC_MAX])
{
	struct tm tm = {0};
	size_t n;

	gmtime_r(&when->tv_sec, &tm);
	n = strftime(buffer, CLOCK_UTC_MAX, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(buffer + n, CLOCK_UTC_MAX - n, ".%09uZ",
		 (unsigned)when->tv_nsec % 1000000000u);
}
