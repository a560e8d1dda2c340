#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What runs on CPUs that lack the newer instructions, under qemu's user mode.

run=$top_builddir/tests/unit/kernel-run
tests=0

skip_all()
{
	echo "1..0 # SKIP $1"
	exit 0
}

# is GOT WANT TEXT
is()
{
	tests=$((tests + 1))
	if test "$1" = "$2"; then
		echo "ok $tests - $3"
	else
		echo "not ok $tests - $3: got $1, want $2"
	fi
}

on()
{
	timeout -k 5 120 qemu-x86_64 -cpu "$@" 2>/dev/null
}

# check CPU NARROW WIDE: the choice below 2^31 and above 2^32.
check()
{
	is "$(on "$1" "$run" auto 1 300M)" "$2" "$1: below 2^31"
	is "$(on "$1" "$run" auto 1 10G)" "$3" "$1: above 2^32"
	is "$(on "$1" "$run" "$2" 1 3M)" 4500001500000 "$1: $2 adds"
}

test -x "$run" || skip_all "kernel-run is not built"
"$run" | grep -q '^avx2 ' || skip_all "no such kernels here"
! nm "$run" 2>/dev/null | grep -q '__[at]san_init' ||
	skip_all "the emulator would book a sanitizer's terabytes page by page"
test -n "$(on max "$run")" || skip_all "qemu-x86_64 does not run it"

check qemu64 sse2 sse2
check qemu64,+avx,+xsave sse2 sse2

# An early qemu does not know AVX2, and then says so.
if on Haswell "$run" | grep -q '^avx2 yes'; then
	check Haswell avx2-32 avx2
	# The CPU has it, but the system does not keep the registers.
	check Haswell,-xsave sse2 sse2
fi
on qemu64 "$run" avx2 1 10 >/dev/null
is $? 77 "a kernel that the CPU lacks is not run"
echo "1..$tests"
