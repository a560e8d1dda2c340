/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The ranks of an experiment: processes, on one host or many, that make each
 * run together.  Who asks here need not know how many there are: `pinsum` is
 * one rank, for which every step below is done at once; `pinsum-mpi` is as
 * many as its launcher started.
 *
 * All functions that take a struct ranks are collective: every rank calls
 * them, in the same order.  They do not fail: where the others do not answer,
 * the program ends (see ranks_calls).
 */
#ifndef PINSUM_RANKS_H
#define PINSUM_RANKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "ranks/allot.h"
#include "ranks/tally.h"
#include "report/record.h"

struct ranks;

/* The ranks of one host, this one included; in their order. */
struct peers {
	size_t count, self;
	char *bytes; /* what each of them gave, `size` bytes each; owned */
};

/* Where to put what came of one rank.  0 or -errno. */
typedef int (*ranks_take)(void *arg, const char *bytes, size_t size);

/* How ranks reach each other: an implementation for more than one.  Each of
 * them sleeps rather than spins, and ends all ranks, with a message that names
 * those that do not answer, where others do not come by CLOCK_MONOTONIC
 * `ranks.deadline_ns`, or long after a signal asked this one to stop. */
struct ranks_calls {
	/* The tallies of all, merged, to all. */
	void (*combine)(struct ranks *ranks, struct tally *tally);
	/* The bytes of rank `from` to all. */
	void (*share)(struct ranks *ranks, size_t from, void *bytes,
		      size_t size);
	/* The bytes of every other rank to rank 0, one rank after the other,
	 * in their order.  0 or what `take` returned first. */
	int (*collect)(struct ranks *ranks, const char *bytes, size_t size,
		       ranks_take take, void *arg);
	/* `size` bytes, from each rank whose host has this one's name.  0 or
	 * -ENOMEM. */
	int (*peers)(struct ranks *ranks, const void *bytes, size_t size,
		     struct peers *peers);
	/* The end of this rank is none of the others' business. */
	void (*leave)(struct ranks *ranks);
};

/* So long after the longest that a run may take they are given up: each worker
 * needs a moment to end. */
#define RANKS_PATIENCE_NS   (250 * NS_PER_MS)
#define RANKS_PER_WORKER_NS (1 * NS_PER_MS)

#define RANKS_TEXT_MAX 1024

struct ranks {
	size_t rank, count;
	char host[256];			 /* of this rank */
	const struct ranks_calls *calls; /* NULL: there is one */
	void *data;			 /* of the calls */
	const char *columns; /* that reports append to theirs, or NULL */
	enum allotment allotment;
	bool leads_host;     /* the first rank of its host */
	int64_t deadline_ns; /* of the steps of this run; INT64_MAX: none */
	struct origin_record origin;
	char kept[RANKS_TEXT_MAX]; /* the first error before all agreed */
};

/* This process alone, on this host. */
void ranks_init(struct ranks *ranks);

/* The rank plans for a host that is not here: a file, "node1.xml" for node1,
 * or a synthetic description. */
void ranks_set_host(struct ranks *ranks, const char *input);

/* Rank 0: it speaks for all and writes the reports. */
static inline bool ranks_lead(const struct ranks *ranks)
{
	return ranks->rank == 0;
}

/* Keep this rank's errors for ranks_agree(), and drop its notes: what goes
 * wrong before the first run mostly goes wrong in all, and one says it.  Not
 * rank 0, which writes its own. */
void ranks_hush(struct ranks *ranks);
void ranks_speak(struct ranks *ranks);

/* 0 where `error` is 0 in all ranks; else -ECANCELED, and the message of the
 * first rank that failed is written. */
int ranks_agree(struct ranks *ranks, int error);

/* What is to be the same in all ranks: lines, each with a line feed. */
typedef void (*ranks_describe)(const void *arg, FILE *text);

/* Whether what `describe` writes here is that of rank 0.  0; -ECANCELED with a
 * message that shows the first difference: `what` names it, `remedy` says what
 * to do. */
int ranks_compare(struct ranks *ranks, ranks_describe describe, const void *arg,
		  const char *what, const char *remedy);

void ranks_combine(struct ranks *ranks, struct tally *tally);
void ranks_share(struct ranks *ranks, size_t from, void *bytes, size_t size);
int ranks_collect(struct ranks *ranks, const char *bytes, size_t size,
		  ranks_take take, void *arg);
int ranks_peers(struct ranks *ranks, const void *bytes, size_t size,
		struct peers *peers);

/* After the last step: from here on this rank may end as it likes. */
void ranks_leave(struct ranks *ranks);

/* The greatest of all. */
int64_t ranks_most(struct ranks *ranks, int64_t value);

#endif
