/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * To be preloaded: what a worker process does, by HAND_BACK, in place of
 * handing its part back as a message: die, leave, stop, or lie by one.  With
 * `probe` the program ends before it begins, with PROBED where this was loaded
 * and finds the libc behind it: one that was linked with -static does not.
 */
#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* As pinsum lays it out: worker, high and low half of the part. */
#define MESSAGE_SIZE 24

#define PROBED 77

static pid_t tool;

__attribute__((constructor)) static void init(void)
{
	const char *how = getenv("HAND_BACK");

	tool = getpid();
	if (how && !strcmp(how, "probe"))
		_exit(dlsym(RTLD_NEXT, "write") ? PROBED : 1);
}

/* Whether it is a worker's message; `copy` is what goes out then. */
static int meddle(const void *message, size_t size, uint64_t copy[3])
{
	const char *how = getenv("HAND_BACK");

	if (!how || getpid() == tool || size != MESSAGE_SIZE)
		return 0;
	memcpy(copy, message, MESSAGE_SIZE);
	if (copy[0] != 0) /* another worker than the first */
		return 1;
	if (!strcmp(how, "die"))
		kill(getpid(), SIGKILL);
	if (!strcmp(how, "leave"))
		_exit(0);
	if (!strcmp(how, "stop"))
		kill(getpid(), SIGSTOP);
	copy[2]++;
	return 1;
}

ssize_t write(int fd, const void *buffer, size_t size)
{
	ssize_t (*real)(int, const void *, size_t);
	uint64_t copy[3];

	*(void **)&real = dlsym(RTLD_NEXT, "write");
	return real(fd, meddle(buffer, size, copy) ? copy : buffer, size);
}

ssize_t send(int fd, const void *buffer, size_t size, int flags)
{
	ssize_t (*real)(int, const void *, size_t, int);
	uint64_t copy[3];

	*(void **)&real = dlsym(RTLD_NEXT, "send");
	return real(fd, meddle(buffer, size, copy) ? copy : buffer, size,
		    flags);
}
