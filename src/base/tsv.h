/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reports read back: a header of column names and rows of as many fields,
 * separated by tabulators, each line ended by LF.  Anything else is refused.
 */
#ifndef PINSUM_TSV_H
#define PINSUM_TSV_H

#include <stddef.h>
#include <stdint.h>

struct tsv {
	const char *file; /* borrowed, for messages */
	char *text;
	char **fields;	      /* into text; row 0 is the header */
	size_t columns, rows; /* rows without the header */
};

#define TSV_NO_COLUMN SIZE_MAX

/* 0; a negative errno with a message written, which names file and line. */
int tsv_read(const char *file, struct tsv *tsv);
void tsv_free(struct tsv *tsv);

/* The column's number, or TSV_NO_COLUMN. */
size_t tsv_column(const struct tsv *tsv, const char *name);

/* A field of a row, from 0. */
static inline const char *tsv_field(const struct tsv *tsv, size_t row,
				    size_t column)
{
	return tsv->fields[(row + 1) * tsv->columns + column];
}

/* Where the row stands in its file, from 1. */
static inline size_t tsv_line(size_t row)
{
	return row + 2;
}

#endif
