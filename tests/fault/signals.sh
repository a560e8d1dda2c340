#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Signals to the tool and to its process group at random moments: it ends by
# them, leaves no process, whole rows, and reports with their names.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

# strike SIGNAL WHO TRIALS CONFIGS OPTION...
strike() {
    local signal=$1 who=$2 count=$3 configs=$4
    shift 4
    helper signal-tool "$signal" "$who" "$count" 30 "$configs" "$dir" \
        "$PINSUM" -q --warmup=0 --runs=1M -k chain -R runs -R summary:FILE \
        -R workers:FILE2 -o runs:config,run -o summary:config,runs "$@"
}

# 1 HUP, 2 INT, 3 QUIT, 15 TERM, 9 KILL: rounds of all modes, then long runs.
# KILL as many times as there are trials, the others three tenths of it in
# `make check-faults`; of each, half of them to the group.
for signal in 1 2 3 15 9; do
    count=$trials
    [ -z "$full" ] || [ "$signal" -eq 9 ] || count=$((trials * 3 / 10))
    many=$(((count + 3) / 4))
    few=$(((count + 11) / 12))
    for who in tool group; do
        strike "$signal" "$who" "$many" 3 -w 1 1 1M
        for mode in single thread process; do
            strike "$signal" "$who" "$few" 1 -w 1 -m "$mode" 1 1000000000000000
        done
    done
done
# Killed around the end of all runs, when reports get their names.
strike 9 tool "$((trials / 2))" 3 -w 1 --runs=6 1 1k
strike 2 group "$few" 1 -w 64 --oversubscribe -m process 1 1000000000000000
strike 15 tool "$few" 1 -w 64 --oversubscribe -m thread 1 1000000000000000

long=("$PINSUM" -q -r 1 --warmup=0 -w 1 -k chain 1 1000000000000000)
short=("$PINSUM" -q -r 4 --warmup=0 -w 1 -k chain 1 200M)

# listener PID: the first process below that one that catches INT. What comes
# before it does is lost on a process 1, and ends any other.
listener() {
    local pid
    for _ in $(seq 1000); do
        pid=$1
        while pid=$(cat "/proc/$pid/task/$pid/children") && [ -n "$pid" ]; do
            pid=${pid%% *}
            grep -q '^SigCgt:.*[2367abef]$' "/proc/$pid/status" || continue
            echo "$pid"
            return
        done
        sleep 0.01
    done 2>/dev/null
}

# begin COMMAND...: $tool is pinsum's process, somewhere under $limit.
begin() {
    timeout -k 5 60 "$@" >"$dir/out" 2>"$dir/log" &
    limit=$!
    tool=$(listener $limit)
}

# Sets status.
finish() {
    wait "$limit"
    status=$?
    echo "exit status $status" >>"$dir/log"
}

for signal in 1 15; do
    begin "$helpers/under" ignore=$signal -- "${short[@]}"
    kill -s "$signal" "$tool"
    finish
    [ "$status" -eq 0 ] && [ "$(grep -c 'ok$' "$dir/out")" -eq 3 ]
    result $? "signal $signal, ignored when it started, stays ignored"
done
begin "$helpers/under" block=15 -- "${long[@]}"
kill -s TERM "$tool"
finish
[ "$status" -eq 143 ]
result $? 'TERM, blocked when it started, ends it'
ends 0 '' 'CHLD ignored when it started: workers are waited for' \
    "$helpers/under" ignore=17 -- "$PINSUM" -q -r 2 -w 1 1 1M
ends 0 '' 'CHLD blocked when it started: workers are waited for' \
    "$helpers/under" block=17 -- "$PINSUM" -q -r 2 -w 1 1 1M

# As process 1, which no signal kills that it does not catch.
if unshare -pf true 2>/dev/null; then
    begin unshare -pf "${long[@]}"
    kill -s TERM "$tool"
    finish
    [ "$status" -eq 143 ]
    result $? 'TERM to process 1 of a container: 128 + 15'
else
    skip 'TERM to process 1 of a container' 'no PID namespace without root'
fi

done_testing
