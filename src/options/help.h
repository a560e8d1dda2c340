/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the program says of itself on standard output.  Each ends the program:
 * with status 0, or 1 where standard output refused it.  The arguments are
 * those of an option's parser, and not looked at.
 */
#ifndef PINSUM_HELP_H
#define PINSUM_HELP_H

struct options;

int help_usage(struct options *options, const char *argument);
int help_version(struct options *options, const char *argument);
int help_columns(struct options *options, const char *argument);
int help_kernels(struct options *options, const char *argument);

#endif
