/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A description that came from elsewhere is first loaded by a process that may
 * be lost: hwloc trusts what it reads, and some files crash it, or keep it for
 * ever.
 */
#include <config.h>

#include "topology/topology-hwloc.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/procfile.h"
#include "base/signals.h"

/* The largest machine that hwloc builds takes less. */
#define CPU_MAX_S 20
#define BYTES_MAX (UINT64_C(1) << 30)

#define STATM_MAX 256

/* Beside what is there already: sanitizers have reserved terabytes. */
static void limit_memory(void)
{
	struct rlimit limit;
	uint64_t pages = 0, most;
	char *text;

	if (procfile_read("/proc/self/statm", STATM_MAX, &text, NULL) == 0) {
		pages = strtoull(text, NULL, 10);
		free(text);
	}
	most = pages * (uint64_t)sysconf(_SC_PAGESIZE) + BYTES_MAX;
	if (pages && getrlimit(RLIMIT_AS, &limit) == 0 &&
	    limit.rlim_cur > most) {
		limit.rlim_cur = (rlim_t)most;
		setrlimit(RLIMIT_AS, &limit);
	}
}

/* Nobody is to hear of its crash: no handler, no core. */
static void expect_the_worst(void)
{
	static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
	const struct rlimit seconds = {CPU_MAX_S, CPU_MAX_S};
	const struct rlimit none = {0, 0};

	for (size_t i = 0; i < sizeof(crashes) / sizeof(*crashes); i++)
		signal(crashes[i], SIG_DFL);
	setrlimit(RLIMIT_CPU, &seconds);
	setrlimit(RLIMIT_CORE, &none);
	limit_memory();
}

static int outcome(int status)
{
	if (WIFEXITED(status))
		return -WEXITSTATUS(status);
	if (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)
		return -ETIME;
	return -EFAULT;
}

static int attend(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -errno;
		if (signals_stop())
			kill(pid, SIGKILL);
	}
	return signals_stop() ? -EINTR : outcome(status);
}

int rehearse(const struct source *source, source_loader *load)
{
	hwloc_topology_t topology;
	pid_t pid = fork();

	if (pid < 0)
		return -errno;
	if (pid == 0) {
		expect_the_worst();
		_exit(-load(source, &topology) & 0xff);
	}
	return attend(pid);
}
