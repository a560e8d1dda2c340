/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What reads text, each as a function that takes any text: it must return,
 * and what it made of the text must be right, or the program is aborted.
 *
 * corpus/NAME has the seeds of a target, one a line, with \n, \t, \\ and \xNN
 * for what does not fit on one.
 */
#ifndef PINSUM_FUZZ_TARGETS_H
#define PINSUM_FUZZ_TARGETS_H

#include <stddef.h>

struct target {
	const char *name;
	void (*run)(const char *text); /* terminated; no NUL within */
	size_t longest;		       /* texts that are worth trying */
	unsigned share; /* how many texts take as long as one of others */
};

/* The i-th, or NULL at the end. */
const struct target *target_at(size_t i);

/* NULL where there is none. */
const struct target *target_find(const char *name);

/* Targets of their own files. */
void target_synthetic(const char *text);
void target_xml(const char *text);
void target_tsv(const char *text);
void target_baseline(const char *text);
void target_columns(const char *text);

/* Abort with the expression where it is false. */
#define REQUIRE(condition)                                                     \
	((condition) ? (void)0 : target_fail(#condition, __FILE__, __LINE__))
__attribute__((noreturn)) void target_fail(const char *condition,
					   const char *file, int line);

#endif
