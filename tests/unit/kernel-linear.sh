#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The work of each kernel grows with the range: twice the integers take twice
# the instructions, and each vector of integers takes two at the least, one to
# make it and one to add it. Counted by valgrind: a clock would tell no better
# and not always the same.

run=$top_builddir/tests/unit/kernel-run
tests=0

skip_all()
{
	echo "1..0 # SKIP $1"
	exit 0
}

# Instructions of kernel $1 while it adds 200000, 400000 and 800000 integers, in
# one line; those of two sums before are of the program's start and of its first
# printing too.
instructions()
{
	rm -f "$directory"/counts*
	valgrind --tool=callgrind --callgrind-out-file="$directory/counts" \
		--dump-after='counted*' \
		"$copy" "$1" 1000 1 1 200000 400000 800000 \
		>"$directory/log" 2>&1
	status=$?
	test "$status" -ne 0 ||
		counts=$(sed -n 's/^totals: //p' "$directory"/counts.[345] |
		xargs)
}

# check NAME LANES
check()
{
	tests=$((tests + 1))
	instructions "$1"
	if test "$status" -ne 0; then
		echo "ok $tests - $1 # SKIP not run by this CPU in valgrind"
		return
	fi
	# Of differences: what begins and ends a sum falls out.
	if echo "$counts" | awk -v lanes="$2" '
		NF != 3 { exit 1 }
		{
			ratio = ($3 - $2) / ($2 - $1)
			each = ($2 - $1) / 200000
			printf "# %.3f times as many, %.3f an integer\n",
			    ratio, each
			exit !(1.9 < ratio && ratio < 2.1 &&
			    each >= 2 / lanes)
		}'
	then
		echo "ok $tests - $1 is linear"
	else
		echo "not ok $tests - $1 is linear ($counts)"
	fi
}

test -x "$run" || skip_all "kernel-run is not built"
# Without its debugging data: valgrind gives up on what newer compilers write.
directory=$(mktemp -d) || exit 99
trap 'rm -rf "$directory"' EXIT
copy=$directory/kernel-run
strip -g -o "$copy" "$run" 2>/dev/null || cp "$run" "$copy"
instructions chain
test "$status" -eq 0 || skip_all "valgrind does not run it"

for kernel in chain:1 portable:1 scalar:1 sse2:2 avx2:4 avx2-32:8 avx512:8 \
	avx512-32:16 neon:2 neon-32:4
do
	check "${kernel%:*}" "${kernel#*:}"
done
echo "1..$tests"
