#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# --sched: what the kernel says of a worker while it runs, and what it refuses.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

# policy_of PROCESS: as chrt(1) names it, with its priority.
policy_of()
{
	chrt -p "$1" 2>/dev/null | sed 's/.*: //' | tr '\n' ' '
}

# seen POLICY WANT: a worker of a process has it, the tool has its own.
seen()
{
	"$PINSUM" -q -r 1 --warmup 0 -m process -w 1 --sched="$1" \
		1 1000000000000000 >"$out" 2>"$err" &
	pid=$!
	i=0
	worker=''
	while test "$i" -lt 100 && { test -z "$worker" ||
	    test "$(policy_of "$worker")" != "$2"; }; do
		sleep 0.02
		worker=$(tr -d ' ' <"/proc/$pid/task/$pid/children")
		i=$((i + 1))
	done
	is "$(policy_of "$worker"), $(policy_of "$pid")" "$2, SCHED_OTHER 0 " \
		"--sched=$1: the worker has it, the tool not"
	kill "$pid"
	wait "$pid" 2>/dev/null
}

if have chrt; then
	seen batch "SCHED_BATCH 0 "
	seen idle "SCHED_IDLE 0 "
	seen other "SCHED_OTHER 0 "
	if chrt -f 5 true 2>/dev/null; then
		seen fifo:5 "SCHED_FIFO 5 "
		seen rr:6 "SCHED_RR 6 "
	else
		skip "real-time policies" "not allowed here"
	fi
else
	skip "what a worker has" "chrt is not installed"
fi

quick --sched=batch -m single,thread,process -w 1 -o sched,status \
	--noheadings 10
is "$status $(sort -u "$out" | tr '\t' ' ')" "0 batch ok" "in every mode"

if test "$(id -u)" -eq 0 && prlimit --rtprio=0 setpriv --reuid=65534 \
    --clear-groups --inh-caps=-all true 2>/dev/null; then
	cp "$PINSUM" "$scratch/pinsum" && chmod 755 "$scratch" \
		"$scratch/pinsum"
	for mode in single thread process; do
		status=0
		limited prlimit --rtprio=0 setpriv --reuid=65534 \
			--clear-groups --inh-caps=-all "$scratch/pinsum" -q \
			-r 1 --warmup 0 -m $mode -w 1 --sched=fifo:10 \
			-o status 10 >"$out" 2>"$err" || status=$?
		said=$(sed -n 's/^pinsum: .*: --sched/--sched/p' "$err")
		is "$status $said" \
			"1 --sched=fifo:10 was refused to worker 0: Operation \
not permitted; it needs CAP_SYS_NICE or ulimit -r" \
			"$mode: refused by name, not without a word"
	done
else
	skip "a policy that is refused" "no ordinary user to become"
fi
finish
