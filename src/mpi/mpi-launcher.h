/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A launcher of another MPI than the program's starts processes of which each
 * believes to be alone, and would write a full, plausible report.
 */
#ifndef PINSUM_MPI_LAUNCHER_H
#define PINSUM_MPI_LAUNCHER_H

#include <stddef.h>

/* 0 where no launcher's variables tell of more ranks than the `count` that MPI
 * knows; else -EINVAL, with a message from the launcher's rank 0. */
int mpi_launcher_check(size_t count);

#endif
