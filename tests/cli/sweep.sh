#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Sweeps: every place and every pair of places, by their names.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

machine='pack:2 [numa] l3:2 core:2 pu:2'
cpu=$(usable_cpus | head -n 1)
other=$(usable_cpus | tail -n 1)

# teams ARGUMENT...: the places of each configuration, one after the other.
teams()
{
	run -n -R plan -o config,places --noheadings -i "$machine" "$@"
	uniq "$out" | cut -f 2 | tr '\n' ' '
}

is "$(teams --sweep=places)" "core:0 core:1 core:2 core:3 core:4 core:5 core:6 \
core:7 cores " "places: each of them, then all"
is "$(teams --sweep=places -m single -p 'sockets')" "package:0 package:1 " \
	"places: one worker cannot be on all"
is "$(teams --sweep=pairs -p ll_caches)" "l3:0,l3:1 l3:0,l3:2 l3:0,l3:3 \
l3:1,l3:2 l3:1,l3:3 l3:2,l3:3 " "pairs: each two of them"
is "$(teams --sweep=pairs -p package:1.core:0.pu:0,pu:0,core:1)" \
	"pu:8,pu:0 pu:8,core:1 pu:0,core:1 " "pairs: in the order of the list"
is "$(teams --sweep=pairs -p '{pu:0,pu:9},numanode:1')" \
	"{pu:0,pu:9},numanode:1 " "pairs: a place that no level names"
is "$(teams --sweep=pairs -c 5,3-4)" "5,3 5,4 3,4 " \
	"pairs: CPU numbers with --cpu-list"

# again ARGUMENT...: each row's places, given back, are the same CPUs.
again()
{
	run -n -R plan -o config,places,worker,cpus --noheadings \
		-i "$machine" --sweep=pairs --whole-place "$@"
	cp "$out" "$scratch/pairs"
	option=--places
	test "$1" != -c || option=--cpu-list
	cut -f 2 "$scratch/pairs" | uniq | while read -r places; do
		run -n -R plan -o worker,cpus --noheadings -i "$machine" \
			-m thread -w 2 --whole-place $option "$places"
		cat "$out" "$err"
	done >"$scratch/again"
	is "$(cut -f 3,4 "$scratch/pairs" | cmp - "$scratch/again" 2>&1)" "" \
		"names that can be given back: $*"
	ok "$(test -s "$scratch/again"; echo $?)" "there are some: $*"
}

again -p threads
again -p cores
again -p sockets
again -p 'core:3,{pu:1,pu:14},l3:2'
again -c 0,9,4

run -n -R plan -o places --noheadings -i 'pack:200 core:1 pu:1' --sweep=pairs
is "$(wc -l <"$out") $(sort -u "$out" | wc -l)" "39800 19900" \
	"19,900 pairs of 200 cores, two workers each"
run -n -R plan -o mode,workers,bind,place --noheadings -i "$machine" \
	--sweep=pairs -m thread,process -s private,turns --ipc=shm,pipe
is "$(sort "$out" | uniq -c | tr -s ' \t' ' ')" \
	" 112 process 2 close 0
 112 process 2 close 1
 56 thread 2 close 0
 56 thread 2 close 1" "pairs times modes, sharings and ipc"

# Here, two CPUs or one twice.
quick --sweep=pairs -c "$cpu,$other,$cpu" -s private,turns,gil \
	-m thread,process \
	-o mode,workers,places,bind,sharing,nearest,sum,status,speedup 2003
is "$(tail -n +2 "$out" | cut -f 2-4 | sort | uniq -c | tr -s ' \t' ' ')" \
	"$(printf '%s\n' " 6 2 $cpu,$cpu close" " 6 2 $cpu,$other close" \
	" 6 2 $other,$cpu close" | sort)" "pairs that are measured"
table '$F["sum"] != "2007006" || $F["status"] != "ok" ||
	$F["speedup"] != "NA"' \
	"pairs: every sum is right, and there is no baseline"
TWICE=$cpu,$cpu
export TWICE
table '$F["places"] == ENVIRON["TWICE"] && $F["nearest"] != "pu" ||
	$F["nearest"] !~ \
		/^(pu|core|l[2-5]|die|numanode|package|group|machine)$/' \
	"pairs: the nearest level that they share"
run -q --sweep=places -c "$cpu,$other" -m single,thread -r 2 --warmup 0 \
	-R runs -o config,run,mode,workers,places,nearest,status 1000
is "$(tail -n +2 "$out" | tr '\t' ' ')" "1 1 single 1 $cpu NA ok
2 1 single 1 $other NA ok
3 1 thread 1 $cpu NA ok
4 1 thread 1 $other NA ok
5 1 thread 2 $cpu,$other NA ok
5 2 thread 2 $cpu,$other NA ok
4 2 thread 1 $other NA ok
3 2 thread 1 $cpu NA ok
2 2 single 1 $other NA ok
1 2 single 1 $cpu NA ok" "places that are measured, there and back"
quick --sweep=places -c "$cpu" -m single,thread -o mode,places,speedup 1000
is "$(tail -n +2 "$out" | wc -l) $(grep -c NA "$out")" "2 0" \
	"one place: no second row for all, a baseline on the same place"

refuses_like "--sweep and --workers exclude each other" --sweep=pairs -w 2
refuses_like "--sweep and --bind exclude each other" --sweep=places -b spread
refuses_like "--sweep=pairs needs two workers" --sweep=pairs -m thread,single
refuses_like "--sweep=pairs: there is no pair in '$cpu'" --sweep=pairs -c "$cpu"
refuses_like "--sweep: 'place' is none of places, pairs" --sweep=place
finish
