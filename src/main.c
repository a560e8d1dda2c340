/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pinsum: one rank, this process.
 */
#include <config.h>

#include "program.h"

int main(int argc, char *argv[])
{
	static const struct program pinsum = {.name = "pinsum"};

	return program_run(&pinsum, argc, argv);
}
