#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The ranks of a host plan together, within what the launcher gave them; and
# plans for hosts that are not here.

# shellcheck source=tests/mpi/lib.sh
. "$top_srcdir/tests/mpi/lib.sh"

node='package:2 core:2 pu:2'
program=$PINSUM_MPI

# rows TEXT ROWS: what is in $out, the tab as a blank.
rows()
{
	is "status $status
$(tr '\t' ' ' <"$out")" "status 0
$2" "$1"
	is "$(ours)" '' "$1: no message"
}

# Two ranks on one host, one on another, none of them here.
cluster()
{
	cp "$top_srcdir/tests/topologies/hybrid.xml" "$scratch/big.xml"
	mpirun_ -n 2 "$program" -n -i "$node" -m thread -w 2 \
	    -o cpus,host,rank,ranks,allotment : \
	    -n 1 "$program" -n --input "$scratch/big.xml" -m thread -w 2 \
	    -o cpus,host,rank,ranks,allotment
	rows "a plan of two hosts" "cpus host rank ranks allotment
0 package:2%20core:2%20pu:2 0 3 split
2 package:2%20core:2%20pu:2 0 3 split
4 package:2%20core:2%20pu:2 1 3 split
6 package:2%20core:2%20pu:2 1 3 split
0 big 2 3 given
2 big 2 3 given"
}

# Ways to write --input: no difference.
spelled()
{
	mpirun_ -n 1 "$program" -n -i "core:1 pu:1" -m thread -w 1 -o rank : \
	    -n 1 "$program" "-nicore:2 pu:1" -m thread -w 1 -o rank : \
	    -n 1 "$program" -ni "core:3 pu:1" -m thread -w 1 -o rank : \
	    -n 1 "$program" -n -m thread --in "core:4 pu:1" -w 1 -o rank : \
	    -n 1 "$program" -n -m thread -w 1 --input="core:5 pu:1" -o rank
	rows "--input in other words" "rank
0
1
2
3
4"
}

# Cores stay whole where there are enough; then PUs are dealt.
split()
{
	mpirun_ -n 3 "$program" -n -i "$node" -m thread -w pus -p threads \
	    --oversubscribe -o cpus,rank 2>&1
	is "$(ours)" "pinsum-mpi: rank 1 on $node: what would run here is not \
that of rank 0: 'configuration 1: mode thread, 2 workers, places threads, \
bind close, kernel $kernel, sharing private, ipc NA, ranks 3' instead of \
'configuration 1: mode thread, 4 workers, places threads, bind close, kernel \
$kernel, sharing private, ipc NA, ranks 3'; name it, with --workers, --kernel \
and the like" "ranks with other numbers of CPUs are told"
	mpirun_ -n 3 "$program" -n -i "$node" -m thread -w 2 -p threads \
	    -o cpus,rank
	rows "four cores for three" "cpus rank
0 0
1 0
4 1
5 1
6 2
7 2"
	mpirun_ -n 5 "$program" -n -i "$node" -m thread -w 1 \
		-o cpus,rank,allotment
	rows "eight PUs for five" "cpus rank allotment
0 0 split
2 1 split
4 2 split
6 3 split
7 4 split"
}

too_many()
{
	mpirun_ -n 9 "$program" -n -i "$node" -m thread -w 1
	is "$(ours | sed 's/rank 0 on [^:]*: //')" "pinsum-mpi: 9 ranks on \
host $node do not fit on its CPUs (0-7); --oversubscribe lets them share" \
	    "more ranks than CPUs are refused"
	test "$status" -ne 0 && test ! -s "$out"
	ok $? "and nothing is written"
	mpirun_ -n 9 "$program" -n -i "$node" -m thread -w 1 --oversubscribe \
	    -o cpus,allotment
	is "$(sed 1d "$out" | tr '\t\n' '  ')" "0 shared 0 shared 1 shared \
2 shared 3 shared 4 shared 5 shared 6 shared 7 shared " \
	    "--oversubscribe deals single CPUs"
}

# given CPUS CPUS: two ranks that taskset gave that.
given()
{
	mpirun_ -n 1 taskset -c "$1" "$program" -q -r 1 -m thread,single -w 1 \
	    -R workers -o cpus,cpu_last,rank,allotment 1000 : \
	    -n 1 taskset -c "$2" "$program" -q -r 1 -m thread,single -w 1 \
	    -R workers -o cpus,cpu_last,rank,allotment 1000
}

here()
{
	if ! have taskset || test "$(usable_cpus | wc -l)" -lt 2; then
		skip "what taskset gave" "no taskset, or one CPU"
		return
	fi
	a=$(usable_cpus | sed -n 1p)
	b=$(usable_cpus | sed -n 2p)
	given "$a,$b" "$a,$b"
	rows "one set for both is split" "cpus cpu_last rank allotment
$a $a 0 split
$b $b 1 split
$a $a 0 split
$a $a 0 split
$b $b 1 split"
	given "$b" "$a"
	rows "sets of their own are honoured" "cpus cpu_last rank allotment
$b $b 0 given
$a $a 1 given
$b $b 0 given
$b $b 0 given
$a $a 1 given"
	given "$a,$b" "$a"
	rows "sets that overlap stay as they are" "cpus cpu_last rank allotment
$a $a 0 overlap
$a $a 1 overlap
$a $a 0 overlap
$a $a 0 overlap
$a $a 1 overlap"
	mpirun_ -n 2 taskset -c "$a,$b" "$program" -q -r 1 -m thread -w 1 \
	    -b none -R workers -o cpus,rank 1000
	rows "a worker that is not pinned stays in its rank's part" "cpus rank
$a 0
$b 1"
}

sorted_out()
{
	ranks 2 -n -m thread,process -w 2 --oversubscribe
	is "$(cut -f 1,17 "$out" | sed 1d | uniq -c | tr -s ' \t' ' ' |
		tr '\n' ',')" " 2 1 0, 2 2 0, 2 1 1, 2 2 1," \
	    "the rows of rank 0 come first, then rank 1's"
}

kernel=$("$PINSUM" -q -r 1 --warmup=0 -m single -o kernel --noheadings)
cluster
spelled
split
too_many
here
sorted_out
finish
