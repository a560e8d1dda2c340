/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "options/option-table.h"

#include <string.h>

#include "options/help.h"
#include "options/option-values.h"
#include "options/option-words.h"

static const struct option_row table[] = {
	{.name = "mode", .letter = 'm', .argument = "LIST",
	 .group = "What runs",
	 .help = "%; default all three",
	 .word = option_mode_word,
	 .offer = OFFER_LIST,
	 .parse = option_mode},
	{.name = "workers", .letter = 'w', .argument = "LIST",
	 .help = "numbers, ranges 1-8 or 2-16:2, %; default cores",
	 .word = option_workers_word,
	 .offer = OFFER_LIST,
	 .parse = option_workers},
	{.name = "kernel", .letter = 'k', .argument = "LIST",
	 .help = "auto, all, or names from --list-kernels; default auto",
	 .word = option_kernel_word,
	 .offer = OFFER_KERNELS,
	 .parse = option_kernel},
	{.name = "sharing", .letter = 's', .argument = "LIST",
	 .help = "how workers share the total: %; default private",
	 .word = option_sharing_word,
	 .offer = OFFER_LIST,
	 .parse = option_sharing},
	{.name = "gil-interval", .argument = "TIME",
	 .help = "when a waiting worker is given the lock of gil; default "
		 "5ms",
	 .parse = option_gil_interval},
	{.name = "membind", .argument = "LOCATION",
	 .help = "NUMA node of what is shared, as numanode:1; default the "
		 "first worker's",
	 .parse = option_membind},
	{.name = "block", .argument = "TIME/COUNT",
	 .help = "each worker sleeps TIME after every COUNT integers",
	 .parse = option_block},
	{.name = "ipc", .argument = "LIST",
	 .help = "how a process hands back its part: %; default shm",
	 .word = option_ipc_word,
	 .offer = OFFER_LIST,
	 .parse = option_ipc},
	{.name = "sched", .argument = "POLICY[:PRIO]",
	 .help = "% for the workers; default inherited",
	 .word = sched_policy_name,
	 .offer = OFFER_WORD,
	 .parse = option_sched},

	{.name = "places", .letter = 'p', .argument = "PLACES",
	 .group = "Where it runs",
	 .help = "%, each with (N), or hwloc locations such as core:0-3 or "
		 "{pu:0,pu:4}; default cores",
	 .word = places_word,
	 .offer = OFFER_WORD,
	 .parse = option_places},
	{.name = "cpu-list", .letter = 'c', .argument = "LIST",
	 .help = "places by CPU number: 0,4-6,0-10:2",
	 .parse = option_cpu_list},
	{.name = "bind", .letter = 'b', .argument = "LIST",
	 .help = "%, random also with :SEED; default close",
	 .word = option_bind_word,
	 .offer = OFFER_LIST,
	 .parse = option_bind},
	{.name = "whole-place",
	 .help = "pin to the whole place, not to one PU of it",
	 .parse = option_whole_place},
	{.name = "cpukind", .argument = "KIND",
	 .help = "only cores of that kind: %, or hwloc's number",
	 .word = places_cpukind,
	 .offer = OFFER_WORD,
	 .parse = option_cpukind},
	{.name = "no-smt", .help = "the first allowed PU of each core only",
	 .parse = option_no_smt},
	{.name = "oversubscribe",
	 .help = "allow more workers than places",
	 .parse = option_oversubscribe},
	{.name = "input", .letter = 'i', .argument = "TOPOLOGY",
	 .help = "hwloc XML file or synthetic description in place of this "
		 "machine; needs --dry-run",
	 .offer = OFFER_FILE,
	 .parse = option_input},
	{.name = "dry-run", .letter = 'n',
	 .help = "write the plan, run nothing",
	 .parse = option_dry_run},

	{.name = "runs", .letter = 'r', .argument = "N",
	 .group = "How often",
	 .help = "counted runs of each configuration; default 10",
	 .parse = option_runs},
	{.name = "warmup", .argument = "N",
	 .help = "uncounted runs of each, first; default 1",
	 .parse = option_warmup},
	{.name = "order", .argument = "ORDER",
	 .help = "%, shuffle also with :SEED; default interleave",
	 .word = option_order_word,
	 .offer = OFFER_WORD,
	 .parse = option_order},
	{.name = "baseline", .argument = "CONFIG",
	 .help = "what ratios are against: column=value[,column=value]; "
		 "default mode=single",
	 .parse = option_baseline},
	{.name = "precision", .argument = "PERCENT",
	 .help = "go on until the interval of every median is that tight",
	 .parse = option_precision},
	{.name = "max-time", .argument = "TIME",
	 .help = "stop adding rounds after that long; default 60s with "
		 "--precision",
	 .parse = option_max_time},
	{.name = "timeout", .argument = "TIME",
	 .help = "end a run that takes longer; default 10m",
	 .parse = option_timeout},

	{.name = "sweep", .argument = "WHAT",
	 .help = "places: one worker on each place in turn, then all; pairs: "
		 "two on every pair of places",
	 .word = option_sweep_word,
	 .offer = OFFER_WORD,
	 .parse = option_sweep},

	{.name = "report", .letter = 'R', .argument = "NAME[:FILE]",
	 .group = "What is written",
	 .help = "%; may be repeated; default summary",
	 .word = option_report_word,
	 .offer = OFFER_REPORT,
	 .parse = option_report},
	{.name = "output", .letter = 'o', .argument = "[NAME:]COLUMNS",
	 .help = "columns and their order; +COL appends to the default",
	 .offer = OFFER_COLUMNS,
	 .parse = option_output},
	{.name = "output-all", .help = "every column",
	 .parse = option_output_all},
	{.name = "noheadings", .help = "no header row",
	 .parse = option_noheadings},
	{.name = "list-columns", .help = "list each report's columns",
	 .parse = help_columns},
	{.name = "list-kernels", .help = "list the kernels",
	 .parse = help_kernels},
	{.name = "explain",
	 .help = "say in words what differs, what held each back, what "
		 "would make the figures firmer",
	 .parse = option_explain},
	{.name = "progress", .argument = "WHEN",
	 .help = "%; default auto: on a terminal",
	 .word = option_progress_word,
	 .offer = OFFER_WORD,
	 .parse = option_progress},
	{.name = "quiet", .letter = 'q', .help = "errors only",
	 .parse = option_quiet},
	{.name = "help", .letter = 'h', .help = "this text",
	 .parse = help_usage},
	{.name = "version", .letter = 'V', .help = "version and licence",
	 .parse = help_version},
};

const struct option_row *option_at(size_t i)
{
	return i < sizeof table / sizeof *table ? &table[i] : NULL;
}

const struct option_row *option_find(const char *name)
{
	const struct option_row *row;

	for (size_t i = 0; (row = option_at(i)); i++)
		if (!strcmp(row->name, name))
			return row;
	return NULL;
}
