/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One run: the area that coordinator and workers share, the start gate, and
 * the sequence create - gather - open - wait - reap - add.
 *
 * The area lies in anonymous shared memory, so that threads and processes use
 * the same code.  Nothing in it is a lock: a worker may be killed at any
 * instruction, and the coordinator must still get away.
 */
#ifndef PINSUM_RUN_H
#define PINSUM_RUN_H

#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/number.h"
#include "kernels/kernel.h"
#include "measure/meter.h"
#include "measure/usage.h"
#include "plan/plan.h"
#include "report/record.h"
#include "run/bind.h"
#include "run/sched-policy.h"
#include "topology/topology.h"

struct executor;
struct ranks;
struct ipc;
struct sharing;

/* Two cache lines: the adjacent-line prefetcher pairs them. */
#define RUN_LINE 128

enum gate_state { GATE_CLOSED, GATE_OPEN, GATE_ABORT };

enum worker_state {
	WORKER_CREATED, /* or not even that */
	WORKER_READY,	/* pinned, at the gate */
	WORKER_DONE	/* its part is in the slot */
};

/* Why a worker did not come to the gate. */
enum worker_fault {
	FAULT_NONE,
	FAULT_REFUSED,	   /* the system refused something: slot.error */
	FAULT_PIN_REFUSED, /* the call failed: slot.error */
	FAULT_PIN_UNREAD,  /* it succeeded, and the mask cannot be read */
	FAULT_SCHED,	   /* the scheduling policy was refused */
	FAULT_PIN_IGNORED  /* it succeeded, and the mask is another */
};

/* What a run is; constant while it lasts. */
struct run_setup {
	const struct machine *machine;
	const struct plan *plan; /* `workers` seats */
	const struct executor *executor;
	const struct sharing *sharing;
	const struct ipc *ipc;	     /* NULL: workers are no processes */
	const struct kernel *kernel; /* NULL where the sharing has its loop */
	const struct cpuset *inherited; /* the tool's own affinity mask */
	const struct sched_request *sched;
	size_t workers;
	uint64_t first, last; /* of all ranks together */
	struct ranks *ranks; /* that run it together; NULL: this one alone */
	bool spin; /* to a common start: there is a CPU for each worker */
	int64_t block_ns;     /* sleep so long ... */
	uint64_t block_count; /* ... after so many integers; 0: never */
	int64_t gil_interval_ns;
	int memory_node; /* OS number of the NUMA node of what is shared, or
			  * NONE: wherever the kernel puts it */
	bool memory_node_asked; /* by the user: a refusal is an error */
	bool counters;		/* hardware counters are asked for */
	int64_t timeout_ns;
};

struct area;

/* One worker's line of communication: the first part is the coordinator's,
 * the rest is the worker's, to be read once `state` says so. */
struct slot {
	alignas(RUN_LINE) const struct run_setup *setup;
	struct area *area;
	size_t index;
	uint64_t first, count; /* its part of the range */
	bool created;	       /* and not reaped yet */
	pid_t created_pid;     /* of a process */
	int channel;	       /* its descriptor, where the ipc has one */

	atomic_uint state; /* enum worker_state */
	enum worker_fault fault;
	int error;
	pid_t pid, tid;
	struct cpuset pin, mask; /* as wanted, as read; lent by the area */
	struct u128 sum;
	bool complete; /* the whole part was added, not stopped half-way */
	int64_t start_ns, end_ns; /* CLOCK_MONOTONIC */
	struct usage_probe probe;
	struct usage before, used;
	int cpu_first, cpu_last;
	int cpu_stray; /* a CPU outside the pin on which it was seen, or NONE */
	bool pin_lost;
	int pin_error; /* the mask could not be read at the end */
};

struct area {
	alignas(RUN_LINE) atomic_uint gate; /* a futex; enum gate_state */
	int64_t called_ns;   /* CLOCK_MONOTONIC: when it was called for */
	alignas(RUN_LINE) atomic_uint awake; /* of those that spin ... */
	_Atomic int64_t start_ns; /* ... to their common start; 0: not yet */
	alignas(RUN_LINE) atomic_uint events; /* a futex: look again */
	alignas(RUN_LINE) atomic_uint ready;
	alignas(RUN_LINE) atomic_uint done;
	alignas(RUN_LINE) atomic_uint faults;
	alignas(RUN_LINE) atomic_uint stop; /* a futex: end after this chunk */
	alignas(RUN_LINE) void *shared;	    /* the sharing's memory, or NULL */
	size_t shared_size;
	uint64_t first, count; /* this rank's part of the range */
	alignas(RUN_LINE) struct slot slots[]; /* then their sets of CPUs */
};

/* How a run ended. */
enum run_ending {
	RUN_COMPLETE,
	RUN_REFUSED,	 /* the system refused a thread, a process, memory, a
			  * scheduling policy */
	RUN_PIN_REFUSED, /* slots[culprit] could not be pinned */
	RUN_DIED,	 /* slots[culprit] ended by itself */
	RUN_TIMEOUT,
	RUN_STOPPED /* a signal asked the tool to stop */
};

struct run {
	const struct run_setup *setup;
	struct area *area;
	size_t area_size;
	void *data;	 /* the executor's */
	void *channels;	 /* the ipc's */
	size_t alive;	 /* workers created and not reaped, kept by executors;
			  * after the end: those that could not be ended, and
			  * the area is left to them */
	int64_t look_ns; /* CLOCK_MONOTONIC: to look again by then, whatever
			  * happens; kept by executors */
	enum run_ending ending;
	bool elsewhere; /* it ended so in another rank, which says why */
	size_t culprit; /* worker number, for RUN_REFUSED, _PIN_ and _DIED */
	int error;	/* negative errno, for RUN_REFUSED */
	const char *refused; /* what, where it was not a worker */
	int wait_status;     /* as of waitpid, for RUN_DIED */
	int64_t maxrss_kib;  /* of the largest worker process; else RECORD_NA */
	struct meter_reading metered; /* by the caller, around the run */
	struct timespec start;	      /* the time of day */
	/* CLOCK_MONOTONIC: before the first worker is created, all are there
	 * and begin together, the last worker is done (of whichever rank took
	 * longest), all are reaped and added. */
	int64_t created_ns, opened_ns, done_ns, ended_ns;
	struct u128 sum; /* of all parts of all ranks, where complete */
};

/* Execute one run; how it ended is in run.ending.  To be released. */
void run_execute(const struct run_setup *setup, struct run *run);

/* 0, or -errno where the calling thread is not as it was before. */
int run_release(struct run *run);

/* A worker is pinned and goes to the gate. */
void run_worker_ready(struct slot *slot);

/* A worker's last word: its slot is complete. */
void run_worker_done(struct slot *slot);

/* A worker cannot take part. */
void run_worker_fault(struct slot *slot, enum worker_fault fault, int error);

/* For executors: sleep until `ready(run)` or CLOCK_MONOTONIC `deadline_ns`,
 * looking after each event for signals and dead workers (run.ending).  0 or
 * -ETIMEDOUT. */
int run_sleep_until(struct run *run, bool (*ready)(const struct run *),
		    int64_t deadline_ns);

/* Look for signals and dead workers: whatever keeps the run from being
 * complete, the first one only. */
void run_look(struct run *run);

/* All workers are done, or the run has another ending. */
bool run_is_over(const struct run *run);

/* After so long in which none of those that were told to end has ended, the
 * rest is given up. */
#define RUN_REAP_NS (NS_PER_S * 3 / 4)

#endif
