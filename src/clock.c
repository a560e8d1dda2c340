/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "clock.h"

#include <stdio.h>

/* Days of a year that begins in March, before its month `m`. */
static int64_t days_before(int64_t m)
{
	return (153 * m + 2) / 5;
}

/* The Gregorian date of a day since 1970-01-01, later than that.  gmtime(3)
 * reads the local time zone's file for it. */
static void find_date(int64_t day, int64_t *year, int64_t *month, int64_t *mday)
{
	int64_t of_era, year_of_era, m;

	day += 719468; /* since 0000-03-01; eras of 400 years are alike */
	of_era = day % 146097;
	year_of_era =
		(of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
		365;
	of_era -= 365 * year_of_era + year_of_era / 4 - year_of_era / 100;
	m = (5 * of_era + 2) / 153;
	*mday = of_era - days_before(m) + 1;
	*month = m < 10 ? m + 3 : m - 9;
	*year = day / 146097 * 400 + year_of_era + (*month <= 2);
}

void clock_utc(char buffer[CLOCK_UTC_MAX])
{
	enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };
	struct timespec now = {0};
	int64_t year, month, mday;
	long second;

	clock_gettime(CLOCK_REALTIME, &now);
	find_date(now.tv_sec / DAY, &year, &month, &mday);
	second = (long)(now.tv_sec % DAY);
	snprintf(buffer, CLOCK_UTC_MAX,
		 "%04ld-%02ld-%02ldT%02ld:%02ld:%02ld.%09ldZ", (long)year,
		 (long)month, (long)mday, second / HOUR, second % HOUR / MINUTE,
		 second % MINUTE, now.tv_nsec);
}
