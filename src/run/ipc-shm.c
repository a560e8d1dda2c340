/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * shm: the part is written where the coordinator reads it.
 */
#include <config.h>

#include "run/ipc.h"

const struct ipc ipc_shm = {
	.name = "shm",
};
