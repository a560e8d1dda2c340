/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "base/procfile.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_SIZE 4096 /* most files fit */

/* Room for one byte more and the NUL. */
static int make_room(char **buffer, size_t *size, size_t used)
{
	size_t larger = *size ? *size * 2 : FIRST_SIZE;
	char *moved;

	if (used + 1 < *size)
		return 0;
	moved = realloc(*buffer, larger);
	if (!moved)
		return -ENOMEM;
	*buffer = moved;
	*size = larger;
	return 0;
}

/* Append to *buffer until the end of the file, or `limit` bytes. */
static int read_to_end(int fd, size_t limit, char **buffer, size_t *used)
{
	size_t size = 0, want;
	ssize_t got;
	int error;

	for (;;) {
		error = make_room(buffer, &size, *used);
		if (error)
			return error;
		want = size - 1 - *used;
		if (want > limit - *used)
			want = limit - *used;
		got = read(fd, *buffer + *used, want);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0)
			return 0;
		*used += (size_t)got;
	}
}

int procfile_read(const char *path, size_t limit, char **text, size_t *length)
{
	char *buffer = NULL;
	size_t used = 0;
	int error, fd;

	*text = NULL;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	error = read_to_end(fd, limit, &buffer, &used);
	close(fd); /* nothing was written: no error that matters */
	if (error) {
		free(buffer);
		return error;
	}
	buffer[used] = '\0';
	*text = buffer;
	if (length)
		*length = used;
	return 0;
}

ssize_t procfile_reread(int fd, char *buffer, size_t size)
{
	size_t used = 0;
	ssize_t got;

	while (used < size) {
		got = pread(fd, buffer + used, size - used, (off_t)used);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		if (got == 0) {
			buffer[used] = '\0';
			return (ssize_t)used;
		}
		used += (size_t)got;
	}
	buffer[size - 1] = '\0';
	return -EOVERFLOW;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Whether the line has `key`; `*value` is what follows it. */
static bool has_key(const char *line, const char *key, const char **value)
{
	size_t length = strlen(key);
	const char *p = line + length;

	if (strncmp(line, key, length) != 0)
		return false;
	if (!is_blank(*p) && *p != ':' && *p != '=')
		return false;
	while (is_blank(*p))
		p++;
	if (*p == ':' || *p == '=')
		p++;
	while (is_blank(*p))
		p++;
	*value = p;
	return true;
}

const char *procfile_find(const char *text, const char *key, size_t *length,
			  const char **next)
{
	const char *line, *end, *value;

	for (line = text; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		if (!has_key(line, key, &value))
			continue;
		if (next)
			*next = *end ? end + 1 : end;
		while (end > value && is_blank(end[-1]))
			end--;
		*length = (size_t)(end - value);
		return value;
	}
	return NULL;
}

/* A number at `text` that ends before a byte of `stops`, or with the text. */
static int parse_number(const char *text, const char *stops, int64_t *value)
{
	char *end;
	intmax_t number;

	if (*text != '-' && !isdigit((unsigned char)*text))
		return -EINVAL;
	errno = 0;
	number = strtoimax(text, &end, 10);
	if (errno || end == text || number < INT64_MIN || number > INT64_MAX)
		return -EINVAL;
	if (*end && !strchr(stops, *end))
		return -EINVAL;
	*value = number;
	return 0;
}

int procfile_number(const char *text, const char *key, int64_t *value)
{
	size_t length;
	const char *at = procfile_find(text, key, &length, NULL);

	if (!at)
		return -ENOENT;
	return parse_number(at, " \t\r\n", value); /* a unit may follow */
}

int procfile_parse(const char *text, int64_t *value)
{
	size_t blanks = strspn(text, " \t\n"), digits;

	text += blanks;
	digits = strcspn(text, " \t\n");
	if (text[digits + strspn(text + digits, " \t\n")] != '\0')
		return -EINVAL;
	return parse_number(text, " \t\n", value);
}
