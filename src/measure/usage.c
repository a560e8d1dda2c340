/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "measure/usage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/procfile.h"
#include "report/record.h"

void usage_open(struct usage_probe *probe, bool files, bool counters)
{
	*probe = (struct usage_probe){-1, -1, {-1, -1}};
	if (counters)
		counters_open(&probe->counters);
	if (!files)
		return;
	probe->schedstat =
		open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
	probe->sched = open("/proc/thread-self/sched", O_RDONLY | O_CLOEXEC);
}

static void close_file(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void usage_close(struct usage_probe *probe)
{
	close_file(&probe->schedstat);
	close_file(&probe->sched);
	counters_close(&probe->counters);
}

/* A long file's beginning will do; false where it is not open. */
static bool reread(int fd, char *buffer, size_t size)
{
	ssize_t n = fd < 0 ? -EBADF : procfile_reread(fd, buffer, size);

	return n > 0 || n == -EOVERFLOW;
}

/* "CPU_NS WAIT_NS TIMESLICES" */
static int64_t read_wait(int fd)
{
	char buffer[96];
	char *end;

	if (!reread(fd, buffer, sizeof buffer))
		return RECORD_NA;
	strtoll(buffer, &end, 10);
	return *end == ' ' ? strtoll(end, NULL, 10) : RECORD_NA;
}

static void read_switches(struct usage *usage)
{
	struct rusage r;

	usage->voluntary = usage->involuntary = RECORD_NA;
	if (getrusage(RUSAGE_THREAD, &r) == 0) {
		usage->voluntary = r.ru_nvcsw;
		usage->involuntary = r.ru_nivcsw;
	}
}

void usage_read(const struct usage_probe *probe, struct usage *usage)
{
	usage->wait_ns = read_wait(probe->schedstat);
	read_switches(usage);
}

void usage_mark(const struct usage_probe *probe, struct usage *usage)
{
	counters_read(&probe->counters, &usage->counters);
	usage->cpu_ns = clock_thread_cpu();
}

int64_t usage_migrations(const struct usage_probe *probe)
{
	static const char key[] = "nr_migrations";
	char buffer[1024]; /* the line is the fifth */
	const char *text;

	if (!reread(probe->sched, buffer, sizeof buffer))
		return RECORD_NA;
	text = strstr(buffer, key);
	text = text ? strchr(text, ':') : NULL;
	return text ? strtoll(text + 1, NULL, 10) : RECORD_NA;
}

static int64_t difference(int64_t before, int64_t after)
{
	return before == RECORD_NA || after == RECORD_NA ? RECORD_NA
							 : after - before;
}

/* A running thread, too, is moved by switching to a thread of the kernel's that
 * does it. */
static bool ran_through(const struct usage *used)
{
	return used->voluntary == 0 && used->involuntary == 0;
}

struct usage usage_difference(const struct usage *a, const struct usage *b)
{
	struct usage used = {
		.cpu_ns = difference(a->cpu_ns, b->cpu_ns),
		.wait_ns = difference(a->wait_ns, b->wait_ns),
		.voluntary = difference(a->voluntary, b->voluntary),
		.involuntary = difference(a->involuntary, b->involuntary),
		.migrations = difference(a->migrations, b->migrations),
		.counters = {difference(a->counters.cycles, b->counters.cycles),
			     difference(a->counters.instructions,
					b->counters.instructions)},
	};

	if (ran_through(&used))
		used.wait_ns = used.migrations = 0;
	return used;
}
