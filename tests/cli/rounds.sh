#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The order of the runs and what ends them: --order, --runs, --warmup,
# --precision, --max-time.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

# ordered ARGUMENT...: the configurations of three in the order of their runs.
ordered()
{
	run --warmup 0 -m thread -w 1 -b close,none,spread -R runs -o config \
		--noheadings "$@" 10
	tr '\n' ' ' <"$out"
}

is "$(ordered -r 4)" "1 2 3 3 2 1 1 2 3 3 2 1 " \
	"every other round goes backwards"
is "$(ordered -r 4 --order=interleave)" "1 2 3 3 2 1 1 2 3 3 2 1 " \
	"which is interleave"
is "$(ordered -r 3 --order=sequential)" "1 1 1 2 2 2 3 3 3 " \
	"sequential: one after the other"

first=$(ordered -r 20 --order=shuffle:7)
grep -q '^pinsum: rounds are shuffled with seed 7$' "$err"
ok $? "shuffle: its seed is said"
is "$(ordered -r 20 --order=shuffle:7)" "$first" "the same seed, the same order"
is "$(echo "$first" | tr ' ' '\n' | sed '/^$/d' | paste -d ' ' - - - |
	tr ' ' '\n' | awk '{ n[int((NR - 1) / 3) " " $1]++ }
	END { for (i in n) if (n[i] != 1) print i; print NR }')" 60 \
	"each round has each configuration once"
is "$(test "$(ordered -r 20 --order=shuffle:8)" = "$first"; echo $?)" 1 \
	"another seed, another order"
is "$(test "$(echo "$first" | tr ' ' '\n' | sed '/^$/d' | paste - - - |
	sort -u | wc -l)" -gt 2; echo $?)" 0 "rounds differ"
ordered -r 1 --order=shuffle >/dev/null
seed=$(sed -n 's/.*shuffled with seed //p' "$err")
ordered -r 1 --order=shuffle >/dev/null
is "$(grep -c "seed $seed\$" "$err")" 0 "without a seed, another each time"

run -q -r 3 --warmup 5 -m single -R runs -o run --noheadings 10
is "$(tr '\n' ' ' <"$out")" "1 2 3 " "warm-up is not counted"

# stopped PATTERN TEXT ARGUMENT...: what ended it is said.
stopped()
{
	pattern=$1 text=$2
	shift 2
	run --warmup 0 -m single,thread -w 1 -o runs --noheadings "$@"
	grep -Eq "^pinsum: stopped by $pattern\$" "$err" &&
		test "$status" -eq 0
	ok $? "$text"
	rounds=$(sed -n 's/.* after \([0-9]*\) round.*/\1/p' "$err")
	is "$(sort -u "$out")" "$rounds" "$text: as many rounds as it says"
}

within='the interval of every median is within 90 %'
stopped "--precision after [0-9]+ rounds: $within" \
	"--precision" --precision=90 -r 6 10k
is "$((rounds >= 6))" 1 "--precision: --runs is the least"
within='the interval of the median of configuration [12] is within'
stopped "--max-time after [0-9]+ rounds: $within [0-9.e+-]+ %" \
	"--max-time, with --precision" --precision=0.0001 --max-time=200ms \
	-r 6 1M
# On a busy machine one round may take as long.
stopped '--max-time after [0-9]+ rounds?' "--max-time" --max-time=100ms \
	-r 1000000 10k
stopped '--max-time after 1 round' "too few for an interval" \
	--precision=1 --max-time=1us -r 2 10k
run --warmup 0 -m single,thread -w 1 -R runs -o config --noheadings -q \
	--order=sequential --max-time=200ms -r 1000000 10k
is "$(uniq "$out" | tr '\n' ' ')" "1 2 " \
	"sequential: each has its share of --max-time"
finish
