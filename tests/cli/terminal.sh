#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What only a terminal is shown: the picture of a plan, the line of progress.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

script -qec true /dev/null >/dev/null 2>&1 || skip_all "no script(1) here"

# terminal ARGUMENT...: the program on one, its standard error on another file.
terminal()
{
	limited script -qec "$* 2>$err" /dev/null </dev/null |
		tr -d '\r' >"$out"
}

terminal "$PINSUM -n -i 'pack:2 core:2 pu:2' -w 4 -m thread,process \
	-b close,none"
is "$(cat "$out" "$err")" "\
thread, process: 4 workers, places cores, bind close
package 0
  core 0  cpu0:w0  cpu1:-
  core 1  cpu2:w1  cpu3:-
package 1
  core 2  cpu4:w2  cpu5:-
  core 3  cpu6:w3  cpu7:-

thread, process: 4 workers, places cores, bind none
  not pinned: CPUs 0-7

wN: worker N; -: free; x: may not be used" "the picture of a plan"
terminal "$PINSUM -n -i 'core:2 pu:2' -w 12 --oversubscribe -m thread -c 0,2"
is "$(sed -n 2,3p "$out")" "\
core 0  cpu0:w0,w1,w2,w3,+2  cpu1:-
core 1  cpu2:w6,w7,w8,w9,+2  cpu3:-" "many workers of a CPU are counted"
terminal "$PINSUM -n -i 'pu:3' -m thread -w 2 -p threads"
is "$(sed -n 2p "$out")" "  cpu0:w0  cpu1:w1  cpu2:-" \
	"no more levels than the machine has"
cpu=$(usable_cpus | head -n 1)
if have taskset && test "$(usable_cpus | wc -l)" -gt 1; then
	terminal "taskset -c $cpu $PINSUM -n -m thread"
	grep -q " cpu$cpu:w0" "$out" && grep -q ' cpu[0-9]*:x' "$out"
	ok $? "CPUs that may not be used"
else
	skip "CPUs that may not be used" "no taskset, or a single CPU"
fi
terminal "$PINSUM -n -i 'core:2 pu:1' -m thread -w 2 -R plan -o cpus"
is "$(cat "$out")" "cpus
0
1" "rows, where they are asked for"

terminal "NO_COLOR=1 $PINSUM -q -m thread -w 1 --timeout=50ms -r 2 --warmup 0 \
	1 1000000000000000"
is "$(sed -n 's/^thread/thread/p' "$out" | tr -s ' ')" "thread 1 - - timeout" \
	"the table: a configuration without a run that is ok"
terminal "NO_COLOR= $PINSUM -q -m thread -w 1 --timeout=50ms -r 2 --warmup 0 \
	1 1000000000000000"
grep -Fq "$(printf '\033[31mtimeout\033[0m')" "$out"
ok $? "the table: in red"
# bars LABELS ARGUMENT...: rows with that many labels, then workers, time and
# no speed-up; how many have a bar behind.
bars()
{
	labels=$1
	shift
	terminal "NO_COLOR=1 $PINSUM -q -r 1 --warmup 0 -w 2 --oversubscribe \
		-m thread,process $* 1000"
	awk -v labels="$labels" '
		/^(thread|process) / { rows++; bars += NF > labels + 4 }
		END { print rows + 0, bars + 0 }' "$out"
}
is "$(bars 2 -s private,adjacent)" "4 4" "the table: bars"
is "$(bars 4 -s private,adjacent -k chain,portable -b close,spread)" "12 0" \
	"the table: no bars where labels leave no room"

# Runs of little more than a second, side by side: what each writes to standard
# error, and on a terminal, is in files of that name.
long='--warmup 0 --max-time=1200ms -r 1000000 -k chain -o status'
# progress NAME ARGUMENT...
progress()
{
	name=$scratch/$1
	shift
	# shellcheck disable=SC2086 # a list of words
	limited "$PINSUM" $long --warmup 1 -m thread -w 1 "$@" 10M \
		>"$name.out" 2>"$name" </dev/null &
}
# on_terminal NAME ARGUMENT...
on_terminal()
{
	name=$scratch/$1
	shift
	limited script -qec "$PINSUM $long -m single $* 10M >/dev/null" \
		/dev/null </dev/null >"$name" &
}

progress always --progress=always
progress never -q --progress=never
progress quiet -q
progress file
on_terminal unasked
on_terminal unasked-quiet -q
wait

escape=$(printf '\033')
erase=$(printf '\r\033[K')
lines=$(tr '\r' '\n' <"$scratch/always" | sed -n "s/^$escape\[K//p")
run='run [0-9]+ of 1000001(, [0-9]+:[0-9]{2} left)?'
echo "$lines" |
	grep -Eq "^configuration 1 \\(thread, 1\\), round [0-9]+, $run\$"
ok $? "the line of progress"
echo "$lines" | awk '/^conf/ && length > 79 { exit 1 }'
ok $? "within 80 columns"
grep -Fq "${erase}pinsum: " "$scratch/always"
ok $? "it is erased before a message"
# They did run: of each there is a summary.
for name in never quiet file; do
	test "$(wc -l <"$scratch/$name.out")" -eq 2
	ok $? "a summary: $name"
done
is "$(cat "$scratch/never")" "" "--progress=never"
is "$(cat "$scratch/quiet")" "" "no line where standard error is a file"
is "$(grep -Fc "$erase" "$scratch/file")" 0 "nor without --quiet"
grep -q "configuration 1 (single, 1), round" "$scratch/unasked"
ok $? "but on a terminal, unasked"
is "$(cat "$scratch/unasked-quiet")" "" "nor there with --quiet"
finish
