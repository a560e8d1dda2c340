#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Sleeps of known length: ten of 20 ms are off_ns, and nothing else.

# shellcheck source=tests/truth/lib.sh
. "$top_srcdir/tests/truth/lib.sh"

test -r /proc/self/schedstat || skip_all "this kernel has no schedstat"

measure -m single -c "$cpu" --block=20ms/1M 10M
finished
holds 'off >= 200e6' "ten sleeps of 20 ms are in off_ns"
holds 'cpu + wait <= compute - 200e6' "and not in the rest"
holds 'throttled == 0 && migrations == 0' "nor in throttling or moves"
holds 'voluntary >= 10 && voluntary <= 12' "as ten voluntary switches"

for mode in thread process; do
	measure -m $mode -w 1 -c "$cpu" --block=20ms/1M 10M
	finished
	holds 'off >= 200e6 && cpu + wait <= compute - 200e6' \
		"the same of a $mode"
done

# What was not slept, as others count it.
if test -x /usr/bin/time && /usr/bin/time -f %e true 2>/dev/null; then
	/usr/bin/time -o "$scratch/time" -f '%U %S %w' \
		timeout 60 "$PINSUM" -q -r 1 --warmup 0 -R runs --output-all \
		-m single -c "$cpu" --block=20ms/50M -k chain 500M \
		>"$out" 2>"$err"
	W1=$(awk '{ print ($1 + $2) * 1e9 }' "$scratch/time")
	W2=$(awk '{ print $3 }' "$scratch/time")
	holds 'cpu <= W1 + 20e6 && cpu >= W1 - 100e6' \
		"getrusage says the same of the CPU time"
	holds 'voluntary <= W2' "and of the switches"
else
	skip "getrusage" "GNU time is not installed"
fi
if have perf && perf stat -x, -o "$scratch/perf" \
    -e task-clock,context-switches,cpu-migrations \
    timeout 60 "$PINSUM" -q -r 1 --warmup 0 -R runs --output-all \
    -m single -c "$cpu" --block=20ms/50M -k chain 500M >"$out" 2>"$err"; then
	W1=$(awk -F, '/task-clock/ { print $1 * 1e6 }' "$scratch/perf")
	holds 'cpu <= W1 + 20e6 && cpu >= W1 - 100e6' \
		"perf's task-clock says the same of the CPU time"
else
	skip "perf" "perf is not here, or not allowed"
fi
finish
