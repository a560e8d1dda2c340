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
            clone,clone3,?fork:error=EAGAIN:when=2 -m $mode -w 2 --oversubscribe
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

# --- what is not mounted ---

if unshare -m true 2>/dev/null; then
    # A sanitizer reads its options there, and has a word about the rest.
    words='' hide='mount -t tmpfs none /proc'
    if sanitized; then
        words='^==[0-9]+==WARNING: reading executable name'
        hide="$hide && mkdir /proc/self &&
            printf 'ASAN_OPTIONS=%s\\0' '$ASAN_OPTIONS' >/proc/self/environ"
    fi
    ends 0 "$words" 'no /proc: works' \
        unshare -m sh -c "$hide && exec \"\$@\"" sh \
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
    skip 'no /proc, no /sys' 'no mount namespace: no root, or a chroot'
fi

done_testing
