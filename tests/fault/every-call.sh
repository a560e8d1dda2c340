#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every own call that can fail, failed at every k until there is no k-th: a
# message and an exit status of the contract, or all that was asked for.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

shim=$helpers/preload.so

# The shim comes before the sanitizer, whose own calls it lets through.
ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0
[ -r "$shim" ] &&
    ! LD_PRELOAD=$shim FAIL_CALL=calloc FAIL_AT=1 FAIL_FD=9 "$PINSUM" -n \
        >/dev/null 2>&1 9>/dev/null ||
    skip_all 'nothing can be preloaded here'
# Calls that a program that counts its lines makes for that itself.
counting=''
nm "$PINSUM" 2>/dev/null | grep -q __gcov_dump && counting=malloc

memory='calloc malloc realloc reallocarray strdup strndup __vasprintf_chk
    vasprintf'
system='close fork fstat ftruncate gethostname getrlimit getrusage
    hwloc_bitmap_alloc hwloc_topology_init hwloc_topology_load
    hwloc_topology_set_flags mmap open prctl pread pthread_attr_init
    pthread_attr_setstacksize pthread_create pthread_sigmask read rename
    sched_getaffinity sched_getcpu sched_setaffinity setenv setrlimit
    sigaction sigprocmask sysconf write'

rounds='--runs=1 --warmup=0'
[ -z "$full" ] || rounds='--runs=2 --warmup=1'

# Columns without times: the same in every good run.
# shellcheck disable=SC2086 # lists of words
for call in $memory $system; do
    [ "$call" != "$counting" ] || continue
    helper every-call "$shim" "$dir" "$call" "$PINSUM" -q $rounds -w 1 \
        -k chain -R summary -R workers:FILE -R plan:/dev/null \
        -o summary:mode,workers,sum,status \
        -o workers:config,run,mode,worker,sum,status 1 1000
done

# What the workers share.
for call in calloc mmap pthread_create; do
    helper every-call "$shim" "$dir" "$call" "$PINSUM" -q --runs=1 \
        --warmup=0 -w 1 -m thread,process -s adjacent,mutex,turns,gil \
        -R summary -R workers:FILE -o summary:mode,workers,sum,status \
        -o workers:config,run,mode,worker,sum,status 1 1000
done

# What a plan and the environment need besides.
for call in $memory open read; do
    [ -n "$full" ] || [ "$call" = realloc ] || [ "$call" = read ] || continue
    helper every-call "$shim" "$dir" "$call" "$PINSUM" -q -n -w 1 \
        -R environment -o environment:key -R plan:FILE \
        -b close,scatter,spread,random:1
done

done_testing
