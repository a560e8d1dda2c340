#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A pin that goes during the run, however shortly, is reported: by the exit
# status, in the row, in words; and none is reported that held.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

[ "$(id -u)" -eq 0 ] || skip_all 'only root moves a worker'
[ "$(nproc)" -ge 2 ] || skip_all 'a single CPU: there is nowhere to move to'
[ "$(nproc --all)" -eq "$(nproc)" ] || skip_all 'not all CPUs are ours'

last=$(($(nproc) - 1))
set=/sys/fs/cgroup/cpuset/pinsum-test-$$
online=/sys/devices/system/cpu/cpu$last/online

# Always, or the machine stays without a CPU.
restore() {
    [ ! -w "$online" ] || [ "$(cat "$online")" = 1 ] || echo 1 >"$online"
    [ ! -d "$set" ] || rmdir "$set"
}

child_of() {
    tr -d ' ' 2>/dev/null <"/proc/$1/task/$1/children"
}

# Sets worker: it has its pin, and works.
wait_until_pinned() {
    worker=''
    for _ in $(seq 500); do
        worker=$(child_of "$(child_of "$limit")") 2>/dev/null
        [ -z "$worker" ] ||
            ! grep -q "^Cpus_allowed_list:.$last\$" "/proc/$worker/status" ||
            break
        sleep 0.01
    done
    sleep 0.1
}

# moved NAME MILLISECONDS AWAY BACK COMMAND...: one run on the last CPU, during
# which the functions AWAY and BACK are called; $worker is its process.
moved() {
    local name=$1 pause=$2 away=$3 back=$4 status last_integer=1G
    shift 4
    [ "$pause" != 0.3 ] || last_integer=2G
    timeout -k 5 60 "$@" "$PINSUM" -q -m process -w 1 -c "$last" -r 1 \
        --warmup=0 -k chain -R workers -o status,cpus 1 $last_integer \
        >"$dir/out" 2>"$dir/log" &
    limit=$!
    wait_until_pinned
    "$away" && sleep "$pause" && "$back"
    wait "$limit"
    status=$?
    {
        echo "exit status $status"
        cat "$dir/out"
    } >>"$dir/log"
    [ "$status" -eq 3 ] && grep -q "^lost_pin.$last\$" "$dir/out" &&
        grep -q "lost its pin to CPU $last" "$dir/log"
    result $? "$name, for $pause s"
}

widen() {
    taskset -cp "0-$last" "$worker" >/dev/null
}

shrink() {
    echo "0-$((last - 1))" >"$set/cpuset.cpus"
}
grow() {
    echo "0-$last" >"$set/cpuset.cpus"
}
unplug() {
    echo 0 >"$online"
}
plug() {
    echo 1 >"$online"
}
push() {
    taskset -cp 0 "$worker" >/dev/null
}
pull() {
    taskset -cp "$last" "$worker" >/dev/null
}

# All that runs on the machine loses that CPU: make check leaves it there.
may_unplug() {
    [ -n "$full" ] && [ -w "$online" ]
}

times=1
[ -z "$full" ] || times=$(((trials + 99) / 100))

for _ in $(seq "$times"); do
    for pause in 0.3 0.05 0.005; do
        moved 'another mask from outside' $pause push pull env
        if may_unplug; then
            moved 'a CPU offline' $pause unplug plug env
        fi
        # A CPU that went offline has left the sets that had it.
        if mkdir -p "$set" 2>/dev/null &&
            cat "$set/../cpuset.mems" >"$set/cpuset.mems" && grow; then
            moved 'a cpuset that shrinks' $pause shrink grow \
                sh -c 'echo $$ >"$0/cgroup.procs" && exec "$@"' "$set"
        else
            skip 'a cpuset that shrinks' 'no cpuset (cgroup v1) to write to'
        fi
    done
done
may_unplug || skip 'a CPU offline' 'TRIALS is not set, or CPUs do not go here'

# It stays where it is, and may be elsewhere.
moved 'a mask that grows' 0.01 widen true env
grep -q 'affinity mask is another at the end\|was seen on\|moved it' "$dir/log"
result $? 'a mask that grows: what is known is said'

# Quiet runs: nothing to report.
ends 0 '' "$((2 * trials)) quiet runs: no false report" \
    "$PINSUM" -q -w 1 -r "$trials" --warmup=0 -m thread,process -k chain 1 1M

done_testing
