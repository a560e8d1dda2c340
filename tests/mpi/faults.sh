#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What goes wrong in one rank ends the experiment in all: with a message that
# names host and rank, a status other than 0, and nobody left behind.

# shellcheck source=tests/mpi/lib.sh
. "$top_srcdir/tests/mpi/lib.sh"

own_copy
host=$(uname -n)

# says LINE TEXT: not a success, no rows, one line of ours.
says()
{
	is "$(test "$status" -ne 0 && echo failed) $(wc -c <"$out")
$(ours)" "failed 0
pinsum-mpi: $1" "$2"
	ended "$2: nobody is left"
}

wrong_launcher()
{
	for variable in OMPI_COMM_WORLD_SIZE PMI_SIZE SLURM_STEP_NUM_TASKS; do
		status=0
		limited env -u PMI_FD "$variable=4" "$PINSUM_MPI" -r 1 1000 \
		    >"$out" 2>"$err" || status=$?
		is "$status $(wc -c <"$out") $(ours |
			sed 's/.* started \(.*\), and \(MPI.* of 1\):.*/\1, \2/'
		)" \
		    "1 0 4 ranks ($variable), MPI knows of 1" \
		    "$variable tells of ranks that MPI does not know"
	done
	# shellcheck disable=SC2086 # several words
	limited env SLURM_STEP_NUM_TASKS=1 $launch -n 2 "$PINSUM_MPI" -q -r 1 \
	    --oversubscribe -m single 1000 >"$out" 2>"$err"
	ok $? "a launcher within a step of one task"
}

usage()
{
	ranks 3 -r 1 10X
	says "'10X' is not a whole number of 0 or more, such as 1000 or 300M" \
	    "a usage error is said once"
	ranks 2 --sweep=places
	says "--sweep compares the places of one machine: run pinsum on each \
host, or one rank" "--sweep"
	ranks 2 -r 1 --cpu-list=4095 1000
	is "$status $(ours | wc -l)" "1 1" "a place that is not there, once"
	ranks 2 --version
	is "$status $(sed -n 1p "$out")" "0 pinsum-mpi (pinsum) $(
		"$PINSUM" --version | sed -n '1s/.* //p')" "--version, once"
	is "$(wc -l <"$out")" "$("$PINSUM" --version | wc -l)" "and no more"
}

differences()
{
	mpirun_ -n 1 "$PINSUM_MPI" -q -r 1 1000 : \
		-n 1 "$PINSUM_MPI" -q -r 1 1001
	says "rank 1 on $host: its version or command line is not that of \
rank 0: '-q -r 1 1001 ' instead of '-q -r 1 1000 '; start the same program \
with the same arguments everywhere" "another range"
	mpirun_ -n 1 "$PINSUM_MPI" -q -r 1 1000 : \
		-n 1 "$PINSUM_MPI" -q -r 1 10X
	says "rank 1 on $host: '10X' is not a whole number of 0 or more, such \
as 1000 or 300M" "a usage error of one rank"
	mpirun_ -n 1 "$PINSUM_MPI" -n -m single --ipc=shm -i pu:1 : \
		-n 1 "$PINSUM_MPI" -n -m single --ipc=pipe -i pu:2
	says "rank 1 on $host: its version or command line is not that of \
rank 0: '-n -m single --ipc=pipe ' instead of '-n -m single --ipc=shm '; start \
the same program with the same arguments everywhere" "another --ipc"
	version=$("$PINSUM" --version | sed 1q)
	sed "s/${version%?}./${version%?}x/g" "$PINSUM_MPI" >"$scratch/other"
	chmod +x "$scratch/other"
	mpirun_ -n 2 "$PINSUM_MPI" -q -r 1 1000 : \
		-n 1 "$scratch/other" -q -r 1 1000
	says "rank 2 on $host: its version or command line is not that of \
rank 0: '${version%?}x' instead of '$version'; start the same program with \
the same arguments everywhere" "another version"
}

# start ARGUMENT...: three ranks that go on for a minute, in the background.
start()
{
	# shellcheck disable=SC2086 # several words
	timeout -k 5 120 $launch -n 3 "$PINSUM_MPI" -q --oversubscribe \
	    -r 1000000 -m single --max-time=300s -R runs "$@" \
	    >"$out" 2>"$err" </dev/null &
	launcher=$!
	for _ in $(seq 100); do
		sleep 0.1
		test "$(wc -l <"$out")" -gt 3 && break
	done
	begun=$(date +%s)
}

# over: the launcher has ended; its status.
over()
{
	status=0
	wait "$launcher" || status=$?
	took=$(($(date +%s) - begun))
}

# kill_rank N: what is to be said of it, and what is.
kill_rank()
{
	process=$(rank_process "$1")
	want="pinsum-mpi: rank $1 on $host (process $process) has died"
	kill -s KILL "$process"
	over
	got=$(ours)
}

killed_rank()
{
	start 1M
	kill_rank "$1"
	is "$got" "$want" "rank $1 was killed, and is named"
	test "$status" -ne 0 && test "$took" -le 10
	ok $? "the launcher failed, soon"
	ended "and nobody is left"
}

# killed_ranks COUNT MODE: whichever it is, and however soon the launcher ends
# the others.
killed_ranks()
{
	wrong=''
	for try in $(seq "$1"); do
		start -w 1 -m "$2" 1M
		kill_rank $((try % 3))
		test "$got" = "$want" || wrong="$wrong
$got instead of $want"
	done
	is "$wrong" '' "$2: of $1 ranks that were killed each is named"
}

stopped()
{
	start 1M
	kill -s "$1" "$(rank_process 1)"
	over
	test "$status" -ne 0 && test "$took" -le 10
	ok $? "SIG$1 to one rank ends all"
	ended "SIG$1: nobody is left"
	is "$(sed 1d "$out" | awk -F '\t' 'NF > 1 { print NF, $21 }' |
		sort -u)" \
	    "24 ok" "SIG$1: rows that were written are whole"
}

interrupted()
{
	start 1M -R "summary:$scratch/summary"
	kill -s INT "$(pgrep -P "$launcher")"
	over
	test "$status" -ne 0 && test "$took" -le 10
	ok $? "SIGINT to the launcher ends all"
	ended "SIGINT: nobody is left"
	test -s "$scratch/summary" && test ! -e "$scratch/summary.part"
	ok $? "SIGINT: the summary of complete rounds has its name"
}

# A worker of rank 1 dies: all know, and the next run is as ever.
killed_worker()
{
	# shellcheck disable=SC2086 # several words
	timeout -k 5 120 $launch -n 2 "$PINSUM_MPI" -q --oversubscribe \
	    -r 3 --warmup=0 -m process -w 2 --block=100ms/100k -R runs \
	    -o run,ranks,sum,status 2M >"$out" 2>"$err" </dev/null &
	launcher=$!
	victim=''
	for _ in $(seq 100); do
		sleep 0.05
		rank=$(rank_process 1)
		test -n "$rank" && victim=$(pgrep -P "$rank" | sed -n 1p)
		test -n "$victim" && kill -s KILL "$victim" && break
	done
	over
	is "$(ours | sed 's/run [0-9]/run/; s/worker [01]/worker/')" \
	    "pinsum-mpi: rank 1 on $host: configuration 1 (process, 2 \
workers), run: worker (process $victim) was killed by signal 9 (Killed)" \
	    "a worker that died is named, with its rank"
	is "$status$(sed 1d "$out" | cut -f 2- | sort | uniq -c |
		tr -s ' \t' ' ' | tr '\n' ',')" \
	    "4 2 2 2000001000000 ok, 1 2 NA died," \
	    "its run is lost in all ranks, the others are not"
}

timeouts()
{
	ranks 2 -r 1 --warmup=0 -m single,thread -w 1 --timeout=100ms \
	    -R runs -o mode,ranks,status 1T
	is "$status $(sed 1d "$out" | tr '\t\n' ' ,')" \
	    "4 single 1 timeout,single 2 timeout,thread 2 timeout," "--timeout"
	ended "--timeout: nobody is left"
}

# told: what the program says, as soon as it does; the seconds it took.
told()
{
	begun=$(date +%s)
	for _ in $(seq 200); do
		ours >"$scratch/told" && break
		sleep 0.1
	done
	soon=$(($(date +%s) - begun))
}

# frozen RANK...: a second of --timeout, one more, and three for a busy machine.
frozen()
{
	start --timeout=1s 1M
	names='' processes=''
	for rank; do
		processes="$processes $(rank_process "$rank")"
		names="${names:+$names, }rank $rank on $host"
	done
	# shellcheck disable=SC2086 # a list
	kill -s STOP $processes
	told
	over
	is "$(ours | sed 's/^\(pinsum-mpi: \)rank [0-2] on [^:]*: /\1/')" \
	    "pinsum-mpi: no answer from $names within --timeout and a second \
more: all ranks are ended" "frozen: $names"
	test "$status" -ne 0 && test "$soon" -le 5
	ok $? "frozen: $names: soon"
	ended "frozen: $names: nobody is left"
}

# freezer: a control group of this test's own that can be frozen.
freezer()
{
	for root in /sys/fs/cgroup/freezer /sys/fs/cgroup; do
		{ mkdir "$root/pinsum-$$"; } 2>/dev/null || continue
		test -e "$root/pinsum-$$/freezer.state" ||
			test -e "$root/pinsum-$$/cgroup.freeze" &&
			echo "$root/pinsum-$$" && return
		rmdir "$root/pinsum-$$"
	done
	return 1
}

# freeze GROUP 1|0
freeze()
{
	if test -e "$1/cgroup.freeze"; then
		echo "$2" >"$1/cgroup.freeze"
	elif test "$2" -eq 1; then
		echo FROZEN >"$1/freezer.state"
	else
		echo THAWED >"$1/freezer.state"
	fi
}

# The freezer of a control group: not even SIGKILL ends who is in there, where
# it is that of version 1.
frozen_group()
{
	group=$(freezer) || {
		skip "a frozen control group" "none can be made"
		return
	}
	start --timeout=1s 1M
	rank_process 1 >"$group/cgroup.procs"
	freeze "$group" 1
	told
	freeze "$group" 0
	over
	is "$(cat "$scratch/told")" "pinsum-mpi: no answer from rank 1 on \
$host within --timeout and a second more: all ranks are ended" \
	    "a frozen control group"
	ended "a frozen control group: nobody is left"
	rmdir "$group"
}

full_disk()
{
	ranks 2 -r 2 -R runs:/dev/full 1000
	is "$(test "$status" -ne 0 && echo failed) $(ours)" \
		"failed pinsum-mpi: \
cannot write to /dev/full: No space left on device" "a full disk ends all"
}

wrong_launcher
usage
differences
killed_rank 1
killed_rank 0
killed_ranks "${TRIALS:-5}" single
killed_ranks "${TRIALS:-5}" process
stopped TERM
interrupted
have pgrep && killed_worker
timeouts
frozen 2
frozen 0
frozen 0 1
frozen_group
full_disk
finish
