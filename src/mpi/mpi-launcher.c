/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "mpi/mpi-launcher.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/message.h"
#include "base/number.h"

/* Of Slurm the step's: SLURM_NTASKS is the whole allocation's. */
static const struct {
	const char *size, *rank;
	const char *name;
} launchers[] = {
	{"OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", "Open MPI's mpirun"},
	{"PMI_SIZE", "PMI_RANK", "a launcher that speaks PMI"},
	{"SLURM_STEP_NUM_TASKS", "SLURM_PROCID", "srun"},
};

/* More, not another number: a launcher may have been started by one. */
static uint64_t started(size_t i)
{
	const char *text = getenv(launchers[i].size);
	uint64_t count = 0;

	return text && !number_parse_count(text, &count) ? count : 0;
}

static int refuse(size_t i, uint64_t count, size_t known)
{
	const char *rank = getenv(launchers[i].rank);

	if (!rank || !strcmp(rank, "0"))
		message_error("%s started %llu ranks (%s), and MPI knows of "
			      "%zu: it is not the launcher of the MPI that "
			      "this program was built with, or lacks its PMI "
			      "plug-in (srun --mpi=list)",
			      launchers[i].name, (unsigned long long)count,
			      launchers[i].size, known);
	return -EINVAL;
}

int mpi_launcher_check(size_t known)
{
	for (size_t i = 0; i < sizeof launchers / sizeof *launchers; i++) {
		uint64_t count = started(i);

		if (count > known)
			return refuse(i, count, known);
	}
	return 0;
}
