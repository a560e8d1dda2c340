#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Policies: the plan against where an OpenMP program finds its threads, for
# every number of places up to 16 and every number of workers up to that. A
# list of places may name one CPU again and again, so that two are enough.

tests=0
places_max=16
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

# is GOT-FILE WANT-FILE TEXT
is()
{
	tests=$((tests + 1))
	if diff "$1" "$2" >"$work/differences"; then
		echo "ok $tests - $3"
	else
		echo "not ok $tests - $3"
		sed -n '1,10s/^/# /p' "$work/differences"
	fi
}

skip()
{
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# The first and the last CPU that may be used, by turns: cpus COUNT
cpus()
{
	awk -v count="$1" '/^Cpus_allowed_list:/ {
		cpus = split($2, cpu, /[-,]/)
		for (i = 0; i < count; i++)
			printf "%s%d", i ? "," : "", cpu[i % 2 ? cpus : 1]
	}' /proc/self/status
}

# planned POLICY: all teams on all numbers of places
planned()
{
	for places in $(seq "$places_max"); do
		"$PINSUM" --dry-run --cpu-list="$(cpus "$places")" \
			--bind="$1" --workers="1-$places" --mode=thread \
			--report=plan --output=workers,worker,place \
			--noheadings
	done | tr '\t' ' '
}

# shown PROGRAM POLICY: the same by OpenMP
shown()
{
	for places in $(seq "$places_max"); do
		OMP_PLACES=$(cpus "$places" | sed 's/[0-9]*/{&}/g') \
			OMP_PROC_BIND=$2 OMP_DYNAMIC=false \
			OMP_WAIT_POLICY=passive "$1"
	done
}

# compare COMPILER NAME POLICY...
compare()
{
	compiler=$1 name=$2
	shift 2
	if ! "$compiler" -fopenmp -o "$work/$name" \
		"$top_srcdir/tests/cli/omp-places.c" 2>/dev/null; then
		skip "$name" "$compiler -fopenmp does not work here"
		return
	fi
	for policy; do
		planned "$policy" >"$work/got"
		shown "$work/$name" "$policy" >"$work/want"
		is "$work/got" "$work/want" "$policy as $name deals"
	done
}

test -x "$PINSUM" || exit 99
test "$(cpus 3 | tr -cd ,)" = ,, || {
	echo "1..0 # SKIP the kernel does not say which CPUs may be used"
	exit 0
}
compare gcc libgomp close spread master
# It deals remainders of spread in another way.
compare clang libomp close master
if test -e "$work/got"; then
	rows=$(wc -l <"$work/got")
	tests=$((tests + 1))
	test "$rows" -eq 816 || printf 'not '
	echo "ok $tests - all $rows seats of 136 teams are compared"
fi
echo "1..$tests"
