/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of options: parser, --help, shell completion and the checks of the
 * manual are made from it.
 */
#ifndef PINSUM_OPTION_TABLE_H
#define PINSUM_OPTION_TABLE_H

#include <stddef.h>

struct options;

/* What getopt returns for row i: beyond every letter. */
#define OPTION_BASE 256

struct option_row {
	const char *name;
	char letter;          /* 0: none */
	const char *argument; /* as in the manual, or NULL: takes none */
	const char *group;    /* heading of --help; NULL: as the row before */
	const char *help;
	/* 0; -EINVAL with the message written; -ERANGE; another -errno. */
	int (*parse)(struct options *options, const char *argument);
};

/* The i-th row, or NULL at the end. */
const struct option_row *option_at(size_t i);

#endif
