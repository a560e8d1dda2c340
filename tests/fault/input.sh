#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Hostile --input: a message, in bounded time and memory.

. "$top_srcdir/tests/fault/tap.sh" || exit 99

# bounded NAME PATTERN SECONDS MIB INPUT: exit status 1 and that message, in so
# much CPU time and memory at most. Sanitizers take more of both.
bounded() {
    local name=$1 pattern=$2 seconds=$3 memory=$((1024 * $4)) input=$5
    if sanitized; then
        seconds=$((20 * seconds)) memory=unlimited
    fi
    ends 1 "$pattern" "$name" \
        bash -c 'ulimit -t "$1" -v "$2" && exec "${@:3}"' bash "$seconds" \
        "$memory" "$PINSUM" -n -m single -i "$input"
}

while read -r text; do
    bounded "$text" 'describes a machine too large for hwloc' 1 256 "$text"
done <<'END'
pack:1000000 core:1000000 pu:1000
pu:4294967295
pu:18446744073709551616
core:100000000000000000000
numa:100000 pu:1
pu:131072
l3:8192 pu:8192
pack:2 numa:65536 core:1 pu:1
pack:64 die:64 l3:64 core:4 pu:2
group:300 group:300 pu:1
core:2 pu:2(indexes=0,1,2,999999999)
END
long=$(head -c 100000 /dev/zero | tr '\0' 1)
bounded 'a number of 100,000 digits' '^pinsum: --input: ' 1 256 "pu:$long"
bounded 'levels without end' '^pinsum: --input: ' 1 256 \
    "$(yes 'group:1' | head -n 10000 | tr '\n' ' ')pu:1"
bounded 'a list of indexes without end' '^pinsum: --input: ' 1 256 \
    "pu:2(indexes=$(seq -s , 0 20000))"

xml() {
    bounded "$1" "$2" "${3:-2}" 512 "$dir/machine.xml"
    rm -rf "$dir/machine.xml"
}

truncate -s 1G "$dir/machine.xml"
xml 'a file of a gigabyte' 'too large for a description of a machine'
mkfifo "$dir/machine.xml"
xml 'a named pipe that nobody writes to' 'not a regular file'
ln -s /dev/zero "$dir/machine.xml"
xml 'a device without end' 'not a regular file'
: >"$dir/machine.xml"
xml 'an empty file' 'cannot read a machine from'
head -c 60000000 /dev/zero >"$dir/machine.xml"
xml '60 megabytes of zeros' 'cannot read a machine from'
{
    echo '<?xml version="1.0"?><topology version="2.0">'
    for _ in $(seq 20000); do
        printf '<object type="Group" cpuset="0x1" complete_cpuset="0x1">'
    done
} >"$dir/machine.xml"
xml 'objects in one another without end' 'cannot read a machine from' 30
{
    echo '<?xml version="1.0"?><!DOCTYPE topology [<!ENTITY a "aaaaaaaaaa">'
    for pair in a:b b:c c:d d:e e:f f:g g:h h:i i:j; do
        from=${pair%:*}
        ten="&$from;&$from;&$from;&$from;&$from;"
        echo "<!ENTITY ${pair#*:} \"$ten$ten\">"
    done
    echo ']><topology version="2.0"><object type="Machine" name="&j;"/>'
    echo '</topology>'
} >"$dir/machine.xml"
xml 'entities of entities' 'cannot read a machine from'

# As large as is taken: it ends by a signal, and hwloc takes seconds, no more.
large='group:100 group:200 pu:1'
"$PINSUM" -n -m single -i "$large" >"$dir/out" 2>"$dir/log" &
tool=$!
sleep 0.5
start=$(date +%s%N)
kill -s TERM $tool
wait $tool
status=$?
took=$((($(date +%s%N) - start) / 1000000))
echo "exit status $status after $took ms" >>"$dir/log"
[ $status -eq 143 ] && [ $took -lt 5000 ]
result $? 'TERM while hwloc is at it: ends by it'
if [ -n "$full" ] && ! sanitized; then
    for input in "$large" "$(yes group:2 | head -n 14 | tr '\n' ' ')pu:2"; do
        limited 280 bash -c 'ulimit -t 20 -v 1048576 && exec "$@"' bash \
            "$PINSUM" -q -n -m single -i "$input" >"$dir/out" 2>"$dir/log"
        result $? "$input: done, in 20 s of CPU time and 1 GiB"
    done
fi

done_testing
