/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/human.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/clock.h"
#include "report/record.h"

#define DECIMALS_LEAST 2
#define DECIMALS_MOST  4

const char *human_time(int64_t ns, char buffer[HUMAN_MAX])
{
	static const struct {
		int64_t ns;
		const char *unit;
	} units[] = {{NS_PER_S, "s"}, {NS_PER_MS, "ms"}, {NS_PER_US, "us"}};
	size_t i = 0;
	double value;

	if (ns == RECORD_NA)
		return "-";
	while (i < 2 && ns < units[i].ns)
		i++;
	value = (double)ns / (double)units[i].ns;
	snprintf(buffer, HUMAN_MAX, "%.*f %s", value < 10 ? 2 : value < 100,
		 value, units[i].unit);
	return buffer;
}

/* Whether `x` and `y` look the same with so many decimals. */
static bool look_the_same(double x, double y, int decimals)
{
	double scale = pow(10, decimals);

	return llround(x * scale) == llround(y * scale);
}

int human_decimals(struct interval v)
{
	int decimals = DECIMALS_LEAST;

	while (decimals < DECIMALS_MOST &&
	       (look_the_same(v.lo, v.hi, decimals) ||
		(v.lo > 1 && look_the_same(v.lo, 1, decimals)) ||
		(v.hi < 1 && look_the_same(v.hi, 1, decimals))))
		decimals++;
	return decimals;
}

const char *human_interval(struct interval v, char buffer[HUMAN_MAX])
{
	int decimals = human_decimals(v);

	snprintf(buffer, HUMAN_MAX, "%.*f to %.*f", decimals, v.lo, decimals,
		 v.hi);
	return buffer;
}

const char *human_percent(double share, char buffer[HUMAN_MAX])
{
	double percent = 100 * share;

	snprintf(buffer, HUMAN_MAX, "%.*f %%",
		 percent < 0.995  ? 2
		 : percent < 9.95 ? 1
				  : 0,
		 percent);
	return buffer;
}
