#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A competitor of known share: with one other process on its CPU, of the same
# weight, a worker waits for as long as it runs.

# shellcheck source=tests/truth/lib.sh
. "$top_srcdir/tests/truth/lib.sh"

test -r /proc/self/schedstat || skip_all "this kernel has no schedstat"

# Alone, as far as the machine allows: the work itself.
measure -m single -c "$cpu" -k chain 1500M
finished
alone=$(value cpu_ns)

taskset -c "$cpu" sh -c 'while :; do :; done' &
hog=$!
trap 'stop "$hog"; rm -rf "$scratch"' EXIT
measure -m single -c "$cpu" -k chain 1500M
tool_of "$limit"
witness "$tool"
finished
stop "$hog"
W3=$alone
# Further processes on that CPU can only make it wait longer.
holds 'wait >= 0.8 * cpu' "a competitor of the same weight is waited for"
holds 'off <= 0.05 * compute + steal' "it is not time asleep"
holds 'cpu >= 0.6 * W3 && cpu <= 1.6 * W3' \
	"nor time on the CPU, which is as it was alone"
holds 'throttled == 0 && migrations == 0' "nor throttling, nor a move"
holds 'wait - W2 <= 0.1 * wait + 50e6 && W2 - wait <= 0.1 * wait + 50e6' \
	"schedstat says the same of the waiting"
holds 'cpu - W1 <= 0.1 * cpu + 50e6 && W1 - cpu <= 0.1 * cpu + 50e6' \
	"and of the CPU time"
finish
