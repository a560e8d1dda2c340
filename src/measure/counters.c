/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "measure/counters.h"

#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "report/record.h"

static int open_event(uint64_t event, int group)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_HARDWARE,
		.size = sizeof attr,
		.config = event,
		.exclude_kernel = 1,
		.exclude_hv = 1,
		.read_format = PERF_FORMAT_GROUP |
			       PERF_FORMAT_TOTAL_TIME_ENABLED |
			       PERF_FORMAT_TOTAL_TIME_RUNNING,
	};
	long fd = syscall(SYS_perf_event_open, &attr, 0, -1, group,
			  PERF_FLAG_FD_CLOEXEC);

	return fd < 0 ? -errno : (int)fd;
}

int counters_open(struct counter_files *files)
{
	*files = (struct counter_files){-1, -1};
	files->leader = open_event(PERF_COUNT_HW_CPU_CYCLES, -1);
	if (files->leader < 0)
		return files->leader;
	files->member = open_event(PERF_COUNT_HW_INSTRUCTIONS, files->leader);
	if (files->member < 0) {
		int error = files->member;

		counters_close(files);
		return error;
	}
	return 0;
}

void counters_close(struct counter_files *files)
{
	if (files->member >= 0)
		close(files->member);
	if (files->leader >= 0)
		close(files->leader);
	*files = (struct counter_files){-1, -1};
}

void counters_read(const struct counter_files *files,
		   struct counters *counters)
{
	struct {
		uint64_t count, enabled, running, value[2];
	} group;

	counters->cycles = counters->instructions = RECORD_NA;
	if (files->leader < 0 ||
	    read(files->leader, &group, sizeof group) != sizeof group ||
	    group.enabled != group.running)
		return;
	counters->cycles = (int64_t)group.value[0];
	counters->instructions = (int64_t)group.value[1];
}

char *counters_text(void)
{
	struct counter_files files;
	int error = counters_open(&files);
	char text[160];

	counters_close(&files);
	if (!error)
		return strdup("yes");
	snprintf(text, sizeof text, "no: %s",
		 error == -ENOENT || error == -EOPNOTSUPP
			 ? "this machine has none that the kernel can use"
		 : error == -EACCES || error == -EPERM
			 ? "refused, see perf_event_paranoid"
			 : strerror(-error));
	return strdup(text);
}
