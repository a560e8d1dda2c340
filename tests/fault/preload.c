/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * To be preloaded: makes the FAIL_AT-th call of the function FAIL_CALL fail,
 * counting only the calls that the program's own text makes, in all of its
 * processes together.  The count is the first word of the file whose descriptor
 * is FAIL_FD.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct {
	const char *call;
	unsigned at;
	uintptr_t low, high; /* of the program */
	atomic_uint *calls;  /* shared with forked processes */
} state;

static int measure(struct dl_phdr_info *info, size_t size, void *arg)
{
	(void)size;
	(void)arg;
	for (int i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *h = &info->dlpi_phdr[i];
		uintptr_t low = info->dlpi_addr + h->p_vaddr;

		if (h->p_type != PT_LOAD || !(h->p_flags & PF_X))
			continue;
		state.low = low;
		state.high = low + h->p_memsz;
	}
	return 1; /* the first is the program */
}

/* The older call of 32-bit x86 takes its arguments from memory. */
#ifndef SYS_mmap2
#define SYS_mmap2 SYS_mmap
#endif

__attribute__((constructor)) static void init(void)
{
	const char *at = getenv("FAIL_AT"), *fd = getenv("FAIL_FD");
	void *p = (void *)syscall(SYS_mmap2, NULL, sizeof *state.calls,
				  PROT_READ | PROT_WRITE, MAP_SHARED,
				  fd ? atoi(fd) : -1, 0L);

	state.calls = p;
	state.at = at ? (unsigned)atoi(at) : 0;
	dl_iterate_phdr(measure, NULL);
	state.call = p == MAP_FAILED ? NULL : getenv("FAIL_CALL");
}

static bool fails(const char *call, const void *caller)
{
	uintptr_t at = (uintptr_t)caller;

	return state.call && at >= state.low && at < state.high &&
	       strcmp(state.call, call) == 0 &&
	       atomic_fetch_add(state.calls, 1) + 1 == state.at;
}

/* A function that reports its failure by a value and errno, and counts as
 * `call`. */
#define FAIL_AS(call, value, error, type, name, parameters, arguments)         \
	type name parameters;                                                  \
	type name parameters                                                   \
	{                                                                      \
		static type(*real) parameters;                                 \
                                                                               \
		if (fails(call, __builtin_return_address(0))) {                \
			if (error)                                             \
				errno = error;                                 \
			return value;                                          \
		}                                                              \
		if (!real)                                                     \
			*(void **)&real = dlsym(RTLD_NEXT, #name);             \
		return real arguments;                                         \
	}

#define FAIL_WITH(value, error, type, name, parameters, arguments)             \
	FAIL_AS(#name, value, error, type, name, parameters, arguments)
#define POINTER(name, parameters, arguments)                                   \
	FAIL_WITH(NULL, ENOMEM, void *, name, parameters, arguments)
#define STATUS(error, name, parameters, arguments)                             \
	FAIL_WITH(-1, error, int, name, parameters, arguments)

/* Descriptors and addresses are what they are: no headers' inlines here. */
POINTER(malloc, (size_t size), (size))
POINTER(calloc, (size_t n, size_t size), (n, size))
POINTER(realloc, (void *old, size_t size), (old, size))
POINTER(reallocarray, (void *old, size_t n, size_t size), (old, n, size))
FAIL_WITH(NULL, ENOMEM, char *, strdup, (const char *text), (text))
FAIL_WITH(NULL, ENOMEM, char *, strndup, (const char *text, size_t n),
	  (text, n))
FAIL_WITH(-1, ENOMEM, int, __vasprintf_chk,
	  (char **text, int flag, const char *format, va_list args),
	  (text, flag, format, args))
FAIL_WITH(-1, ENOMEM, int, vasprintf,
	  (char **text, const char *format, va_list args), (text, format, args))
FAIL_WITH(MAP_FAILED, ENOMEM, void *, mmap,
	  (void *at, size_t size, int prot, int flags, int fd, off_t offset),
	  (at, size, prot, flags, fd, offset))
POINTER(hwloc_bitmap_alloc, (void), ())
STATUS(ENOMEM, hwloc_topology_init, (void **topology), (topology))
STATUS(EINVAL, hwloc_topology_set_all_types_filter,
       (void *topology, int filter), (topology, filter))
STATUS(EINVAL, hwloc_topology_set_type_filter,
       (void *topology, int type, int filter), (topology, type, filter))
STATUS(EINVAL, hwloc_topology_set_synthetic,
       (void *topology, const char *text), (topology, text))
STATUS(ENOENT, hwloc_topology_set_xml, (void *topology, const char *path),
       (topology, path))
STATUS(ENOMEM, hwloc_topology_load, (void *topology), (topology))
STATUS(EIO, hwloc_topology_set_flags, (void *topology, unsigned long flags),
       (topology, flags))
STATUS(ENOMEM, unsetenv, (const char *name), (name))
STATUS(ENOMEM, setenv, (const char *name, const char *value, int over),
       (name, value, over))

FAIL_WITH(EAGAIN, 0, int, pthread_create,
	  (pthread_t * thread, const pthread_attr_t *attributes,
	   void *(*start)(void *), void *arg),
	  (thread, attributes, start, arg))
FAIL_WITH(ENOMEM, 0, int, pthread_attr_init, (pthread_attr_t * a), (a))
FAIL_WITH(EINVAL, 0, int, pthread_attr_setstack,
	  (pthread_attr_t * a, void *stack, size_t size), (a, stack, size))
FAIL_WITH(ENOMEM, 0, int, pthread_mutexattr_init, (pthread_mutexattr_t * a),
	  (a))
FAIL_WITH(EINVAL, 0, int, pthread_mutexattr_setpshared,
	  (pthread_mutexattr_t * a, int shared), (a, shared))
FAIL_WITH(EINVAL, 0, int, pthread_mutexattr_setrobust,
	  (pthread_mutexattr_t * a, int robust), (a, robust))
FAIL_WITH(EAGAIN, 0, int, pthread_mutex_init,
	  (pthread_mutex_t * mutex, const pthread_mutexattr_t *a), (mutex, a))
FAIL_WITH(EINVAL, 0, int, pthread_sigmask,
	  (int how, const sigset_t *set, sigset_t *old), (how, set, old))
FAIL_WITH(-1, EAGAIN, pid_t, fork, (void), ())
STATUS(EINVAL, sigaction,
       (int sig, const struct sigaction *action, struct sigaction *old),
       (sig, action, old))
STATUS(EINVAL, sigprocmask, (int how, const sigset_t *set, sigset_t *old),
       (how, set, old))

STATUS(EMFILE, pipe2, (int fd[2], int flags), (fd, flags))
STATUS(EMFILE, socketpair, (int domain, int type, int protocol, int fd[2]),
       (domain, type, protocol, fd))
STATUS(ENOMEM, poll, (void *files, unsigned long n, int ms), (files, n, ms))
STATUS(ENOMEM, ppoll,
       (void *files, unsigned long n, const void *time, const sigset_t *set),
       (files, n, time, set))
FAIL_WITH(-1, ENOBUFS, ssize_t, send,
	  (int fd, const void *data, size_t size, int flags),
	  (fd, data, size, flags))
FAIL_WITH(-1, EIO, ssize_t, recv, (int fd, void *data, size_t size, int flags),
	  (fd, data, size, flags))

STATUS(EPERM, sched_setaffinity, (pid_t pid, size_t size, const cpu_set_t *s),
       (pid, size, s))
STATUS(EPERM, sched_getaffinity, (pid_t pid, size_t size, cpu_set_t *set),
       (pid, size, set))
STATUS(ENOSYS, sched_getcpu, (void), ())
STATUS(EPERM, getrlimit, (int what, void *limit), (what, limit))
STATUS(EPERM, setrlimit, (int what, const void *limit), (what, limit))
STATUS(EINVAL, getrusage, (int who, void *usage), (who, usage))
STATUS(EFAULT, uname, (void *names), (names))
STATUS(EFAULT, gethostname, (char *name, size_t size), (name, size))
FAIL_WITH(-1, EINVAL, long, sysconf, (int name), (name))

STATUS(EIO, close, (int fd), (fd))
STATUS(ENOLCK, flock, (int fd, int how), (fd, how))
STATUS(EIO, stat, (const char *path, struct stat *st), (path, st))
STATUS(EIO, lstat, (const char *path, struct stat *st), (path, st))
STATUS(EACCES, access, (const char *path, int mode), (path, mode))
STATUS(EACCES, unlink, (const char *path), (path))
STATUS(ENOMEM, mprotect, (void *at, size_t size, int how), (at, size, how))
FAIL_WITH(-1, ESPIPE, off_t, lseek, (int fd, off_t offset, int from),
	  (fd, offset, from))
FAIL_WITH(-1, ENOSYS, ssize_t, getrandom, (void *data, size_t size, unsigned f),
	  (data, size, f))
FAIL_WITH(1, 0, int, glob, /* GLOB_NOSPACE */
	  (const char *pattern, int flags, void *error, void *found),
	  (pattern, flags, error, found))
FAIL_WITH(NULL, ENOMEM, char *, realpath, (const char *path, char *buffer),
	  (path, buffer))
POINTER(opendir, (const char *path), (path))
POINTER(open_memstream, (char **text, size_t *size), (text, size))
STATUS(EIO, fflush, (void *file), (file))
STATUS(EIO, fclose, (void *file), (file))
STATUS(EIO, rename, (const char *from, const char *to), (from, to))
STATUS(EIO, fstat, (int fd, struct stat *st), (fd, st))
STATUS(EIO, ftruncate, (int fd, off_t size), (fd, size))
FAIL_WITH(-1, ENOSPC, ssize_t, write, (int fd, const void *data, size_t size),
	  (fd, data, size))
FAIL_WITH(-1, EIO, ssize_t, read, (int fd, void *data, size_t size),
	  (fd, data, size))
FAIL_WITH(-1, EIO, ssize_t, pread,
	  (int fd, void *data, size_t size, off_t offset),
	  (fd, data, size, offset))

/* Variadic: what is not given is not looked at either. */
int open(const char *path, int flags, ...)
{
	va_list args;
	mode_t mode = 0;

	if (fails("open", __builtin_return_address(0))) {
		errno = EMFILE;
		return -1;
	}
	va_start(args, flags);
	if (flags & O_CREAT)
		mode = va_arg(args, mode_t);
	va_end(args);
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int fcntl(int fd, int command, ...)
{
	va_list args;
	unsigned long arg;

	if (fails("fcntl", __builtin_return_address(0))) {
		errno = EINVAL;
		return -1;
	}
	va_start(args, command);
	arg = va_arg(args, unsigned long);
	va_end(args);
	return (int)syscall(SYS_fcntl, fd, command, arg);
}

int prctl(int option, ...)
{
	va_list args;
	unsigned long a[4];

	if (fails("prctl", __builtin_return_address(0))) {
		errno = EINVAL;
		return -1;
	}
	va_start(args, option);
	for (int i = 0; i < 4; i++)
		a[i] = va_arg(args, unsigned long);
	va_end(args);
	return (int)syscall(SYS_prctl, option, a[0], a[1], a[2], a[3]);
}

/* What the program calls instead where a long cannot hold a file's size. */
#if defined __GLIBC__ && __SIZEOF_LONG__ < 8
#define STATUS_64(error, name, parameters, arguments)                          \
	FAIL_AS(#name, -1, error, int, name##64, parameters, arguments)

FAIL_AS("mmap", MAP_FAILED, ENOMEM, void *, mmap64,
	(void *at, size_t size, int prot, int flags, int fd, off64_t offset),
	(at, size, prot, flags, fd, offset))
FAIL_AS("pread", -1, EIO, ssize_t, pread64,
	(int fd, void *data, size_t size, off64_t offset),
	(fd, data, size, offset))
FAIL_AS("lseek", -1, ESPIPE, off64_t, lseek64,
	(int fd, off64_t offset, int from), (fd, offset, from))
FAIL_AS("glob", 1, 0, int, glob64, /* GLOB_NOSPACE */
	(const char *pattern, int flags, void *error, void *found),
	(pattern, flags, error, found))
STATUS_64(EIO, stat, (const char *path, struct stat64 *st), (path, st))
STATUS_64(EIO, lstat, (const char *path, struct stat64 *st), (path, st))
STATUS_64(EIO, fstat, (int fd, struct stat64 *st), (fd, st))
STATUS_64(EIO, ftruncate, (int fd, off64_t size), (fd, size))
STATUS_64(EPERM, getrlimit, (int what, void *limit), (what, limit))
STATUS_64(EPERM, setrlimit, (int what, const void *limit), (what, limit))

int open64(const char *path, int flags, ...) __attribute__((alias("open")));
int fcntl64(int fd, int command, ...) __attribute__((alias("fcntl")));
#endif
