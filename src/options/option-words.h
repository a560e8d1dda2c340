/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The words that options take, each from the table of what it names, so that
 * --help, messages and shell completion list what there is.
 */
#ifndef PINSUM_OPTION_WORDS_H
#define PINSUM_OPTION_WORDS_H

#include <stddef.h>
#include <stdint.h>

struct option_row;

/* The i-th word of an option, or NULL after the last. */
const char *option_mode_word(size_t i);
const char *option_workers_word(size_t i);
const char *option_kernel_word(size_t i);
const char *option_sharing_word(size_t i);
const char *option_ipc_word(size_t i);
const char *option_bind_word(size_t i);
const char *option_order_word(size_t i);
const char *option_sweep_word(size_t i);
const char *option_report_word(size_t i);
const char *option_progress_word(size_t i);

/* Which of them `text` is, or -EINVAL. */
int option_word_index(const char *(*word)(size_t i), const char *text);

/* Long enough for what the table holds. */
#define OPTION_TEXT_MAX 512

/* What --help says of an option; returns `text`. */
const char *option_help(const struct option_row *row,
			char text[OPTION_TEXT_MAX]);

/* A message that `text` is none of the option's words, and `or_else` (what
 * else it could have been, from a comma or blank on; may be ""). Returns
 * -EINVAL. */
int option_none_of(const char *option, const char *text, const char *or_else);

/* A time above 0. 0, or -EINVAL with a message, and *ns as it was. */
int option_time(const char *option, const char *text, int64_t *ns);

#endif
