#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Forced migrations: a worker that is not pinned is moved back and forth from
# outside, a known number of times.

# shellcheck source=tests/truth/lib.sh
. "$top_srcdir/tests/truth/lib.sh"

grep -q nr_migrations /proc/self/sched 2>/dev/null ||
	skip_all "this kernel does not count migrations"
other=$(other_cpu "$cpu")
test -n "$other" || skip_all "a single CPU: there is nowhere to move to"

# The program and its only worker run in the process that is found, so that
# its first figure is taken off.
count()
{
	awk '/nr_migrations/ { print $3 }' "/proc/$tool/sched" 2>/dev/null
}

measure -m single -b none -k chain 6G
tool_of "$limit"
sleep 0.2
# From here on it is on one CPU: only this test moves it.
taskset -p -c "$cpu" "$tool" >/dev/null
before=$(count)
moves=0
while test "$moves" -lt 8 && taskset -p -c "$other" "$tool" >/dev/null &&
    taskset -p -c "$cpu" "$tool" >/dev/null; do
	moves=$((moves + 2))
	sleep 0.02
done
after=$(count)
witness "$tool"
finished
is "$moves $((after - before))" "8 8" "eight moves, as the kernel counts"
show "before $before, after $after"
# Some more may have been before the first of ours.
migrations=$(value migrations)
test "$migrations" -ge 8 && test "$migrations" -le "$after"
ok $? "migrations: $migrations, of $after in all"
holds 'off <= 0.05 * compute + steal' "a move is no time asleep"
holds 'throttled == 0' "nor throttling"
holds 'wait - W2 <= 0.1 * wait + 50e6 && W2 - wait <= 0.1 * wait + 50e6' \
	"schedstat says the same of the waiting"

measure -m single -c "$cpu" -k chain 300M
finished
holds 'migrations == 0' "none where it is pinned"
finish
