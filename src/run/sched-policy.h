/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * --sched: the scheduling policy of the workers.
 */
#ifndef PINSUM_SCHED_POLICY_H
#define PINSUM_SCHED_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#define SCHED_TEXT_MAX 24

struct sched_request {
	bool set; /* otherwise workers inherit the tool's */
	int policy, priority;
	char text[SCHED_TEXT_MAX]; /* "fifo:1" */
};

/* What the calling thread has. */
struct sched_state {
	int policy, priority;
};

/* "other", "batch", "idle", "fifo[:PRIO]", "rr[:PRIO]"; a real-time policy
 * without a priority has 1.  0, -EINVAL, or -ERANGE for a priority that the
 * policy does not have. */
int sched_policy_parse(const char *text, struct sched_request *request);

/* The i-th policy, or NULL after the last. */
const char *sched_policy_name(size_t i);

/* For the calling thread.  0 or a negative errno. */
int sched_policy_apply(const struct sched_request *request);
int sched_policy_save(struct sched_state *state);
int sched_policy_restore(const struct sched_state *state);

#endif
