#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A system that refuses, lies, or hides things: a message that names what and
# the right exit status, or NA in the report.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

tool=("$PINSUM" -q -r 1 --warmup=0 -w 1 -k chain 1 1000)
under=$helpers/under

# --- calls that strace makes fail or lie ---

if strace -f -qqq -o /dev/null -e inject=uname:error=EPERM true 2>/dev/null
then
    # traced NAME STATUS PATTERN INJECTION OPTION...
    traced() {
        local name=$1 want=$2 pattern=$3 inject=$4
        shift 4
        ends "$want" "$pattern" "$name" strace -f -qqq -o /dev/null \
            -e inject="$inject" "${tool[@]}" "$@"
    }
    for mode in thread process; do
        traced "$mode: the second worker refused" 1 \
            'cannot create worker [12] of 2: Resource temporarily' \
            clone,clone3:error=EAGAIN:when=2 -m $mode -w 2 --oversubscribe
    done
    for mode in single thread process; do
        traced "$mode: the pin refused" 3 'could not be pinned to CPU' \
            sched_setaffinity:error=EPERM -m $mode
        traced "$mode: the kernel lies about the pin" 3 \
            'accepted the call and did not obey' \
            sched_setaffinity:retval=0 -m $mode -c 0
    done
    traced 'the mask cannot be read' 1 'cannot read the affinity mask' \
        sched_getaffinity:error=EPERM
    traced 'no watch over the parent' 1 'cannot create worker 1' \
        prctl:error=EINVAL -m process
else
    skip 'injected errors' 'strace does not work here'
fi

# --- calls that a filter forbids ---

for mode in single thread process; do
    ends 3 'could not be pinned to CPU [0-9]+: Operation not permitted' \
        "$mode: pinning forbidden" \
        "$under" forbid=sched_setaffinity -- "${tool[@]}" -m $mode
done
ends 1 'cannot read the affinity mask: Operation not permitted' \
    'reading the mask forbidden' \
    "$under" forbid=sched_getaffinity -- "${tool[@]}"
ends 0 '' 'pinning forbidden, and none asked for' \
    "$under" forbid=sched_setaffinity -- "${tool[@]}" --bind=none -m process

# --- limits ---

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

if ! sanitized; then
    limited 60 sh -c 'ulimit -v 40000 && exec "$@"' sh "$PINSUM" -q -r 1 \
        -m thread -w 3000 --oversubscribe 1 100k >"$dir/out" 2>"$dir/log"
    status=$?
    echo "exit status $status" >>"$dir/log"
    [ "$status" -eq 1 ] && grep -q '^pinsum: ' "$dir/log"
    result $? 'too little address space: a message'
else
    skip 'too little address space' 'sanitizers want terabytes'
fi

ends 0 '' 'sixteen descriptors: works' \
    sh -c 'ulimit -n 16 && exec "$@"' sh "$PINSUM" -q -r 1 -w 32 \
    --oversubscribe -m thread --block=200us/10 -R workers \
    -o status,sum,wait_ns 1 1000
grep -q 'NA$' "$dir/out" && [ "$(grep -c '^ok' "$dir/out")" -eq 32 ]
result $? 'sixteen descriptors: NA where /proc could not be opened'

group=/sys/fs/cgroup/pids/pinsum-test-$$
restore() {
    [ ! -d "$group" ] || rmdir "$group"
}
if mkdir "$group" 2>/dev/null && echo 6 >"$group/pids.max"; then
    for mode in thread process; do
        ends 1 'cannot create worker [0-9]+ of 16.*pids.max' \
            "$mode: pids.max" \
            sh -c 'echo $$ >"$0/cgroup.procs" && exec "$@"' "$group" \
            "$PINSUM" -q -r 1 -m $mode -w 16 --oversubscribe 1 1000
    done
else
    skip 'pids.max' 'no control group (v1) to write to'
fi

# --- what is not mounted ---

if unshare -m true 2>/dev/null; then
    ends 0 '' 'no /proc: works' \
        unshare -m sh -c 'mount -t tmpfs none /proc && exec "$@"' sh \
        "${tool[@]}" --block=200us/100 -R workers \
        -o status,migrations,wait_ns
    [ "$(grep -c '^ok.NA.NA$' "$dir/out")" -eq 3 ]
    result $? 'no /proc: NA'
    limited 60 unshare -m sh -c 'mount -t tmpfs none /sys && exec "$@"' sh \
        "${tool[@]}" >"$dir/out" 2>"$dir/log"
    status=$?
    echo "exit status $status" >>"$dir/log"
    { [ "$status" -eq 0 ] && [ "$(grep -c 'ok$' "$dir/out")" -eq 3 ]; } ||
        { [ "$status" -eq 1 ] && grep -q '^pinsum: ' "$dir/log"; }
    result $? 'no /sys: all runs, or a message'
else
    skip 'no /proc, no /sys' 'no mount namespace without root'
fi

done_testing
