#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Thousands of threads and processes on a few CPUs: right, and ended by Ctrl-C
# at any moment, while they are created, while they add, while they are ended.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

workers=1000 times=2 moment=500
if [ -n "$full" ]; then
    workers=10000 times=$(((trials + 199) / 200)) moment=6000
fi

for mode in thread process; do
    limited 300 "$PINSUM" -q -r 1 --warmup=0 -m $mode -w $workers \
        --oversubscribe -R workers -o status,sum 1 1M >"$dir/out" 2>"$dir/log"
    status=$?
    if grep -q 'cannot create worker' "$dir/log"; then
        skip "$workers of mode $mode" 'the system has a limit of fewer'
        continue
    fi
    echo "exit status $status" >>"$dir/log"
    [ $status -eq 0 ] && [ "$(awk '$1 == "ok" { n++; sum += $2 }
        END { printf "%d %.0f", n, sum }' "$dir/out")" = \
        "$workers 500000500000" ]
    result $? "$workers of mode $mode: the sum is right, each held its pin"
    helper signal-tool 2 group "$times" "$moment" 1 "$dir" "$PINSUM" -q \
        --warmup=0 --runs=1M -k chain -R runs -R summary:FILE \
        -R workers:FILE2 -o runs:config,run -o summary:config,runs \
        -w $workers --oversubscribe -m $mode 1 1000000000000000
done

done_testing
