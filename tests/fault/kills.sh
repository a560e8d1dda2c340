#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Workers that are killed, stopped, starved, frozen: noticed, named, and the
# experiment goes on with the next run, or ends in time.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

endless=1000000000000000

# strike HOW TRIALS WORKERS OPTION...
strike() {
    how=$1 count=$2 workers=$3
    shift 3
    helper kill-worker "$how" "$count" "$workers" "$PINSUM" -q -m process \
        -w "$workers" --oversubscribe --warmup=0 --runs="$count" -R workers \
        -o run,pid,status,sum,compute_ns --noheadings "$@" 1 $endless
}

strike running "$trials" 2
# Holding the mutex or the lock, or with the turn, as often as not.
for sharing in mutex gil turns; do
    strike running $((trials / 5)) 3 --sharing=$sharing
done
for ipc in pipe socket; do
    strike running $((trials / 5)) 3 --ipc=$ipc
done
strike gathering "$trials" 32
strike stopping $((trials / 10)) 2 --timeout=200ms

ends 4 'worker [01] \(process [0-9]+\) was killed by signal 9' \
    'a killed worker: the next run, and the summary, follow' \
    sh -c '"$0" -m process -w 2 --oversubscribe --warmup=0 -r 2 -k chain \
               -R runs -o run,sum,status 1 300M &
           for i in 1 2 3 4 5 6 7 8 9 10; do
               sleep 0.02
               child=$(cat /proc/$!/task/$!/children)
               [ -z "$child" ] || break
           done
           kill -KILL ${child%% *}
           wait $!' "$PINSUM"
printf 'run\tsum\tstatus\n1\tNA\tdied\n2\t45000000150000000\tok\n' |
    cmp - "$dir/out" >"$dir/log" 2>&1
result $? 'a killed worker: one row says died, the next ok'

# in_time MILLISECONDS NAME STATUS PATTERN COMMAND...: and the contract's upper
# bound of the time it takes, but in `make check`, which any machine runs, with
# two seconds more.
in_time() {
    bound=$1 name=$2 want=$3 pattern=$4
    [ -n "$full" ] || bound=$((bound + 2000))
    shift 4
    start=$(date +%s%N)
    ends "$want" "$pattern" "$name" "$@"
    took=$((($(date +%s%N) - start) / 1000000))
    echo "took $took ms, may take $bound" >"$dir/log"
    [ "$took" -le "$bound" ]
    result $? "$name: $took ms, within --timeout + 1 s"
}

hog=''
frozen=/sys/fs/cgroup/freezer/pinsum-test-$$

restore() {
    [ -z "$hog" ] || kill -s TERM "$hog" 2>/dev/null
    hog=''
    if [ -d "$frozen" ]; then
        echo THAWED >"$frozen/freezer.state"
        sleep 0.1
        while read -r process; do
            kill -s KILL "$process"
        done <"$frozen/cgroup.procs"
        sleep 0.1
        rmdir "$frozen"
    fi
}

# A real-time loop takes the CPU of each mode's worker.  What ends the loop must
# not be bound to that CPU itself, or it never runs again.
if chrt -f 50 true 2>/dev/null && command -v taskset >/dev/null &&
    [ "$(nproc)" -gt 1 ]; then
    cpu=$(taskset -cp $$ | sed 's/.*[:,-] *//')
    for mode in single thread process; do
        timeout -k 1 6 chrt -f 50 taskset -c "$cpu" \
            sh -c 'while :; do :; done' >"$dir/hog" 2>&1 &
        hog=$!
        in_time 1500 "$mode, starved of its CPU" 4 'within --timeout' \
            "$PINSUM" -q -m "$mode" -w 1 -c "$cpu" -r 1 --warmup=0 \
            --timeout=500ms 1 $endless
        restore
    done
else
    skip 'starved workers' 'no real-time priority, or a single CPU'
fi

# A worker in a frozen group cannot even be killed.
if mkdir "$frozen" 2>/dev/null; then
    in_time 1500 'a frozen worker' 4 'cannot be ended' \
        sh -c '"$0" -m process -w 2 --oversubscribe --warmup=0 -r 2 -q \
                   --timeout=500ms 1 "$1" &
               tool=$!
               sleep 0.2
               child=$(cat /proc/$tool/task/$tool/children)
               echo ${child%% *} >"$2/cgroup.procs"
               echo FROZEN >"$2/freezer.state"
               wait $tool' "$PINSUM" $endless "$frozen"
    restore
else
    skip 'a frozen worker' 'no freezer (cgroup v1) to write to'
fi

done_testing
