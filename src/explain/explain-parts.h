/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Private to explain*.c: the topics, and what they share.
 */
#ifndef PINSUM_EXPLAIN_PARTS_H
#define PINSUM_EXPLAIN_PARTS_H

#include "explain/explain.h"
#include "report/record.h"

/* Sentences of one topic about single configurations, at most. */
#define EXPLAIN_MOST 8

struct explanation {
	const struct experiment *experiment;
	const struct summary_record *rows; /* of each configuration */
	explain_say *say;
	void *arg;
};

/* Where the time of a configuration's workers went: medians over its runs
 * that are ok, as shares of wall time times workers.  NAN: not known. */
enum share {
	SHARE_CREATING,
	SHARE_COLLECTING,
	SHARE_WAITING, /* for a CPU, but for the quota */
	SHARE_QUOTA,
	SHARE_OFF,    /* asleep or stolen */
	SHARE_SKEW,   /* before the last worker had started */
	SHARE_UNEVEN, /* done, while others were not */
	SHARE_ON_CPU,
	SHARES
};

struct shares {
	double of[SHARES];
};

/* 0 or -ENOMEM. */
int explain_shares(const struct config *config, size_t rounds,
		   struct shares *shares);

/* Say a sentence as from printf. */
void explain_sentence(const struct explanation *x, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* "configuration 2 (thread, 2 workers, bind none)", with what differs within
 * the experiment. */
#define EXPLAIN_NAME_MAX 200
const char *explain_name(const struct explanation *x, size_t config,
			 char buffer[EXPLAIN_NAME_MAX]);

/* The topics, in the order of the text.  0 or -ENOMEM. */
int explain_losses(const struct explanation *x);      /* pins, wrong sums */
int explain_differences(const struct explanation *x); /* with the baseline */
int explain_census(const struct explanation *x);      /* of a sweep */
int explain_causes(const struct explanation *x);      /* what held back */
int explain_clock(const struct explanation *x);	      /* without counters */
int explain_firmness(const struct explanation *x);

#endif
