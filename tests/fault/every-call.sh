#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every own call that can fail, failed at every k until there is no k-th: a
# message and an exit status of the contract, or all that was asked for.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

shim=$helpers/preload.so

# The shim comes before the sanitizer, whose own calls it lets through.
ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0
truncate -s 4 "$dir/count" || exit 99
if [ ! -r "$shim" ] ||
    LD_PRELOAD=$shim FAIL_CALL=calloc FAIL_AT=1 FAIL_FD=9 "$PINSUM" -n \
        >/dev/null 2>&1 9<>"$dir/count"; then
    skip_all 'nothing can be preloaded here'
fi
# Where hwloc is a part of the program, its calls cannot be told from our own.
! command -v nm >/dev/null || nm -D "$PINSUM" 2>/dev/null |
    grep -q ' U hwloc_topology_load' ||
    skip_all 'hwloc is linked statically: its own calls would fail too'
# Calls that a program that counts its lines makes for that itself.
counting=''
nm "$PINSUM" 2>/dev/null | grep -q __gcov_dump && counting=malloc

memory='calloc malloc realloc reallocarray realpath strdup strndup
    __vasprintf_chk vasprintf'
system='access close flock fork fstat gethostname getrlimit getrusage
    hwloc_bitmap_alloc hwloc_topology_init hwloc_topology_load
    hwloc_topology_set_all_types_filter hwloc_topology_set_flags
    hwloc_topology_set_type_filter lstat mmap mprotect open poll prctl pread
    pthread_attr_init pthread_attr_setstack pthread_create pthread_sigmask read
    rename sched_getaffinity sched_getcpu sched_setaffinity setenv setrlimit
    sigaction sigprocmask stat sysconf unsetenv write'
# A soft limit that can be raised.
ulimit -S -n 256

# A report that goes to a device, by a name that may be lost.
ln -s /dev/null "$dir/null"

rounds='--runs=1 --warmup=0'
[ -z "$full" ] || rounds='--runs=2 --warmup=1'

# Columns without times: the same in every good run.
# shellcheck disable=SC2086 # lists of words
for call in $memory $system; do
    [ "$call" != "$counting" ] || continue
    helper every-call "$shim" "$dir" "$call" "$PINSUM" -q $rounds -w 1 \
        -k chain -R summary -R workers:FILE -R "plan:$dir/null" \
        -o summary:mode,workers,sum,status \
        -o workers:config,run,mode,worker,sum,status 1 1000
done

# What the workers share.
for call in calloc mmap pthread_create pthread_mutexattr_init \
    pthread_mutexattr_setpshared pthread_mutexattr_setrobust \
    pthread_mutex_init; do
    helper every-call "$shim" "$dir" "$call" "$PINSUM" -q --runs=1 \
        --warmup=0 -w 1 -m thread,process -s adjacent,mutex,turns,gil \
        -R summary -R workers:FILE -o summary:mode,workers,sum,status \
        -o workers:config,run,mode,worker,sum,status 1 1000
done

# How they hand back their parts.
for call in calloc close fcntl pipe2 poll ppoll pthread_sigmask recv send \
    socketpair write; do
    helper every-call "$shim" "$dir" "$call" "$PINSUM" -q --runs=1 \
        --warmup=0 -w 2 --oversubscribe -m process --ipc=pipe,socket \
        -R summary -R workers:FILE -o summary:mode,workers,sum,status \
        -o workers:config,run,mode,worker,sum,status 1 1000
done

# A machine that is not here, and a seed of its own.
for call in hwloc_topology_set_synthetic fork stat realloc; do
    helper every-call "$shim" "$dir" "$call" "$PINSUM" -q -n -w 2 -m thread \
        -i 'core:4 pu:2' -p 'core:0-1,pu:6' -R plan:FILE \
        -o plan:cpus
done
for call in hwloc_topology_set_xml fork; do
    helper every-call "$shim" "$dir" "$call" "$PINSUM" -q -n -w 2 -m thread \
        -i "$top_srcdir/tests/topologies/nodes.xml" -R plan:FILE -o plan:cpus
done

# What a sweep has besides: the names of places; a look around before the start,
# which is left out where nobody is to hear of it; a meter of energy.
for call in fclose glob open_memstream opendir; do
    helper every-call "$shim" "$dir" "$call" "$PINSUM" -r 1 --warmup=0 \
        --sweep=places -m single -k chain -R summary -R workers:FILE \
        -R runs:/dev/null -o summary:config,places,status \
        -o workers:config,sum -o runs:energy_uj 1 40M
done

# What a plan and the environment need besides.
for call in $memory getrandom open read uname; do
    [ -n "$full" ] || case $call in
    getrandom | realloc | read | uname) ;;
    *) continue ;;
    esac
    helper every-call "$shim" "$dir" "$call" "$PINSUM" -q -n -w 1 \
        -R environment -o environment:key -R plan:FILE \
        -b close,scatter,spread,random -o plan:config,worker
done

# What one rank needs besides, without a launcher; Open MPI would start a
# process for that, which ends a little later than the program.
ranks='malloc calloc realloc open pthread_sigmask sigaction write'
[ -x "${PINSUM_MPI-}" ] || ranks=''
export OMPI_MCA_ess_singleton_isolated=1
for call in $ranks; do
    [ "$call" != "$counting" ] || continue
    helper every-call "$shim" "$dir" "$call" "$PINSUM_MPI" -q --runs=1 \
        --warmup=0 -w 1 -k chain -m single,thread -R summary -R workers:FILE \
        -o summary:mode,workers,sum,status \
        -o workers:config,run,mode,worker,sum,status 1 1000
done

[ -L "$dir/null" ] && [ -c /dev/null ]
result $? 'a device keeps its name, whatever fails'

done_testing
