/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Messages for what went wrong in a run.
 */
#include <config.h>

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/message.h"
#include "experiment/outcome.h"
#include "ranks/ranks.h"
#include "run/executor.h"

/* "configuration 3 (process, 2 workers), run 4" */
static void name_run(const struct config *config, size_t number, char *buffer,
		     size_t size)
{
	const struct config_record *r = &config->record;
	int n = snprintf(buffer, size, "configuration %lld (%s, %lld worker%s)",
			 (long long)r->config, r->mode, (long long)r->workers,
			 r->workers == 1 ? "" : "s");

	if (n < 0 || (size_t)n >= size)
		return;
	if (number)
		snprintf(buffer + n, size - (size_t)n, ", run %zu", number);
	else
		snprintf(buffer + n, size - (size_t)n, ", warm-up");
}

static void explain_death(const struct run *run, const char *name)
{
	const struct slot *slot = &run->area->slots[run->culprit];
	int status = run->wait_status;

	if (WIFSIGNALED(status))
		message_error("%s: worker %zu (process %ld) was killed by "
			      "signal %d (%s)",
			      name, run->culprit, (long)slot->created_pid,
			      WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		message_error("%s: worker %zu (process %ld) ended with "
			      "status %d",
			      name, run->culprit, (long)slot->created_pid,
			      WEXITSTATUS(status));
}

static unsigned first_cpu(const struct run *run, size_t worker)
{
	const struct run_setup *setup = run->setup;
	const struct seat *seat = &setup->plan->seats[worker];

	return setup->machine->pus[setup->plan->pus[seat->first]].os;
}

static void explain_pin_refused(const struct run *run, const char *name)
{
	static const char *const why[] = {
		[FAULT_PIN_REFUSED] = "",
		[FAULT_PIN_UNREAD] = "its affinity mask cannot be read: ",
		[FAULT_PIN_IGNORED] = "the kernel accepted the call and did "
				      "not obey it",
	};
	const struct slot *slot = &run->area->slots[run->culprit];

	message_error("%s: worker %zu could not be pinned to CPU %u: %s%s",
		      name, run->culprit, first_cpu(run, run->culprit),
		      why[slot->fault],
		      slot->error ? strerror(-slot->error) : "");
}

/* The area itself may be what was refused. */
static void explain_refused(const struct run *run, const char *name)
{
	const struct slot *slot =
		run->area ? &run->area->slots[run->culprit] : NULL;

	if (slot && slot->fault == FAULT_SCHED) {
		message_error("%s: --sched=%s was refused to worker %zu: %s; "
			      "it needs CAP_SYS_NICE or ulimit -r",
			      name, run->setup->sched->text, run->culprit,
			      strerror(-slot->error));
		return;
	}
	if (run->refused) {
		message_error("%s: cannot get %s: %s", name, run->refused,
			      strerror(-run->error));
		return;
	}
	message_error("%s: cannot create worker %zu of %zu: %s; limits are set "
		      "by ulimit -u, ulimit -v, and pids.max and memory of "
		      "the control group",
		      name, run->culprit + 1, run->setup->workers,
		      strerror(-run->error));
}

static void explain_ending(const struct run *run, const char *name)
{
	switch (run->elsewhere ? RUN_COMPLETE : run->ending) {
	case RUN_DIED:
		explain_death(run, name);
		break;
	case RUN_PIN_REFUSED:
		explain_pin_refused(run, name);
		break;
	case RUN_REFUSED:
		explain_refused(run, name);
		break;
	case RUN_TIMEOUT:
		message_error("%s: not finished within --timeout; its workers "
			      "were told to end",
			      name);
		break;
	case RUN_COMPLETE:
	case RUN_STOPPED:
		break;
	}
	if (run->alive)
		message_error("%s: %zu of its workers cannot be ended (frozen, "
			      "or starved of CPU time); no further run",
			      name, run->alive);
}

static void explain_lost_pin(const struct run *run, size_t worker,
			     const char *name)
{
	const struct slot *slot = &run->area->slots[worker];

	if (slot->cpu_stray != NONE)
		message_error("%s: worker %zu lost its pin to CPU %u: it was "
			      "seen on CPU %d",
			      name, worker, first_cpu(run, worker),
			      slot->cpu_stray);
	else if (slot->used.migrations > 0)
		message_error("%s: worker %zu lost its pin to CPU %u: the "
			      "kernel moved it %lld times",
			      name, worker, first_cpu(run, worker),
			      (long long)slot->used.migrations);
	else if (slot->pin_error)
		message_error("%s: worker %zu may have lost its pin to CPU %u: "
			      "its affinity mask cannot be read at the end: %s",
			      name, worker, first_cpu(run, worker),
			      strerror(-slot->pin_error));
	else
		message_error("%s: worker %zu lost its pin to CPU %u: its "
			      "affinity mask is another at the end",
			      name, worker, first_cpu(run, worker));
}

static void explain_wrong_sum(const char *name, const char *who,
			      struct u128 sum, uint64_t first, uint64_t count)
{
	char got[NUMBER_U128_MAX + 1] = "", want[NUMBER_U128_MAX + 1] = "";

	number_format_u128(got, sum);
	number_format_u128(want, u128_sum_range(first, count));
	message_error("%s: %s is wrong: %s instead of %s", name, who, got,
		      want);
}

static void explain_worker(const struct run *run, size_t worker,
			   const char *name)
{
	const struct slot *slot = &run->area->slots[worker];
	enum status status = outcome_worker_status(run, worker);
	char who[40];

	if (status == STATUS_LOST_PIN)
		explain_lost_pin(run, worker, name);
	if (status != STATUS_WRONG_SUM)
		return;
	snprintf(who, sizeof who, "the sum of worker %zu", worker);
	explain_wrong_sum(name, who, slot->sum, slot->first, slot->count);
}

void outcome_explain(const struct config *config, const struct run *run,
		     size_t number)
{
	char name[160];

	name_run(config, number, name, sizeof name);
	explain_ending(run, name);
	if (run->ending != RUN_COMPLETE)
		return;
	if (!outcome_sum_is_right(run) &&
	    (!run->setup->ranks || ranks_lead(run->setup->ranks)))
		explain_wrong_sum(name, "the total", run->sum,
				  run->setup->first,
				  run->setup->last - run->setup->first + 1);
	for (size_t i = 0; i < run->setup->workers; i++)
		explain_worker(run, i, name);
}
