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

# Instructions of the whole program while it adds $2 integers with kernel $1.
instructions()
{
	valgrind --tool=callgrind --callgrind-out-file=/dev/null \
		"$copy" "$1" 1000 "$2" 2>&1 >/dev/null |
		sed -n 's/^==[0-9]*== Collected : //p'
}

# check NAME LANES
check()
{
	tests=$((tests + 1))
	if ! valgrind -q --tool=none "$copy" "$1" 0 1 >/dev/null 2>&1; then
		echo "ok $tests - $1 # SKIP not run by this CPU in valgrind"
		return
	fi
	one=$(instructions "$1" 200000)
	two=$(instructions "$1" 400000)
	four=$(instructions "$1" 800000)
	# Of differences: the start of the program falls out.
	if awk -v one="$one" -v two="$two" -v four="$four" -v lanes="$2" '
		BEGIN {
			ratio = (four - two) / (two - one)
			each = (two - one) / 200000
			printf "# %.3f times as many, %.3f an integer\n",
			    ratio, each
			exit !(1.9 < ratio && ratio < 2.1 &&
			    each >= 2 / lanes)
		}'
	then
		echo "ok $tests - $1 is linear"
	else
		echo "not ok $tests - $1 is linear ($one, $two, $four)"
	fi
}

test -x "$run" || skip_all "kernel-run is not built"
# Without its debugging data: valgrind gives up on what newer compilers write.
directory=$(mktemp -d) || exit 99
trap 'rm -rf "$directory"' EXIT
copy=$directory/kernel-run
strip -g -o "$copy" "$run" 2>/dev/null || cp "$run" "$copy"
test -n "$(instructions chain 1)" || skip_all "valgrind does not run it"

for kernel in chain:1 portable:1 scalar:1 sse2:2 avx2:4 avx2-32:8 avx512:8 \
	avx512-32:16 neon:2 neon-32:4
do
	check "${kernel%:*}" "${kernel#*:}"
done
echo "1..$tests"
