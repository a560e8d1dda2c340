#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The main job: one command, three rows, every sum right.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

columns='mode|workers|places|bind|kernel|sharing|wall_ns|wall_mad_ns'
columns="$columns|wall_p90_ns|spawn_ns|compute_ns|collect_ns"
columns="$columns|speedup|speedup_lo|speedup_hi|sum|status"

# three SUM WORKERS: the rows of all three modes.
three()
{
	printf '%s|ok\n' "single|1|$1" "thread|$2|$1" "process|$2|$1"
}

# sums SUM ARGUMENT...: two workers, whatever the machine has.
sums()
{
	sum=$1
	shift
	quick -w 2 --oversubscribe --noheadings -o mode,workers,sum,status "$@"
	prints "pinsum $*" "$(three "$sum" 2)"
}

run -q
is "$status" 0 "pinsum: exit status"
is "$(head -n 1 "$out" | tr '\t' '|')" "$columns" "pinsum: columns"
is "$(wc -l <"$out")" 4 "pinsum: a header and three rows"
table '$F["sum"] != "45000000150000000" || $F["status"] != "ok" ||
	$F["places"] != "cores" || $F["bind"] != "close" ||
	$F["sharing"] != "private"' "pinsum: 1 to 300000000"
is "$(cut -f 1 "$out" | tr '\n' ' ')" "mode single thread process " \
	"pinsum: one core, threads, processes"
table 'NR > 2 && $F["workers"] != cores && cores { print }
	{ cores = NR > 2 ? $F["workers"] : 0 }' \
	"pinsum: as many threads as processes"
table '$F["wall_ns"] !~ /^[1-9][0-9]*$/ ||
	$F["speedup"] !~ /^[0-9]+\.[0-9]+$/ ||
	$F["speedup_lo"] > $F["speedup"] || $F["speedup_hi"] < $F["speedup"]' \
	"pinsum: times and ratios of ten runs"
table '$F["mode"] == "single" && ($F["speedup"] $F["speedup_lo"] \
	$F["speedup_hi"] != "1.00001.00001.0000")' "pinsum: the baseline is 1"
whole=mode=thread,workers=1,places=cores,bind=close,kernel=chain
run -q -r 6 -w 1,2 --oversubscribe -m single,thread -k chain -b close \
	--baseline=$whole,sharing=private,ranks=NA \
	-o mode,workers,speedup 1000
table '$F["mode"] $F["workers"] == "thread1" && $F["speedup"] != "1.0000"' \
	"a baseline whose every column is named"

sums 55 1 10
sums 55 10
sums 10 10 10
sums 0 0 0
sums 1 1
sums 1 0 1
sums 3 1 2
sums 500500 1k
sums 500000500000 1M
sums 45000000150000000 300M
# Around the edges of 32-bit lanes.
sums 12884901888 4294967295 4294967297
sums 4294967295 4294967295 4294967295
sums 4294967296 4294967296 4294967296
sums 17179869178 4294967293 4294967296
# Past 64 bits.
sums 1000000999499999500000 999999999000000 1000000000000000
sums 1000000000000000 1000T 1000T
sums 999999999999999 999999999999999 999999999999999
sums 1999999999999999 999999999999999 1000T
sums 1000000000 1G 1G
sums 3000000003 1000M 1000000002

# More workers than integers: some have nothing to do.
quick -m thread,process -w 5 --oversubscribe --noheadings -R workers \
	-o mode,worker,first,last,sum,status 7 9
prints "five workers for three integers" "$(for mode in thread process; do
	printf '%s\n' "$mode|0|7|7|7|ok" "$mode|1|8|8|8|ok" "$mode|2|9|9|9|ok" \
		"$mode|3|NA|NA|0|ok" "$mode|4|NA|NA|0|ok"
done)"

# Every kernel that runs here, at lengths that are no multiple of any vector.
for kernel in $("$PINSUM" --list-kernels |
	awk -F'\t' '$2 == "yes" { print $1 }'); do
	quick -k "$kernel" -w 3 --oversubscribe --noheadings \
		-o mode,workers,kernel,sum,status 3 100004
	prints "kernel $kernel" "$(printf '%s|ok\n' \
		"single|1|$kernel|5000450007" "thread|3|$kernel|5000450007" \
		"process|3|$kernel|5000450007")"
done

# As the issue and the manual have it, with sort and awk.
quick -m thread,process -w 1-2 --oversubscribe -R runs --noheadings 1000
is "$(sort -t"$tab" -k4,4n -k3,3 "$out" |
	awk -F'\t' '{ printf "%s:%s:%s ", $3, $4, $20 }')" \
	"process:1:500500 thread:1:500500 process:2:500500 thread:2:500500 " \
	"rows for sort and awk"
finish
