#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One, two, four and eight ranks: totals, who added what, pins, and rows that
# are put together.

# shellcheck source=tests/mpi/lib.sh
. "$top_srcdir/tests/mpi/lib.sh"

# Of a range that is no multiple of anything.
first=17
last=1000003
sum=500003499870 # n (first + last) / 2

all_modes()
{
	ranks "$1" -r 2 -w 2 --order=sequential "$first" "$last"
	rows=4
	test "$1" -eq 1 && rows=3
	table "
		\$F[\"sum\"] != \"$sum\" || \$F[\"status\"] != \"ok\"
		{ alone += \$F[\"ranks\"] == 1 }
		\$F[\"rank\"] == \"NA\" { all++ }
		\$F[\"ranks\"] == 1 && \$F[\"rank\"] != 0 { print }
		END {
			if (NR != $rows + 1) print \"rows: \" NR
			if ($1 > 1 && (alone != 1 || all != 3))
				print alone \" alone, \" all \" together\"
		}" "$mpi, $1 ranks: every mode has the sum"
	silent "$mpi, $1 ranks"
	is "$(sed 1q "$out" | tr '\t' ' ' | sed 's/.* status/status/')" \
	    "status host rank ranks" "host, rank and ranks are appended"
}

# Each integer by one worker, each worker on the CPU of its pin.
who_added_what()
{
	ranks "$1" -r 1 -m thread -w 3 -R workers --output-all "$first" "$last"
	is "$(sed 1d "$out" | wc -l)" $((3 * $1)) "$1 ranks: three rows of each"
	tab_sorted=$scratch/sorted
	{
		sed 1q "$out"
		sed 1d "$out" |
			sort -s -t "$tab" -k "$(column first),$(column first)n"
	} >"$tab_sorted"
	mv "$tab_sorted" "$out"
	table "
		NR == 2 { next_one = $first }
		\$F[\"first\"] != next_one { print \"gap before \" \$0 }
		{ next_one = \$F[\"last\"] + 1 }
		\$F[\"rank\"] != int((NR - 2) / 3) { print \"rank: \" \$0 }
		\$F[\"cpus\"] != \$F[\"cpu_first\"] ||
		    \$F[\"cpu_first\"] != \$F[\"cpu_last\"] {
			print \"pin: \" \$0 }
		\$F[\"host\"] != \"$(uname -n)\" { print \"host: \" \$0 }
		END { if (next_one != $last + 1)
			print \"ends at \" next_one }" \
	    "$1 ranks: the range is cut over ranks, then workers"
}

# column NAME: its number in $out.
column()
{
	sed 1q "$out" | tr '\t' '\n' | grep -nx "$1" | cut -d : -f 1
}

# Rows of the ranks are in their order, each run whole.
merged()
{
	ranks 4 -r 3 -m single,process -w 2 -R workers \
	    -o config,run,rank,worker --order=sequential "$last"
	is "$(sed 1d "$out" | tr '\t' ' ')" "$(
		for run in 1 2 3; do
			echo "1 $run 0 0"
		done
		for run in 1 2 3; do
			for rank in 0 1 2 3; do
				echo "2 $run $rank 0"
			done
		done
		for run in 1 2 3; do
			for rank in 0 1 2 3; do
				printf '%s\n' "3 $run $rank 0" "3 $run $rank 1"
			done
		done)" "rows of four ranks are merged"
}

# Beyond 64 bits, which no rank alone may get to.
large()
{
	ranks 8 -r 1 -m single -o sum,status 999999999900000 1000000000000000
	is "$(sed 1d "$out" | sort -u | tr '\t' ' ')" \
	    "100000999994999950000 ok" "a sum past 64 bits"
}

fewer_integers()
{
	ranks 8 -r 1 -w 2 -o sum,status 3
	is "$(sed 1d "$out" | sort -u | tr '\t' ' ')" "6 ok" \
	    "more ranks than integers"
	ranks 8 -r 1 -m single -o sum,status 0 0
	is "$(sed 1d "$out" | sort -u | tr '\t' ' ')" "0 ok" "nothing to add"
}

# Every way to share and to hand back, in each rank.
sharings()
{
	ranks 2 -r 1 -m thread,process -w 2 --ipc=shm,pipe,socket \
	    -s private,adjacent,atomic,mutex,turns,gil -o sum,status 5000
	is "$(sed 1d "$out" | sort | uniq -c | tr -s ' \t' ' ')" \
	    " 24 12502500 ok" "two ranks, every sharing and ipc"
}

# Of each round, whatever its order; the seed is rank 0's.
shuffled()
{
	ranks 4 -r 4 -b 'close,random' --order=shuffle \
		-R runs -o run,sum,status \
	    1000
	is "$(sed 1d "$out" | cut -f 2,3 | sort -u | tr '\t' ' ')" \
	    "500500 ok" "shuffled rounds are the same in all ranks"
	ranks 4 -r 3 --precision=0.001 --max-time=1s -o runs,status 1000
	is "$status $(sed 1d "$out" | cut -f 2 | sort -u)" "0 ok" \
	    "rank 0 decides when it is enough"
}

comparison()
{
	ranks 2 -r 6 -m single,thread -w 1 -o mode,ranks,speedup,efficiency 1000
	table '
		$F["ranks"] == 1 && $F["speedup"] != "1.0000" { print }
		$F["speedup"] == "NA" { print }
		function off(a, b) { return a > b ? a - b : b - a }
		off($F["efficiency"] * $F["ranks"], $F["speedup"]) > 0.0002 {
			print
		}' \
		"the baseline is rank 0 alone, efficiency is over all workers"
	ranks 2 -r 6 -m thread -w 1 -b close,none --baseline=bind=none \
	    -o bind,speedup 1000
	table '$F["bind"] == "none" && $F["speedup"] != "1.0000" { print }
		$F["speedup"] == "NA" { print }' "--baseline=bind=none"
}

environment()
{
	ranks 3 -r 1 -m single -R environment -R summary:"$scratch/summary" 1000
	is "$(grep -c '^command_line' "$out") $(awk 'NR > 1 { print $NF }' \
	    "$out" | sort -u)" "1 0" "the environment, once for each host"
	test -s "$scratch/summary"
	ok $? "a report in a file is rank 0's"
}

for n in 1 2 4 8; do
	all_modes "$n"
	who_added_what "$n"
done
merged
large
fewer_integers
sharings
shuffled
comparison
environment
finish
