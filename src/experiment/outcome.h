/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What became of a run, in figures and in words: a finished struct run as
 * records, and a message for each thing that went wrong.
 */
#ifndef PINSUM_OUTCOME_H
#define PINSUM_OUTCOME_H

#include "experiment/experiment.h"
#include "report/record.h"
#include "run/run.h"

/* The worker's row.  Figures are RECORD_NA where it did not finish. */
void outcome_worker(const struct run *run, size_t worker,
		    struct worker_record *record);
enum status outcome_worker_status(const struct run *run, size_t worker);

/* The run's row, its number and start apart; returns its status. */
enum status outcome_run(const struct run *run, struct run_record *record);

/* The same of all ranks of the run, from each one's: sums, and the greatest of
 * what does not add up.  The status is the worst. */
enum status outcome_of_ranks(const struct run *run, enum status status,
			     struct run_record *record);

/* Of a complete run: whether its total is the formula's. */
bool outcome_sum_is_right(const struct run *run);

/* Say what went wrong, if anything; `number` is the round, 0 in warm-up. */
void outcome_explain(const struct config *config, const struct run *run,
		     size_t number);

#endif
