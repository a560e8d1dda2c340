#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Where workers are, as the kernel shows it, and what may not be used.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

a=$(usable_cpus | head -n 1)
b=$(other_cpu "$a")
count=$(usable_cpus | wc -l)

# seated TEXT: every worker began and ended where it is pinned.
seated()
{
	table '$F["cpus"] != $F["cpu_first"] || $F["cpus"] != $F["cpu_last"] ||
		$F["migrations"] > 0 || $F["cpu_stray"] != "NA" ||
		$F["status"] != "ok"' "$1"
}

# unasked TEXT: very short parts are not asked for waiting and moves: 0 where
# the worker was not switched out, NA where it was.
unasked()
{
	table '{
		switches = $F["switches_voluntary"] + $F["switches_involuntary"]
		want = switches ? "NANA" : "00"
		if ($F["wait_ns"] $F["migrations"] != want)
			print
	}' "$1"
}

# cpus_of TEXT WANT ARGUMENT...: the CPUs of the workers, in their order.
cpus_of()
{
	text=$1 want=$2
	shift 2
	quick --noheadings -R workers -o cpus "$@" 100000
	is "$status $(tr '\n' ' ' <"$out")$(cat "$err")" "0 $want " "$text"
}

# Parts long enough to be asked for moves, whatever the number of CPUs.
run -q -r 3 -R workers --output-all 300M
seated "cores: all workers stay where they are pinned"
run -q -r 3 -p threads -w pus -R workers --output-all 300M
seated "threads: all workers stay where they are pinned"
is "$(awk -F'\t' '$1 == 2 && $2 == 1 { print $5 }' "$out" | sort -n)" \
	"$(usable_cpus)" "threads: each CPU that may be used, and no other"

cpus_of "-c: the CPU named" "$a $a $a" -c "$a"
cpus_of "-c: repeats are kept" "$a $a $a" -m single,thread -w 2 -c "$a,$a"
cpus_of "--oversubscribe: all on one CPU" "$a $a $a" -m process -w 3 \
	-c "$a" --oversubscribe
if test -n "$b"; then
	cpus_of "-c: order is kept" "$b $a" -m thread -w 2 -c "$b,$a"
	cpus_of "-c: order and repeats" "$b $a $b" -m process -w 3 -c "$b,$a,$b"
	cpus_of "--oversubscribe: two places" "$a $a $b" -m thread -w 3 \
		-c "$a,$b" --oversubscribe
else
	skip "-c: order" "one CPU only"
fi
quick -c "$a" -w 1 --noheadings -o places,workers,bind 10
prints "-c: places are CPU numbers" "$(printf "$a|1|close\n%.0s" 1 2 3)"

# No pin at all: the set that was inherited.
quick -b none -w 1 --noheadings -R workers \
	-o mode,core,package,numa,status 10
prints "-b none: no core" "$(printf '%s|NA|NA|NA|ok\n' single thread process)"
refuses_like "2 workers .* 1 place" -b none -w 2 -c "$a"

refuses_like "CPU 8191 .*usable CPUs: " -c 8191
refuses_like "CPU 8191 .*usable CPUs: " -c "$a,8191"
refuses_like "CPU 8191 " -n -c 8191
refuses_like "$((count + 1)) workers .* $count place" -p threads \
	-w "$((count + 1))"
refuses_like "3 workers .* 1 place" -m thread -c "$a" -w 1,3
refuses_like "3 workers .* 1 place" -n -c "$a" -w 3
quick -m single -w 9999 --noheadings -o mode,workers 10
prints "single needs one place" "single|1"

# A smaller set is inherited.
under()
{
	cpu=$1
	shift
	limited taskset -c "$cpu" "$PINSUM" -q -r 1 --warmup 0 "$@" >"$out" \
		2>"$err"
	status=$?
}

if have taskset; then
	for cpu in $a $b; do
		under "$cpu" -R workers --noheadings -o mode,cpus 1000
		prints "taskset -c $cpu: that one alone" \
			"$(printf "%s|$cpu\n" single thread process)"
		under "$cpu" -w 2 10
		is "$status$(cat "$out")" 1 "taskset -c $cpu: two workers"
		message="^pinsum: 2 workers do not fit on 1 .*CPUs: $cpu)"
		ok "$(grep -q "$message" "$err"; echo $?)" \
			"taskset -c $cpu: both numbers named"
		under "$cpu" -b none -R workers --noheadings -o cpus \
			-m thread 10
		prints "taskset -c $cpu: -b none" "$cpu"
		under "$cpu" -R environment --noheadings -n
		is "$(grep ^allowed_cpus "$out")" "allowed_cpus$tab$cpu" \
			"taskset -c $cpu: environment"
	done
else
	skip "a smaller set" "taskset is not installed"
fi
if have taskset && test -n "$b"; then
	under "$b" -c "$a" 10
	message="'$a': CPU $a is not in the affinity mask; usable CPUs: $b"
	is "$status $(cat "$out" "$err")" "1 pinsum: $message" \
		"a CPU outside of the mask is named, with the reason"
	under "$b" -c "$a,$b" 10
	is "$status$(cat "$out")" 1 "one outside is enough"
	under "$b" -R plan -n --noheadings -p threads -o mode,cpus,place
	prints "the plan knows the mask" "$(printf "%s|$b|0\n" single thread \
		process)"
fi

# A dry run writes the same places and runs nothing.
quick -n -p threads -w pus --noheadings -m thread -o worker,cpus,place
is "$(cut -f 1,3 "$out" | awk '$1 != $2 || $1 != NR - 1')" "" \
	"--dry-run: workers and places from 0"
is "$(cut -f 2 "$out" | sort -n)" "$(usable_cpus)" "--dry-run: the CPUs"
quick -n -R plan --noheadings -w 2 -m process -c "$a,$a" \
	-o config,mode,workers,places,bind,worker,cpus,place 10
prints "--dry-run: the plan" "1|process|2|$a,$a|close|0|$a|0
1|process|2|$a,$a|close|1|$a|1"
quick -n -i 'pack:2 core:4 pu:2' -m thread -b scatter --noheadings \
	-o worker,cpus,core,package,coverage -w 3
prints "--input: another machine" "0|0|0|0|2/2
1|8|4|1|2/2
2|2|1|0|2/2"

run -q -r 5 -w 1-3 --oversubscribe -R workers --output-all 1000
unasked "parts of a microsecond: not switched out, not moved"

# What the kernel says of threads and processes while they run: those pinned to
# one CPU are as many as workers.
allowed()
{
	cat "/proc/$1/task"/*/status 2>/dev/null |
		awk '$1 == "Cpus_allowed_list:" { print $2 }'
}

# watch MODE: a long run, ended as soon as it was seen.
watch()
{
	"$PINSUM" -q -m "$1" -c "$list" -w 2 -r 1 --warmup 0 --timeout 30s \
		-k chain 1000T >/dev/null 2>&1 &
	pid=$!
	seen=
	i=0
	while test "$seen" != "$list" && test "$i" -lt 100; do
		sleep 0.1
		i=$((i + 1))
		lists=$(case $1 in
		thread) allowed "$pid" ;;
		process) tr ' ' '\n' <"/proc/$pid/task/$pid/children" |
			while read -r p; do
				allowed "$p"
			done ;;
		esac 2>/dev/null)
		seen=$(for cpu in $a $b; do
			echo "$lists" | grep -x "$cpu"
		done | paste -s -d , -)
	done
	kill "$pid"
	wait "$pid"
	is "$seen" "$list" "$1: pinned as the kernel shows it"
}

list=$a${b:+,$b}
for mode in thread process; do
	if test "$count" -lt 2; then
		skip "$mode: pinned as the kernel shows it" "one CPU only"
	elif test -r "/proc/$$/task/$$/children"; then
		watch "$mode"
	else
		skip "$mode: pinned as the kernel shows it" \
			"this kernel does not list children"
	fi
done
finish
