/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <config.h>

#include "compare.h"

/* One run, as of somebody who wants to know the sum. */
#define ONCE   "src/pinsum -q -r 1 --warmup 0 -m "
#define LESSON "300000000"

#define KERNEL(k)                                                              \
	{                                                                      \
		.name = "kernel-" k, .unit = "896000-integers",                \
		.ours = {"bench/kernels " k " 301", "ns"},                     \
		.peer = {"bench/kernels " k " 301", "floor_ns"},               \
		.target = TARGET_AT_LEAST, .limit = 0.97, .rounds = 3,         \
	}

#define SETUP(what, mode, measured, is_long)                                   \
	{                                                                      \
		.name = "lesson-cpython-" what, .unit = "process",             \
		.ours = {ONCE mode " -w 2 --oversubscribe " LESSON, NULL},     \
		.peer = {"python3 %S/bench/lesson-floor.py " what " " LESSON   \
			 " " measured,                                         \
			 "ns"},                                                \
		.target = TARGET_AT_LEAST, .limit = 1000,                      \
		.rounds = (is_long) ? 6 : 7, .long_only = (is_long),           \
	}

/* Against workers that all exist at the same time, as pinsum's do, and against
 * workers of which each may be gone before the next is made. */
#define CROWD(mode, count, most, tries)                                        \
	{                                                                      \
		.name = mode "-" count,                                        \
		.unit = "process",                                             \
		.ours = {ONCE mode " -w " count " --oversubscribe 1000000",    \
			 NULL},                                                \
		.peer = {"bench/floor " mode " " count " %C 1000000 together", \
			 NULL},                                                \
		.target = TARGET_AT_MOST,                                      \
		.limit = (most),                                               \
		.rounds = (tries),                                             \
	},                                                                     \
	{                                                                      \
		.name = mode "-" count "-ungated", .unit = "process",          \
		.ours = {ONCE mode " -w " count " --oversubscribe 1000000",    \
			 NULL},                                                \
		.peer = {"bench/floor " mode " " count " %C 1000000", NULL},   \
		.target = TARGET_AT_MOST, .limit = (most), .rounds = (tries),  \
	}

#define START(mode, latest_ns)                                                 \
	{                                                                      \
		.name = "skew-median-" mode,                                   \
		.unit = "run",                                                 \
		.ours = {"bench/inside 101 -m " mode " 1M", "skew_ns"},        \
		.target = TARGET_WITHIN,                                       \
		.limit = 100,                                                  \
		.rounds = 3,                                                   \
	},                                                                     \
		{                                                              \
			.name = "skew-p90-" mode,                              \
			.unit = "run",                                         \
			.ours = {"bench/inside 101 -m " mode " 1M",            \
				 "skew_ns"},                                   \
			.quantile = 0.9,                                       \
			.target = TARGET_WITHIN,                               \
			.limit = 1000,                                         \
			.rounds = 3,                                           \
		},                                                             \
	{                                                                      \
		.name = "last-start-p90-" mode, .unit = "run",                 \
		.ours = {"bench/inside 101 -m " mode " 1M", "last_start_ns"},  \
		.quantile = 0.9, .target = TARGET_WITHIN,                      \
		.limit = (latest_ns), .rounds = 3,                             \
	}

#define CHECK(what)                                                            \
	{                                                                      \
		.name = "check-" what, .unit = "worker",                       \
		.ours = {"bench/checks 51", what "_ns"},                       \
		.peer = {"bench/checks 51", "share_ns"}, .rounds = 3,          \
	}

/* The plan against what reading such a machine takes. */
#define TOPOLOGY(count, description, is_long)                                  \
	{                                                                      \
		.name = "plan-topology-" count, .unit = "plan",                \
		.ours = {"bench/plan " count " 7 " description, "ns"},         \
		.peer = {"bench/plan " count " 7 " description, "peer_ns"},    \
		.rounds = 1, .long_only = (is_long),                           \
	}

/* A peer without a target: what the same sum takes with it. */
#define PEER(what, mode, peer_command, is_long)                                \
	{                                                                      \
		.name = what, .unit = "process",                               \
		.ours = {ONCE mode " " LESSON, NULL},                          \
		.peer = {peer_command, NULL}, .rounds = 41,                    \
		.long_only = (is_long),                                        \
	}

const struct comparison comparisons[] = {
	KERNEL("avx512-32"),
	KERNEL("avx512"),
	KERNEL("avx2-32"),
	KERNEL("avx2"),
	KERNEL("sse2"),
	KERNEL("neon-32"),
	KERNEL("neon"),
	{
		.name = "kernel-chain",
		.unit = "896000-cycles",
		.ours = {"bench/kernels chain 301", "ns"},
		.peer = {"bench/kernels chain 301", "floor_ns"},
		.target = TARGET_AT_LEAST,
		.limit = 0.98,
		.rounds = 3,
	},
	{
		.name = "thread-inside",
		.unit = "run",
		.ours = {"bench/inside 51 -m thread " LESSON, "wall_ns"},
		.peer = {"bench/inside 51 -m thread " LESSON, "floor_ns"},
		.target = TARGET_AT_MOST,
		.limit = 1.02,
		.rounds = 3,
	},
	{
		.name = "thread-floor",
		.unit = "process",
		.ours = {ONCE "thread " LESSON, NULL},
		.peer = {"bench/floor thread %W %C " LESSON, NULL},
		.target = TARGET_AT_MOST,
		.limit = 1.25,
		.rounds = 61,
	},
	{
		.name = "thread-libgomp",
		.unit = "process",
		.ours = {ONCE "thread " LESSON, NULL},
		.peer = {"bench/peer-libgomp " LESSON, NULL},
		.target = TARGET_AT_MOST,
		.limit = 0.60,
		.rounds = 61,
	},
	{
		.name = "process-thread",
		.unit = "process",
		.ours = {ONCE "process " LESSON, NULL},
		.peer = {ONCE "thread " LESSON, NULL},
		.target = TARGET_AT_MOST,
		.limit = 1.10,
		.rounds = 61,
	},
	SETUP("one", "single", "5000000", false),
	SETUP("threads", "thread", "5000000", false),
	SETUP("processes", "process", "5000000", false),
	START("thread", 300000),
	START("process", 500000),
	{
		.name = "start-hwloc-calc",
		.unit = "process",
		.ours = {ONCE "single 1 1", NULL},
		.peer = {"hwloc-calc -N core all", NULL},
		.target = TARGET_AT_MOST,
		.limit = 0.15,
		.rounds = 61,
	},
	{
		.name = "start-nproc",
		.unit = "process",
		.ours = {ONCE "single 1 1", NULL},
		.peer = {"nproc", NULL},
		.target = TARGET_AT_MOST,
		.limit = 2,
		.rounds = 61,
	},
	{
		.name = "hwloc-load",
		.unit = "load",
		.ours = {"bench/discover 51", "ns"},
		.peer = {"bench/discover 51", "default_ns"},
		.target = TARGET_AT_MOST,
		.limit = 0.15,
		.rounds = 3,
	},
	CROWD("thread", "1000", 1.1, 15),
	CROWD("thread", "10000", 1.1, 7),
	CROWD("process", "1000", 1.2, 15),
	CROWD("process", "10000", 1.2, 7),
	{
		.name = "plan-65536",
		.unit = "plan",
		.ours = {"bench/plan 65536 7", "ns"},
		.peer = {"bench/plan 65536 7", "peer_ns"},
		.target = TARGET_AT_MOST,
		.limit = 1,
		.rounds = 3,
	},
	TOPOLOGY("8192", "pack:8%_core:1024%_pu:1", false),
	TOPOLOGY("16384", "pack:64%_core:256%_pu:1", true),
	{
		.name = "rows",
		.unit = "row",
		.ours = {"bench/rows 31", "row_ns"},
		.peer = {"bench/rows 31", "fprintf_ns"},
		.target = TARGET_AT_MOST,
		.limit = 0.5,
		.rounds = 3,
	},
	{
		.name = "checks",
		.unit = "worker",
		.ours = {"bench/checks 51", "checks_ns"},
		.peer = {"bench/checks 51", "share_ns"},
		.target = TARGET_AT_MOST,
		.limit = 0.02,
		.rounds = 3,
	},
	{
		.name = "turns",
		.unit = "20000-handovers",
		.ours = {"bench/turns 51", "turns_ns"},
		.peer = {"bench/turns 51", "floor_ns"},
		.target = TARGET_AT_MOST,
		.limit = 1.05,
		.rounds = 3,
	},
	CHECK("pin"),
	CHECK("looks"),
	CHECK("moves"),
	CHECK("sum"),
	PEER("single-floor", "single", "bench/floor single 1 %C " LESSON,
	     false),
	PEER("process-floor", "process", "bench/floor process %W %C " LESSON,
	     false),
	PEER("single-gcc-loop", "single", "bench/peer-loop " LESSON, false),
	PEER("thread-libomp", "thread", "bench/peer-libomp " LESSON, false),
	PEER("thread-tbb", "thread", "bench/peer-tbb " LESSON, true),
	PEER("single-numpy", "single", "python3 %S/bench/peer-numpy.py " LESSON,
	     true),
	SETUP("one", "single", LESSON, true),
	SETUP("threads", "thread", LESSON, true),
	SETUP("processes", "process", LESSON, true),
	{.name = NULL},
};
