#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The k-th call that reads /proc or /sys fails, for every k while the machine is
# discovered and read: the placement is what it is without that (of the rest,
# what could not be read may be NA), or a message says why not.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

strace -f -qqq -o /dev/null -e inject=uname:error=EPERM true 2>/dev/null ||
    skip_all 'strace does not work here'

tool=("$PINSUM" -q -r 1 --warmup=0 -m thread -R workers
    -o 'status,cpus,core,sum' --noheadings 1 1000)
"${tool[@]}" >"$dir/right" || exit 99

# The calls of the loader and the C library, before the program begins, are not
# ours: the first that is looks for the descriptors that are open.
strace -f -qqq -o "$dir/calls" "${tool[@]}" >"$dir/log" 2>&1
ours=$(grep -n '/dev/null' "$dir/calls" | head -n 1 | cut -d : -f 1)

# count CALL [FROM]: how many of them, from that line on.
count() {
    tail -n "+${2:-1}" "$dir/calls" | grep -c " $1("
}

# Whether what came is right.
good() {
    case $1 in
    0) cmp -s "$dir/out" "$dir/right" ;;
    1 | 3) grep -q '^pinsum: ' "$dir/log" ;;
    *) false ;;
    esac
}

# fail_each CALL ERROR: every one of ours, or some of them in `make check`.
fail_each() {
    local call=$1 error=$2 all wrong=0 refused=0 tried=0 step=1 k status
    all=$(count "$call")
    k=$((all - $(count "$call" "$ours") + 1))
    [ -n "$full" ] || step=$(((all - k) / 8 + 1))
    for (( ; k <= all; k += step)); do
        limited 30 strace -f -qqq --seccomp-bpf -o /dev/null \
            -e trace="$call" -e inject="$call:error=$error:when=$k" \
            "${tool[@]}" >"$dir/out" 2>"$dir/log"
        status=$?
        tried=$((tried + 1))
        [ "$status" -eq 0 ] || refused=$((refused + 1))
        good "$status" && continue
        echo "call $k: exit status $status" >>"$dir/log"
        cat "$dir/out" >>"$dir/log"
        wrong=1
        break
    done
    [ "$tried" -gt 0 ] || wrong=1
    result $wrong "$call: $tried calls failed with $error, $refused refused"
}

# What a file is, is asked for by another call on other machines.
for stat in newfstatat fstatat64 statx stat; do
    [ "$(count $stat)" -eq 0 ] || break
done
for call in openat read getdents64 "$stat"; do
    fail_each "$call" EIO
done
fail_each openat ENOENT
fail_each openat EMFILE

done_testing
