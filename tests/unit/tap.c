/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "tap.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* TAP numbers its lines, so the results so far must be kept somewhere; this
 * spares every test program a handle to pass around. */
static struct {
	unsigned results, failures;
} tap;

/* Flushed at once: a test that crashes or forks must neither lose nor repeat
 * the lines before. */
static void end_line(void)
{
	putchar('\n');
	fflush(stdout);
}

__attribute__((format(printf, 2, 0))) static bool
put_result(bool pass, const char *format, va_list args)
{
	tap.results++;
	if (!pass)
		tap.failures++;
	printf("%sok %u - ", pass ? "" : "not ", tap.results);
	vprintf(format, args);
	end_line();
	return pass;
}

bool tap_ok(bool pass, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_result(pass, format, args);
	va_end(args);
	return pass;
}

bool tap_is_int(int64_t got, int64_t want, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	put_result(got == want, format, args);
	va_end(args);
	if (got != want)
		tap_note("got %" PRId64 ", want %" PRId64, got, want);
	return got == want;
}

bool tap_is_text(const char *got, const char *want, const char *format, ...)
{
	bool same = got == want;
	va_list args;

	if (got != NULL && want != NULL)
		same = strcmp(got, want) == 0;
	va_start(args, format);
	put_result(same, format, args);
	va_end(args);
	if (!same)
		tap_note("got \"%s\", want \"%s\"", got ? got : "(null)",
			 want ? want : "(null)");
	return same;
}

void tap_skip(const char *name, const char *reason)
{
	tap.results++;
	printf("ok %u - %s # SKIP %s", tap.results, name, reason);
	end_line();
}

void tap_note(const char *format, ...)
{
	va_list args;

	fputs("# ", stdout);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	end_line();
}

int tap_done(void)
{
	printf("1..%u", tap.results);
	end_line();
	if (tap.failures != 0)
		tap_note("%u of %u failed", tap.failures, tap.results);
	return tap.results == 0 || tap.failures != 0 || ferror(stdout) != 0;
}
