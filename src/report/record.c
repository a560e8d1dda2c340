/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "report/record.h"

static const struct {
	const char *name;
	int exit_status;
} statuses[STATUSES] = {
	[STATUS_OK] = {"ok", 0},
	[STATUS_LOST_PIN] = {"lost_pin", 3},
	[STATUS_WRONG_SUM] = {"wrong_sum", 2},
	[STATUS_TIMEOUT] = {"timeout", 4},
	[STATUS_DIED] = {"died", 4},
};

const char *status_name(enum status status)
{
	return statuses[status].name;
}

int status_exit(enum status status)
{
	return statuses[status].exit_status;
}
