/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The values of options: each parser takes the argument of one option.  An
 * option that is given again replaces what it said before.
 */
#ifndef PINSUM_OPTION_VALUES_H
#define PINSUM_OPTION_VALUES_H

#include "options/options.h"

int option_mode(struct options *options, const char *argument);
int option_workers(struct options *options, const char *argument);
int option_kernel(struct options *options, const char *argument);
int option_sharing(struct options *options, const char *argument);
int option_ipc(struct options *options, const char *argument);
int option_gil_interval(struct options *options, const char *argument);
int option_membind(struct options *options, const char *argument);
int option_block(struct options *options, const char *argument);
int option_sched(struct options *options, const char *argument);
int option_places(struct options *options, const char *argument);
int option_cpu_list(struct options *options, const char *argument);
int option_bind(struct options *options, const char *argument);
int option_whole_place(struct options *options, const char *argument);
int option_cpukind(struct options *options, const char *argument);
int option_no_smt(struct options *options, const char *argument);
int option_input(struct options *options, const char *argument);
int option_oversubscribe(struct options *options, const char *argument);
int option_dry_run(struct options *options, const char *argument);
int option_runs(struct options *options, const char *argument);
int option_warmup(struct options *options, const char *argument);
int option_order(struct options *options, const char *argument);
int option_baseline(struct options *options, const char *argument);
int option_precision(struct options *options, const char *argument);
int option_max_time(struct options *options, const char *argument);
int option_progress(struct options *options, const char *argument);
int option_sweep(struct options *options, const char *argument);
int option_timeout(struct options *options, const char *argument);
int option_report(struct options *options, const char *argument);
int option_output(struct options *options, const char *argument);
int option_output_all(struct options *options, const char *argument);
int option_noheadings(struct options *options, const char *argument);
int option_explain(struct options *options, const char *argument);
int option_quiet(struct options *options, const char *argument);

/* After all options: --output and --output-all applied to the reports, the
 * default report where none was named.  0, or -EINVAL with a message. */
int option_values_reports(struct options *options);

#endif
