#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# How processes hand their parts back.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

shim=$top_builddir/tests/cli/hand-back.so

quick -w 1-4 --oversubscribe --ipc=shm,pipe,socket,pipe \
	-o mode,workers,ipc,sum,status 100003
is "$(tail -n +2 "$out" | cut -f 1,3 | sort | uniq -c | tr -s ' \t' ' ')" \
	" 4 process pipe
 4 process shm
 4 process socket
 1 single NA
 4 thread NA" "every way once for every number of processes, and for no other"
table '$F["sum"] != "5000350006" || $F["status"] != "ok"' "every sum is right"

quick -m process -w 3 --oversubscribe --ipc=pipe,socket -o sum,status \
	999999999960001 1000000000000000
table '$F["sum"] != "39999999999200020000" || $F["status"] != "ok"' \
	"parts past 64 bits"
quick -m process -w 4 --oversubscribe --ipc=shm,pipe,socket \
	-s private,adjacent,atomic,mutex,turns,gil \
	-o sharing,ipc,sum,status 2003
table '$F["sum"] != "2007006" || $F["status"] != "ok"' \
	"with every sharing"
is "$(wc -l <"$out")" 19 "with every sharing: 18 rows"

# More than a pipe of 64 KiB takes.
quick -m process -w 2800 --oversubscribe --ipc=pipe -o sum,status 100k
if grep -q 'cannot create worker' "$err"; then
	skip "more messages than the pipe holds" "no 2800 processes here"
else
	table '$F["sum"] != "5000050000" || $F["status"] != "ok"' \
		"more messages than the pipe holds"
fi

# More sockets than are open at a time.
quick -m process -w 777 --oversubscribe --ipc=socket -o sum,status 100k
if grep -q 'cannot create worker' "$err"; then
	skip "a crowd of sockets" "no 777 processes here"
else
	table '$F["sum"] != "5000050000" || $F["status"] != "ok"' \
		"a crowd of sockets"
fi

# limited_to FILES ARGUMENT...
limited_to()
{
	files=$1
	shift
	status=0
	# shellcheck disable=SC2016 # the inner shell's own arguments
	limited sh -c 'ulimit -n "$0" && exec "$@"' "$files" "$PINSUM" -q \
		--warmup 0 -m process "$@" >"$out" 2>"$err" </dev/null ||
		status=$?
}

limited_to 40 -r 60 -w 2 --oversubscribe --ipc=shm,pipe,socket -o status 1000
table '$F["status"] != "ok"' "descriptors are closed after each run"
limited_to 60 -r 1 -w 80 --oversubscribe --ipc=pipe -o status 1000
table '$F["status"] != "ok"' "a pipe needs two descriptors for all workers"
limited_to 60 -r 1 -w 80 --oversubscribe --ipc=socket -o status 1000
few='cannot get a socket pair for each worker.*(Too many open|No file desc)'
is "$status $(grep -Ec "$few" "$err")" "1 1" \
	"sockets: too few descriptors are an error that says so"
status=0
# shellcheck disable=SC2016 # the inner shell's own arguments
limited sh -c 'ulimit -S -n 60 && exec "$@"' sh "$PINSUM" -q -r 1 --warmup 0 \
	-m process -w 80 --oversubscribe --ipc=socket -o status 1000 \
	>"$out" 2>"$err" || status=$?
table '$F["status"] != "ok"' "sockets: a soft limit is raised"

# meddled HOW IPC TIMEOUT: the first worker does that; a second run goes well or
# not. Other programs, of another libc perhaps, are left alone.
meddled()
{
	status=0
	limited env HAND_BACK="$1" LD_PRELOAD="$shim" "$PINSUM" -r 1 \
		--warmup 0 -q -m process -w 3 --oversubscribe --ipc="$2" \
		--timeout="$3" -R runs -o status,collect_ns,sum 1000 \
		>"$out" 2>"$err" </dev/null || status=$?
}

meddled probe shm 20s
if test "$status" -eq 77; then
	for ipc in pipe socket; do
		meddled lie $ipc 20s
		is "$status $(tail -n 1 "$out" | cut -f 1,3)" \
			"2 wrong_sum${tab}500501" \
			"$ipc: what is added is what came by it"
		meddled die $ipc 20s
		is "$status $(tail -n 1 "$out" | tr '\t' ' ')" "4 died NA NA" \
			"$ipc: a worker that dies before its reply has died"
		is "$(grep -c 'worker 0 .* was killed by signal 9' "$err")" 1 \
			"$ipc: and is named"
		meddled leave $ipc 20s
		is "$status $(tail -n 1 "$out" | tr '\t' ' ')" "4 died NA NA" \
			"$ipc: so has one that leaves without it"
		meddled stop $ipc 300ms
		is "$status $(tail -n 1 "$out" | tr '\t' ' ')" \
			"4 timeout NA NA" "$ipc: one that stops is late"
	done
	meddled lie shm 20s
	is "$status" 0 "shm: no message"
else
	skip "workers that do not hand back" \
		"nothing can be preloaded into this program"
fi

refuses_like "--ipc: 'mail' is none of shm, pipe, socket" --ipc=shm,mail
finish
