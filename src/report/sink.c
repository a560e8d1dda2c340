/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "report/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/message.h"
#include "base/signals.h"
#include "base/writable.h"

void sink_init(struct sink *sink, const char *file)
{
	*sink = (struct sink){.file = file, .fd = -1};
}

static const char *name_of(const struct sink *sink)
{
	return sink->file ? sink->file : "standard output";
}

static int complain(const struct sink *sink, const char *what)
{
	int error = errno;

	if (error != EPIPE)
		message_error("cannot %s %s: %s", what, name_of(sink),
			      strerror(error));
	return -error;
}

static void forget_part(struct sink *sink)
{
	free(sink->part);
	free(sink->target);
	sink->part = NULL;
	sink->target = NULL;
}

/* Whether somebody is writing the .part file that is there. */
static bool is_in_use(const char *part)
{
	int fd = open(part, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool in_use =
		fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK;

	if (fd >= 0)
		close(fd);
	return in_use;
}

/* Anew; what an earlier run left is removed. */
static int create(const char *part)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	int fd = open(part, flags, 0666);

	if (fd < 0 && errno == EEXIST) {
		if (is_in_use(part))
			errno = EBUSY;
		else if (unlink(part) == 0)
			fd = open(part, flags, 0666);
	}
	if (fd >= 0)
		flock(fd, LOCK_EX | LOCK_NB); /* not on all file systems */
	return fd;
}

static int open_part(struct sink *sink, bool exists)
{
	char *target, *part;
	int error = 0;

	target = exists ? realpath(sink->file, NULL) : strdup(sink->file);
	part = target ? malloc(strlen(target) + sizeof ".part") : NULL;
	if (!part) {
		error = complain(sink, "open");
		free(target);
		return error;
	}
	sink->target = target;
	sink->part = part;
	sprintf(sink->part, "%s.part", sink->target);
	sink->fd = create(sink->part);
	if (sink->fd < 0) {
		error = complain(sink, "create the .part file of");
		forget_part(sink);
	}
	return error;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* To rename something over it would take it away from whoever opened it, as
 * the shell, or replace /dev/stdout. */
static bool is_standard_output(const struct stat *file)
{
	struct stat out;

	return fstat(STDOUT_FILENO, &out) == 0 && is_same(&out, file);
}

/* A device or a named pipe: still what it was when we looked, or somebody could
 * put a link to a file there that must not be written to. */
static int open_existing(const struct sink *sink, const struct stat *seen)
{
	int fd = open(sink->file, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	struct stat st;

	if (fd >= 0 && (fstat(fd, &st) || !is_same(&st, seen))) {
		close(fd);
		errno = ESTALE;
		return -1;
	}
	return fd;
}

int sink_open(struct sink *sink)
{
	struct stat st;
	bool exists = sink->file && stat(sink->file, &st) == 0;

	/* What cannot be looked at may be a device: nothing takes its name. */
	if (sink->file && !exists && errno != ENOENT)
		return complain(sink, "open");
	if (!sink->file)
		sink->fd = STDOUT_FILENO;
	else if (exists && is_standard_output(&st))
		sink->fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
	else if (!exists || S_ISREG(st.st_mode))
		return open_part(sink, exists);
	else
		sink->fd = open_existing(sink, &st);
	if (sink->fd < 0)
		return complain(sink, "open");
	if (fstat(sink->fd, &st))
		return complain(sink, "write to");
	sink->stream = !S_ISREG(st.st_mode);
	return 0;
}

static bool is_null(const struct stat *st)
{
	return S_ISCHR(st->st_mode) && st->st_rdev == makedev(1, 3);
}

bool sink_same(const struct sink *a, const struct sink *b)
{
	struct stat of_a, of_b;

	return fstat(a->fd, &of_a) == 0 && fstat(b->fd, &of_b) == 0 &&
	       is_same(&of_a, &of_b) && !is_null(&of_a);
}

/* The most whole rows that one write is sure to take together. */
static size_t batch(const struct sink *sink, const char *rows, size_t size)
{
	const char *end;

	if (!sink->stream || size <= PIPE_BUF)
		return size;
	end = memrchr(rows, '\n', PIPE_BUF);
	return end ? (size_t)(end - rows) + 1 : size;
}

/* A full disk may have taken part of a row. */
static void cut_off(const struct sink *sink, const char *written, size_t size)
{
	const char *end = size ? memrchr(written, '\n', size) : NULL;
	size_t excess = end ? size - (size_t)(end - written) - 1 : size;
	off_t at = sink->stream ? -1 : lseek(sink->fd, 0, SEEK_CUR);

	if (excess && at >= (off_t)excess &&
	    ftruncate(sink->fd, at - (off_t)excess) == 0)
		lseek(sink->fd, at - (off_t)excess, SEEK_SET);
}

static int write_batch(const struct sink *sink, const char *rows, size_t size)
{
	size_t done = 0;

	while (done < size) {
		int error = 0;
		ssize_t n;

		if (sink->stream && !writable_wait(sink->fd)) {
			error = -EINTR;
		} else {
			n = write(sink->fd, rows + done, size - done);
			if (n >= 0)
				done += (size_t)n;
			else if (errno != EAGAIN && errno != EINTR)
				error = complain(sink, "write to");
		}
		if (error) {
			cut_off(sink, rows, done);
			return error;
		}
	}
	return 0;
}

int sink_write(struct sink *sink, const char *rows, size_t size)
{
	int error = 0;

	while (size && !error) {
		size_t n = batch(sink, rows, size);

		error = write_batch(sink, rows, n);
		rows += n;
		size -= n;
	}
	return error;
}

/* Whether FILE.part is what was written here. */
static bool has_part(const struct sink *sink)
{
	struct stat written, there;

	if (fstat(sink->fd, &written) || lstat(sink->part, &there))
		return false;
	if (!is_same(&written, &there))
		errno = ESTALE;
	return is_same(&written, &there);
}

static int close_file(struct sink *sink)
{
	int error = 0;

	if (sink->fd >= 0 && close(sink->fd))
		error = complain(sink, "write to");
	sink->fd = -1;
	return error;
}

int sink_close(struct sink *sink, bool keep)
{
	int error = 0;

	if (keep && sink->part && !has_part(sink))
		error = complain(sink, "rename the .part file of");
	if (close_file(sink) && !error)
		error = -EIO;
	if (keep && !error && sink->part && rename(sink->part, sink->target))
		error = complain(sink, "rename the .part file of");
	forget_part(sink);
	return error;
}

void sink_discard(struct sink *sink)
{
	if (sink->part) {
		close(sink->fd);
		unlink(sink->part);
	}
	sink->fd = -1;
	forget_part(sink);
}
