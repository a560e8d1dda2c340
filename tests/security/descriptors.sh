#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# No program that something might start gets the descriptors of the tool or of
# its workers, and the tool starts none, whatever its environment says.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

# inherited PROCESS: its descriptors but the standard ones that an exec keeps.
inherited() {
    local info number flags
    for info in "/proc/$1/fdinfo"/*; do
        number=${info##*/}
        flags=$(sed -n 's/^flags:[^0-9]*//p' "$info" 2>/dev/null)
        [ -n "$flags" ] || continue # closed meanwhile
        [ "$number" -le 2 ] || [ $((0$flags & 02000000)) -ne 0 ] ||
            echo "$number $(readlink "/proc/$1/fd/$number")"
    done
}

# What is ours; one more of it shows that the test sees them.
exec 8<"$0"
sleep 60 &
inherited $! >"$dir/ours"
kill $!
grep -q "^8 $(readlink -f "$0")\$" "$dir/ours" || exit 99

for ipc in shm pipe socket; do
    nice -n 19 "$PINSUM" -q -r 1 --warmup=0 -m process -w 3 \
        --oversubscribe --ipc=$ipc \
        -R runs -R "workers:$dir/w" -R "summary:$dir/s" \
        1 1000000000000000 >"$dir/out" 2>&1 &
    tool=$!
    for _ in $(seq 200); do
        read -r -a workers <"/proc/$tool/task/$tool/children"
        [ ${#workers[@]} -eq 3 ] && [ -s "$dir/w.part" ] && break
        sleep 0.02
    done
    sleep 0.1
    for process in $tool "${workers[@]}"; do
        inherited "$process"
    done | sort -u >"$dir/log"
    echo "workers ${workers[*]}" >>"$dir/log"
    [ ${#workers[@]} -eq 3 ] &&
        ! grep -v "^workers" "$dir/log" | grep -vxFf "$dir/ours"
    result $? "$ipc: all descriptors of tool and workers close on exec"
    kill "$tool"
    wait "$tool" 2>/dev/null
done

if strace -o /dev/null true 2>/dev/null; then
    mkdir "$dir/bin"
    for name in sh lscpu nproc hwloc-info python3 gnuplot pager less; do
        printf '#!/bin/sh\necho ran >>%s/ran\n' "$dir" >"$dir/bin/$name"
        chmod +x "$dir/bin/$name"
    done
    for environment in "PATH=$dir/bin" "PAGER=$dir/bin/less" \
        "SHELL=$dir/bin/sh" "BASH_ENV=$dir/bin/sh" "ENV=$dir/bin/sh" \
        "GCONV_PATH=$dir/bin" "NLSPATH=$dir/bin/%N"; do
        limited 60 strace -f -qqq -e trace=execve,execveat -o "$dir/calls" \
            env "$environment" "$PINSUM" -q -r 2 -R summary -R environment \
            --explain -m single,thread,process -w 2 --oversubscribe 10 \
            >"$dir/log" 2>&1
        cat "$dir/calls" >>"$dir/log"
        [ "$(grep -c ' = 0$' "$dir/calls")" -eq 2 ] && [ ! -e "$dir/ran" ]
        result $? "${environment%%=*}: nothing is executed"
    done
else
    skip 'nothing is executed' 'strace does not work here'
fi

done_testing
