/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "clock.h"

#include <stdio.h>

void clock_utc(char buffer[CLOCK_UTC_MAX])
{
	struct timespec now = {0};
	struct tm tm = {0};
	size_t n;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	n = strftime(buffer, CLOCK_UTC_MAX, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(buffer + n, CLOCK_UTC_MAX - n, ".%09ldZ", now.tv_nsec);
}
