/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "places-build.h"

#include <string.h>

int places_parse_locations(struct places_build *build, const char *text)
{
	return places_error(build, text, strlen(text), false,
			    "not one of cores, threads, ll_caches, "
			    "numa_domains, sockets");
}
