/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * write(2) is replaced: what the module hands to it is seen call by call, and
 * interruptions come when the test wants them.
 */
#include <config.h>

#include "base/message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define LINE_LIMIT 4096

static struct {
	char bytes[4 * LINE_LIMIT];
	size_t length;
	unsigned calls;
	unsigned interruptions; /* calls still to fail with EINTR */
	size_t most;		/* bytes taken by a call; 0: all */
	int error;		/* every call fails with this */
} terminal;

ssize_t write(int fd, const void *bytes, size_t length)
{
	terminal.calls++;
	if (fd != STDERR_FILENO ||
	    length >= sizeof(terminal.bytes) - terminal.length)
		abort();
	if (terminal.error != 0 || terminal.interruptions > 0) {
		errno = terminal.error != 0 ? terminal.error : EINTR;
		terminal.interruptions -= terminal.interruptions > 0;
		return -1;
	}
	if (terminal.most != 0 && length > terminal.most)
		length = terminal.most;
	memcpy(terminal.bytes + terminal.length, bytes, length);
	terminal.length += length;
	return (ssize_t)length;
}

static void clear(void)
{
	memset(&terminal, 0, sizeof(terminal));
}

static void check_plain(void)
{
	clear();
	message_error("%s: %d is too many", "file", 12);
	tap_is_text(terminal.bytes, "pinsum: file: 12 is too many\n",
		    "an error");
	tap_is_int(terminal.calls, 1, "an error is one write");
	clear();
	message_note("%d runs", 3);
	tap_is_text(terminal.bytes, "pinsum: 3 runs\n", "a note");
	clear();
	message_init("other");
	message_error("text");
	tap_is_text(terminal.bytes, "other: text\n", "another name");
	message_init("pinsum");
}

static void check_quiet(void)
{
	clear();
	message_set_quiet(true);
	message_note("not seen");
	tap_is_int(terminal.calls, 0, "quiet: no note");
	message_error("seen");
	tap_is_text(terminal.bytes, "pinsum: seen\n", "quiet: an error");
	message_set_quiet(false);
	message_note("seen again");
	tap_is_text(terminal.bytes, "pinsum: seen\npinsum: seen again\n",
		    "quiet can be undone");
}

static void check_escapes(void)
{
	clear();
	message_error("%s", "a\nb\tc\x1b[31m\x7f\xc3\xa9~ \\");
	tap_is_text(terminal.bytes,
		    "pinsum: a\\x0ab\\x09c\\x1b[31m\\x7f\\xc3\\xa9~ \\\n",
		    "control characters and bytes outside ASCII");
}

/* A line of `length` bytes, made of one character. */
static void long_line(char fill, size_t length)
{
	char text[2 * LINE_LIMIT];

	clear();
	memset(text, fill, length);
	text[length] = '\0';
	message_error("%s", text);
}

static void check_length(void)
{
	const size_t most = LINE_LIMIT - strlen("pinsum: ...\n");

	long_line('x', most);
	tap_ok(terminal.length == most + strlen("pinsum: \n") &&
		       strstr(terminal.bytes, "...") == NULL,
	       "the longest line that is whole");
	long_line('x', most + 1);
	tap_is_int((int64_t)terminal.length, LINE_LIMIT, "a longer one is cut");
	tap_is_text(terminal.bytes + LINE_LIMIT - 5, "x...\n", "and says so");
	long_line('x', 2 * LINE_LIMIT - 1);
	tap_is_int((int64_t)terminal.length, LINE_LIMIT, "a much longer one");
	tap_is_text(terminal.bytes + LINE_LIMIT - 5, "x...\n", "says so too");
	long_line('\n', LINE_LIMIT / 2);
	tap_ok(terminal.length <= LINE_LIMIT,
	       "escapes count with their length");
	tap_is_text(terminal.bytes + terminal.length - 8, "\\x0a...\n",
		    "no escape is cut in two");
	tap_is_int(terminal.calls, 1, "still one write");
}

static void check_interruptions(void)
{
	clear();
	terminal.interruptions = 3;
	message_error("interrupted");
	tap_is_text(terminal.bytes, "pinsum: interrupted\n",
		    "a write that is interrupted is repeated");
	tap_is_int(terminal.calls, 4, "as often as it takes");
	clear();
	terminal.most = 3;
	message_error("in pieces");
	tap_is_text(terminal.bytes, "pinsum: in pieces\n",
		    "a write that takes a part is continued");
	clear();
	terminal.error = EIO;
	errno = ENOENT;
	message_error("lost");
	tap_is_int(terminal.calls, 1, "an error is not tried again");
	tap_is_int(errno, ENOENT, "errno is kept");
}

int main(void)
{
	check_plain();
	check_quiet();
	check_escapes();
	check_length();
	check_interruptions();
	return tap_done();
}
