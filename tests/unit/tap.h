/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Test Anything Protocol for the unit tests: a test program calls these and
 * ends with `return tap_done();`.
 */
#ifndef PINSUM_TAP_H
#define PINSUM_TAP_H

#include <stdbool.h>
#include <stdint.h>

/* One result; returns `pass`. */
bool tap_ok(bool pass, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Equality, with both values shown where they differ. */
bool tap_is_int(int64_t got, int64_t want, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool tap_is_text(const char *got, const char *want, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* One result that could not be had here, with the reason. */
void tap_skip(const char *name, const char *reason);

/* A diagnostic line. */
void tap_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Writes the plan; the exit status: 0 where all passed and at least one ran. */
int tap_done(void);

#endif
