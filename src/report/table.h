/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The summary as a table for people: aligned, with units and bars, within 80
 * columns.  No format: it may change with any release.
 */
#ifndef PINSUM_TABLE_H
#define PINSUM_TABLE_H

#include <stdio.h>

#include "experiment/experiment.h"

/* Write the table.  0, or a negative errno with a message written. */
int table_write(const struct experiment *experiment, FILE *out);

#endif
