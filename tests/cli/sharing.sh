#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The ways to share a sum, work that waits, and where shared memory lives.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

all=private,adjacent,atomic,mutex,turns,gil

# sums TEXT ROWS SUM ARGUMENT...
sums()
{
	text=$1 rows=$2 sum=$3
	shift 3
	quick --oversubscribe -o mode,workers,sharing,kernel,sum,status "$@"
	table '$F["sum"] != "'"$sum"'" || $F["status"] != "ok"' "$text"
	is "$(wc -l <"$out")" $((rows + 1)) "$text: $rows rows"
}

sums "1 to 4 workers" 54 2007006 -w 1-4 -s $all 2003
table '($F["kernel"] == "NA") != ($F["sharing"] ~ /adj|atomic|mutex|turns/)' \
	"what meets at every integer has no kernel"
sums "more workers than integers" 18 6 -w 8 -s $all 1 3
sums "no more than one integer" 18 7 -w 2 -s $all 7 7
# Counters of 64 bits wrap, several times and in each worker.
sums "past 64 bits" 35 119999999992800060000 -w 1-3 \
	-s private,adjacent,atomic,mutex,gil 999999999880001 1000000000000000
sums "past 64 bits, in turns" 3 39999999999200020000 -w 2 -s turns \
	999999999960001 1000000000000000
sums "each configuration once" 6 2007006 -m thread -w 1,2 \
	-s atomic,gil,atomic,turns -k auto,auto 2003
quick -m single -s private,turns -o last
is "$(sort -u "$out" | tr '\n' ' ')" "1000000 last " \
	"one that meets at every integer makes the range short for all"
quick -m single -s private,gil -o last
is "$(sort -u "$out" | tr '\n' ' ')" "300000000 last " "the others do not"
refuses_like "--sharing: 'mutual' is none of private" -s mutual

# sharers SHARING: the sum of a worker's own part is known, or not.
sharers()
{
	quick -m thread,process -w 2 --oversubscribe -R workers -s "$1" \
		-o sum,status 1000
	sort -u "$out" | tr '\t\n' '  '
}

for sharing in private adjacent gil; do
	is "$(sharers $sharing)" "125250 ok 375250 ok sum status " \
		"$sharing: each worker has a sum of its own"
done
for sharing in atomic mutex turns; do
	is "$(sharers $sharing)" "NA ok sum status " \
		"$sharing: no worker has"
done

# Two workers of 500 integers sleep 5 times 4 ms each; half of it is asked for,
# since another program may have the CPU when a sleep is due.
quick --block=4ms/100 -w 2 --oversubscribe -s $all -R runs \
	-o mode,sharing,off_ns,switches_voluntary,block_ns,sum,status 1000
table '$F["off_ns"] != "NA" && $F["off_ns"] < 20000000 ||
	$F["block_ns"] != 4000000 || $F["sum"] != "500500" ||
	$F["status"] != "ok"' "work that waits is asleep"
quick --block=1h/1001 -m single -s $all 1000
table '$F["sum"] != "500500"' "a sleep that does not come due"
for bad in 10ms 10ms/ /5 0/5 10ms/0 x/5 10ms/-1; do
	refuses_like "--block: '$bad' is not TIME/COUNT" --block=$bad
done

# Every hand-over of the lock is a sleep of the one that asked for it.
quick -k chain -s gil --gil-interval=1ms -w 2 --oversubscribe \
	-m thread,process -R workers -o switches_voluntary,status 200M
table '$F["status"] != "ok" || $F["switches_voluntary"] < 2' \
	"gil: the lock goes back and forth, and both workers finish"
quick -k chain -s gil --gil-interval=1h -w 2 --oversubscribe \
	-m thread,process -o sum,status 10M
table '$F["sum"] != "50000005000000"' "gil: a lock that is never asked for"
for mode in thread process; do
	run -q -r 1 --warmup 0 -s gil --gil-interval=1h -m $mode -w 2 \
		--oversubscribe --timeout=100ms -o status 1000000000000000
	is "$status $(tail -n 1 "$out") $(grep -c 'cannot be ended' "$err")" \
		"4 timeout 0" "gil, $mode: who waits for it can be ended"
done
refuses "--gil-interval: '0' is not a time such as 200us, 5ms, 2s or 10m" \
    --gil-interval=0

# late SHARING MODE: nobody hangs who waits for another.
late()
{
	run -q -r 1 --warmup 0 -s "$1" -m "$2" -w 3 --oversubscribe \
		--timeout=100ms -o status 1000000000000000
	is "$status $(tail -n 1 "$out") $(grep -c 'cannot be ended' "$err")" \
		"4 timeout 0" "$1, $2: ends at --timeout"
}

for sharing in adjacent atomic mutex turns; do
	late $sharing thread
	late $sharing process
done

quick -m thread -s $all -o sharing,membind 1000
table '($F["membind"] == "NA") != ($F["sharing"] == "private") ||
	$F["membind"] !~ /^(NA|numanode:[0-9]+)$/' \
	"membind: the node of what is shared"
last=$(sed -n '$s/.*\t//p' "$out")
if test "$last" = NA; then
	skip "membind: a node by its aliases" "the kernel does not bind memory"
else
	for name in numanode NUMA node Node; do
		quick -m thread -s gil -o membind \
			--membind="$name:${last#numanode:}" 1000
		is "$(tail -n 1 "$out")" "$last" "membind: $name"
	done
fi
refuses_like \
	"--membind: there is no 'numanode:4095': this machine has [0-9]+ " \
	-s atomic --membind=numanode:4095
for bad in 0 core:0 numanode numanode: numanode:-1 numanode:x; do
	refuses_like "--membind: '$bad' is not a NUMA node such as" \
		-s atomic --membind=$bad
done
if have strace && strace -o "$scratch/calls" true 2>/dev/null; then
	status=0
	# Leaks cannot be looked for in what strace traces.
	ASAN_OPTIONS=detect_leaks=0 \
	limited strace -f -qqq -o "$scratch/calls" -e inject=mbind:error=EPERM \
		"$PINSUM" -s atomic --membind=node:0 1000 >"$out" 2>"$err" ||
		status=$?
	is "$status $(cat "$out" "$err")" "1 pinsum: --membind: the kernel \
gives no memory on 'node:0': Operation not permitted" \
		"membind: what the kernel refuses is an error"
else
	skip "membind: what the kernel refuses" "no strace"
fi
finish
