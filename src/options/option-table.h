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

/* What shell completion offers for the argument. */
enum option_offer {
	OFFER_NOTHING,
	OFFER_WORD,    /* one of .word */
	OFFER_LIST,    /* several, with commas between */
	OFFER_KERNELS, /* several; only those kernels that the CPU runs */
	OFFER_FILE,
	OFFER_REPORT,  /* one, or one, a colon, and a file's name */
	OFFER_COLUMNS, /* several columns of a report */
};

struct option_row {
	const char *name;
	char letter;          /* 0: none */
	const char *argument; /* as in the manual, or NULL: takes none */
	const char *group;    /* heading of --help; NULL: as the row before */
	const char *help;     /* % stands for all words */
	/* The i-th word that the argument may be, NULL after the last; NULL
	 * where no word is. */
	const char *(*word)(size_t i);
	enum option_offer offer;
	/* 0; -EINVAL with the message written; -ERANGE; another -errno. */
	int (*parse)(struct options *options, const char *argument);
};

/* The i-th row, or NULL at the end. */
const struct option_row *option_at(size_t i);

/* The row of that name, or NULL. */
const struct option_row *option_find(const char *name);

#endif
