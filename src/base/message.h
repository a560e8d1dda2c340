/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Diagnostics: the only writer of standard error.
 *
 * Every line is "pinsum: TEXT\n", written with one write(2), so that lines of
 * several processes do not mix.  Control characters and bytes outside ASCII
 * that come from the user's input are written as \xNN.
 */
#ifndef PINSUM_MESSAGE_H
#define PINSUM_MESSAGE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Name before the colon; the last component of argv[0] is not used: scripts
 * match on a fixed name. */
void message_init(const char *program);

/* --quiet: only errors are written. */
void message_set_quiet(bool quiet);

/* Something that the reader should know, and that --quiet leaves out. */
void message_note(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* Something that makes the exit status other than 0. */
void message_error(const char *format, ...)
	__attribute__((format(printf, 1, 2)));
void message_verror(const char *format, va_list args)
	__attribute__((format(printf, 1, 0)));

/* Put the first error into `text`, of `size` bytes, rather than write it, and
 * drop all else; NULL: write again. */
void message_keep(char *text, size_t size);

/* The name before the colon. */
const char *message_program(void);

/* Draw `text` as the progress line of a terminal, over the one before; the
 * next message, or NULL, takes it away. */
void message_progress(const char *text);

#endif
