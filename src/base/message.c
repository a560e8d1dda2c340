/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/message.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/writable.h"

/* Longest line: no less than this is written to a pipe in one piece. */
#define LINE_LIMIT 4096
#define TRUNCATED  "..."

static struct {
	const char *program;
	bool quiet;
	bool progress; /* a line of it stands on the terminal */
	char *kept;    /* where the first error goes instead, or NULL */
	size_t kept_size;
} settings = {.program = "pinsum"};

struct line {
	size_t length;
	char bytes[LINE_LIMIT];
};

void message_init(const char *program)
{
	settings.program = program;
}

void message_set_quiet(bool quiet)
{
	settings.quiet = quiet;
}

void message_keep(char *text, size_t size)
{
	settings.kept = text;
	settings.kept_size = size;
}

const char *message_program(void)
{
	return settings.program;
}

/* Append one byte as it is to be seen; false where the line is full.  Room
 * for the mark of truncation and the line's end always remains. */
static bool put_visible(struct line *line, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";
	const char escape[] = {'\\', 'x', hex[c >> 4], hex[c & 15]};
	bool printable = c >= ' ' && c <= '~';
	size_t length = printable ? 1 : sizeof(escape);

	if (line->length + length + strlen(TRUNCATED "\n") > LINE_LIMIT)
		return false;
	if (printable)
		line->bytes[line->length] = (char)c;
	else
		memcpy(&line->bytes[line->length], escape, sizeof(escape));
	line->length += length;
	return true;
}

static bool put_text(struct line *line, const char *text)
{
	for (; *text != '\0'; text++)
		if (!put_visible(line, (unsigned char)*text))
			return false;
	return true;
}

static void put_end(struct line *line, bool complete)
{
	const char *end = complete ? "\n" : TRUNCATED "\n";

	memcpy(&line->bytes[line->length], end, strlen(end));
	line->length += strlen(end);
}

/* There is nowhere left to report a failure to.  Who cannot read any more must
 * not keep the program from ending. */
static void write_line(const struct line *line)
{
	size_t done = 0;

	while (done < line->length && writable_wait(STDERR_FILENO)) {
		ssize_t n = write(STDERR_FILENO, line->bytes + done,
				  line->length - done);

		if (n > 0)
			done += (size_t)n;
		else if (n == 0 || (errno != EINTR && errno != EAGAIN))
			return;
	}
}

void message_progress(const char *text)
{
	static const char erase[] = "\r\033[K";
	struct line line = {.length = 0};
	int saved_errno = errno;

	if (settings.progress || text) {
		memcpy(line.bytes, erase, strlen(erase));
		line.length = strlen(erase);
		if (text)
			put_text(&line, text);
		write_line(&line);
	}
	settings.progress = text != NULL;
	errno = saved_errno;
}

void message_verror(const char *format, va_list args)
{
	struct line line = {.length = 0};
	int saved_errno = errno;
	char text[LINE_LIMIT];
	bool complete;
	int needed;

	if (settings.kept) {
		if (!settings.kept[0])
			vsnprintf(settings.kept, settings.kept_size, format,
				  args);
		errno = saved_errno;
		return;
	}
	message_progress(NULL);
	needed = vsnprintf(text, sizeof(text), format, args);
	complete = put_text(&line, settings.program) && put_text(&line, ": ");
	/* A format that fails is still worth more than silence. */
	complete = complete && put_text(&line, needed < 0 ? format : text) &&
		   needed < (int)sizeof(text);
	put_end(&line, complete);
	write_line(&line);
	errno = saved_errno;
}

void message_error(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	message_verror(format, args);
	va_end(args);
}

void message_note(const char *format, ...)
{
	va_list args;

	if (settings.quiet || settings.kept)
		return;
	va_start(args, format);
	message_verror(format, args);
	va_end(args);
}
