/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "run/sched-policy.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/number.h"

static const struct {
	const char *name;
	int policy;
} policies[] = {
	{"other", SCHED_OTHER}, {"batch", SCHED_BATCH}, {"idle", SCHED_IDLE},
	{"fifo", SCHED_FIFO},	{"rr", SCHED_RR},
};

#define POLICIES (sizeof policies / sizeof *policies)

const char *sched_policy_name(size_t i)
{
	return i < POLICIES ? policies[i].name : NULL;
}

static int parse_priority(const char *text, int policy, int *priority)
{
	int least = sched_get_priority_min(policy);
	uint64_t value = (uint64_t)least;
	int error = 0;

	if (*text == ':')
		error = number_parse_count(text + 1, &value);
	if (error)
		return error;
	if (value > (uint64_t)sched_get_priority_max(policy) ||
	    value < (uint64_t)least)
		return -ERANGE;
	*priority = (int)value;
	return 0;
}

int sched_policy_parse(const char *text, struct sched_request *request)
{
	size_t length = strcspn(text, ":");
	struct sched_request parsed = {.set = true};

	for (size_t i = 0; i < POLICIES; i++) {
		int error;

		if (strlen(policies[i].name) != length ||
		    strncmp(text, policies[i].name, length) != 0)
			continue;
		parsed.policy = policies[i].policy;
		error = parse_priority(text + length, parsed.policy,
				       &parsed.priority);
		if (error)
			return error;
		snprintf(parsed.text, sizeof parsed.text,
			 parsed.priority ? "%s:%d" : "%s", policies[i].name,
			 parsed.priority);
		*request = parsed;
		return 0;
	}
	return -EINVAL;
}

/* By system call: musl's wrappers refuse, since POSIX wants them for a
 * process, and Linux has them for a thread. */
static int set(int policy, int priority)
{
	struct sched_param param = {.sched_priority = priority};

	return syscall(SYS_sched_setscheduler, 0, policy, &param) ? -errno : 0;
}

int sched_policy_apply(const struct sched_request *request)
{
	return request->set ? set(request->policy, request->priority) : 0;
}

int sched_policy_save(struct sched_state *state)
{
	struct sched_param param = {0};
	long policy = syscall(SYS_sched_getscheduler, 0);

	if (policy < 0 || syscall(SYS_sched_getparam, 0, &param))
		return -errno;
	state->policy = (int)policy;
	state->priority = param.sched_priority;
	return 0;
}

int sched_policy_restore(const struct sched_state *state)
{
	return set(state->policy, state->priority);
}
