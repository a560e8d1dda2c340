#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the linker and the compiler were asked for is in the programs.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

command -v readelf >/dev/null || skip_all 'readelf is not installed'
grep -q '^#define FORTIFY 1' "$top_builddir/config.h" ||
    skip_all 'built without hardening'
readelf -d "$PINSUM" | grep -q NEEDED || skip_all 'linked statically'

# has PATTERN NAME: in what readelf wrote.
has() {
    grep -Eq "$1" "$dir/log"
    result $? "$2"
}

has_no() {
    ! grep -Eq "$1" "$dir/log"
    result $? "$2"
}

for program in pinsum pinsum-compare; do
    file=$top_builddir/src/$program

    readelf -hldW "$file" >"$dir/log" 2>&1
    has '^ *Type: *DYN' "$program: position-independent"
    has 'GNU_RELRO' "$program: relocations become read-only"
    has 'BIND_NOW|Flags:.* NOW' "$program: all of them, at the start"
    has 'GNU_STACK .* RW +0x' "$program: nothing is executed on the stack"
    has_no 'LOAD .* RWE ' "$program: nothing is written and executed"
    has_no 'RPATH|RUNPATH' "$program: no search path of its own"
    has_no 'TEXTREL' "$program: no relocations in code"

    readelf -sW "$file" >"$dir/log" 2>&1
    has '__stack_chk_(fail|guard)' "$program: stack protection"
    if getconf GNU_LIBC_VERSION >/dev/null 2>&1 &&
        grep -q '^CFLAGS = .*-O[1-3s]' "$top_builddir/Makefile"; then
        has '__[a-z]+_chk' "$program: fortified functions"
    else
        skip "$program: fortified functions" \
            'another C library, or no optimisation'
    fi
done

done_testing
