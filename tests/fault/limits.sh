#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Limits of processes, memory, descriptors, sizes of files, wherever they are
# set: all that was asked for, or a message and an exit status of the contract.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

# whole_or_said NAME RIGHT COMMAND...: exit status 0 and RIGHT on standard
# output, or 1 to 4 with a message.
whole_or_said() {
    local name=$1 right=$2 status wrong=1
    shift 2
    limited 60 "$@" >"$dir/out" 2>"$dir/log"
    status=$?
    if [ "$status" -eq 0 ]; then
        [ "$(cat "$dir/out")" = "$right" ] && wrong=0
    elif [ "$status" -le 4 ]; then
        grep -q '^pinsum: ' "$dir/log" && wrong=0
    fi
    echo "exit status $status" >>"$dir/log"
    return $wrong
}

# --- processes ---

if [ "$(id -u)" -eq 0 ] && setpriv --reuid=65534 --clear-groups true \
    2>/dev/null && [ -x "$PINSUM" ]; then
    cp "$PINSUM" "$dir/pinsum" && chmod 755 "$dir" "$dir/pinsum"
    for mode in thread process; do
        ends 1 'cannot create worker [0-9]+ of 64.*temporarily' \
            "$mode: as many processes as the limit allows" \
            setpriv --reuid=65534 --clear-groups \
            bash -c 'ulimit -u 20 && exec "$0" "$@"' "$dir/pinsum" -q -r 1 \
            -m $mode -w 64 --oversubscribe 1 1000
    done
else
    skip 'limit of processes' 'no ordinary user to become without root'
fi

group=''
restore() {
    [ ! -d "$group" ] || rmdir "$group"
}

# in_group CONTROLLER FILE VALUE: makes $group with that limit.
in_group() {
    restore
    group=/sys/fs/cgroup/$1/pinsum-test-$$
    mkdir "$group" 2>/dev/null && echo "$3" >"$group/$2"
}

enter='echo $$ >"$0/cgroup.procs" && exec "$@"'

if in_group pids pids.max 6; then
    for mode in thread process; do
        ends 1 'cannot create worker [0-9]+ of 16.*pids.max' \
            "$mode: pids.max" sh -c "$enter" "$group" \
            "$PINSUM" -q -r 1 -m $mode -w 16 --oversubscribe 1 1000
    done
else
    skip 'pids.max' 'no control group (v1) to write to'
fi

# --- memory ---

# The kernel kills a worker, which is named, or the tool, which leaves nothing.
if ! sanitized && in_group memory memory.limit_in_bytes 6M; then
    for mode in thread process; do
        limited 60 sh -c "$enter" "$group" "$PINSUM" -q -r 1 -m $mode \
            -w 2000 --oversubscribe 1 1M >"$dir/out" 2>"$dir/log"
        status=$?
        echo "exit status $status" >>"$dir/log"
        sleep 0.25
        cat "$group/cgroup.procs" >>"$dir/log"
        case $status in
        0 | 137) true ;;
        [1-4]) grep -q '^pinsum: ' "$dir/log" ;;
        *) false ;;
        esac && [ ! -s "$group/cgroup.procs" ]
        result $? "$mode: a group without memory for all: nothing is left"
    done
else
    skip 'memory of a group' 'sanitizers want more, or no group to write to'
fi

if ! sanitized; then
    step=64000 wrong=0 tried=0
    [ -z "$full" ] || step=16000
    for kib in $(seq 8000 $step 200000); do
        sh -c 'ulimit -v "$1" && exec "$0" --version' "$PINSUM" "$kib" \
            >/dev/null 2>&1 || continue # its libraries do not fit
        tried=$((tried + 1))
        whole_or_said "$kib KiB" "5000050000${tab}ok" \
            sh -c 'ulimit -v "$0" && exec "$@"' "$kib" "$PINSUM" -q -r 1 \
            -m thread -w 1000 --oversubscribe -o sum,status --noheadings \
            1 100k || { wrong=1 && break; }
    done
    result $wrong "$tried sizes of address space: rows or a message"
    grep -q '^pinsum: ' "$dir/log" || [ "$tried" -gt 1 ]
    result $? 'and some were too little'
else
    skip 'address space' 'sanitizers want terabytes'
fi

# --- descriptors ---

for mode in single thread process; do
    wrong=0
    for n in 4 5 6 7 8 9 10 12 14 16 20 24; do
        sh -c 'ulimit -n "$1" && exec "$0" --version' "$PINSUM" "$n" \
            >/dev/null 2>&1 || continue # its libraries cannot be opened
        whole_or_said "$n descriptors" "5050${tab}ok" \
            sh -c 'ulimit -n "$0" && exec "$@"' "$n" "$PINSUM" -q -r 1 \
            -m $mode -w 16 --oversubscribe --ipc=socket -o sum,status \
            --noheadings 1 100 || { wrong=1 && break; }
    done
    result $wrong "$mode: 4 to 24 descriptors: rows or a message"
done
ends 0 '' 'sixteen descriptors: works' \
    sh -c 'ulimit -n 16 && exec "$@"' sh "$PINSUM" -q -r 1 -w 32 \
    --oversubscribe -m thread --block=200us/10 -R workers \
    -o status,sum,wait_ns 1 1000
grep -q 'NA$' "$dir/out" && [ "$(grep -c '^ok' "$dir/out")" -eq 32 ]
result $? 'sixteen descriptors: NA where /proc could not be opened'

# --- sizes of files ---

# Standard error is a pipe: it would be a file too.
if ! (ulimit -f 0 && exec "$PINSUM" --version >/dev/null 2>&1); then
    skip 'no file may have any size' 'what this was built with writes one first'
else
    ends 1 'cannot write to .*rows: File too large' \
        'no file may have any size' \
        bash -o pipefail -c '(ulimit -f 0 && exec "$@") 2>&1 | cat >&2' \
        bash "$PINSUM" -q -r 3 -m single -R "runs:$dir/rows" 10
    [ ! -s "$dir/rows" ] && [ ! -s "$dir/rows.part" ]
    result $? 'and none has half a row'
fi

if [ "$(id -u)" -eq 0 ] && mkdir "$dir/small" && unshare -m true 2>/dev/null
then
    ends 1 'cannot write to .*rows: No space left on device' \
        'a file system of 4 kB' unshare -m sh -c '
            mount -t tmpfs -o size=4k none "$0" || exit 77
            "$@" -R "runs:$0/rows"
            status=$?
            tail -c 1 "$0"/rows* | od -An -tx1
            awk "{ print NF }" "$0"/rows* | sort -u
            exit $status' "$dir/small" \
        "$PINSUM" -q -r 300 -m single 10
    [ "$(tr -s ' \n' ' ' <"$dir/out")" = ' 0a 21 ' ]
    result $? 'a file system of 4 kB: whole rows are kept'
else
    skip 'a file system of 4 kB' 'no mount namespace: no root, or a chroot'
fi

done_testing
