#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Slurm with munge, slurmctld and two slurmd in a namespace of this test's own:
# srun as the launcher, and as the wrong one.

# shellcheck source=tests/mpi/lib.sh
. "$top_srcdir/tests/mpi/lib.sh"

in_namespaces ip mount munged slurmctld slurmd srun

case $mpi in
MPICH) right=pmi2 wrong=none ;;
*) right=pmix wrong=none ;;
esac
# It wants an address that is not the loopback's.
make_network()
{
	hostname control
	ip link set lo up
	ip link add inside type veth peer name outside || return
	ip addr add 10.78.0.1/24 dev inside
	ip link set inside up
	ip link set outside up
	printf '%s\n' '127.0.0.1 localhost' '10.78.0.1 control node1 node2' \
	    >"$scratch/hosts"
	mount --bind "$scratch/hosts" /etc/hosts
}

make_munge()
{
	chmod 755 "$scratch"
	mkdir "$scratch/munge"
	dd if=/dev/urandom of="$scratch/key" bs=1024 count=1 2>/dev/null
	chmod 400 "$scratch/key"
	munged --force --key-file="$scratch/key" \
	    --socket="$scratch/munge/socket" \
	    --pid-file="$scratch/munge/pid" --log-file="$scratch/munge/log" \
	    --seed-file="$scratch/munge/seed"
}

# TmpFS: the two would take each other's files in /tmp.
make_slurm()
{
	mkdir "$scratch/state" "$scratch/tmp-node1" "$scratch/tmp-node2"
	cat >"$scratch/slurm.conf" <<END
ClusterName=test
SlurmctldHost=control(10.78.0.1)
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$scratch/munge/socket
StateSaveLocation=$scratch/state
SlurmdSpoolDir=$scratch/spool-%n
SlurmctldPidFile=$scratch/control.pid
SlurmdPidFile=$scratch/%n.pid
SlurmctldLogFile=$scratch/control.log
SlurmdLogFile=$scratch/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/affinity
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
TmpFS=$scratch/tmp-%n
ReturnToService=2
NodeName=node1 NodeAddr=10.78.0.1 NodeHostname=node1 Port=17001 CPUs=$cpus
NodeName=node2 NodeAddr=10.78.0.1 NodeHostname=node2 Port=17002 CPUs=$cpus
PartitionName=all Nodes=node1,node2 Default=YES State=UP
END
	SLURM_CONF=$scratch/slurm.conf
	export SLURM_CONF
	slurmctld
	for node in node1 node2; do
		unshare --uts sh -c "hostname $node && slurmd -N $node"
	done
	for _ in $(seq 50); do
		sinfo -h -o '%t %D' 2>/dev/null | grep -q 'idle 2' && return
		sleep 0.2
	done
	return 1
}

# srun_ ARGUMENT...: tasks write to the files by themselves. What goes through
# srun is lost now and then, with a status of 0, where the machine is busy.
srun_()
{
	: >"$out"
	: >"$err"
	# shellcheck disable=SC2094 # all append
	limited srun -Q --open-mode=append -o "$out" -e "$err" "$@" \
	    2>>"$err" </dev/null
}

# step PLUGIN ARGUMENT...: two ranks on each node.
step()
{
	plugin=$1
	shift
	status=0
	srun_ --mpi="$plugin" -N 2 -n 4 "$PINSUM_MPI" -q "$@" || status=$?
}

# said: what was, where anything failed.
said()
{
	test "$failures" -eq 0 || show "status $status" "$(cat "$err")" \
	    "$(tail -n 5 "$scratch"/node?.log)"
}

right_launcher()
{
	step "$right" -r 2 -m single,thread -w 1 -o mode,ranks,sum,status 1M
	is "$status $(tr '\t\n' ' ,' <"$out")" "0 mode ranks sum status,\
single 1 500000500000 ok,single 4 500000500000 ok,\
thread 4 500000500000 ok," "$mpi, srun: totals"
	said
	step "$right" -r 1 -m thread -w 1 -R workers \
	    -o first,host,rank,allotment,status 4000
	is "$status $(tr '\t\n' ' ,' <"$out")" "0 first host rank allotment \
status,1 node1 0 given ok,1001 node1 1 given ok,2001 node2 2 given ok,\
3001 node2 3 given ok," "$mpi, srun: rows of both nodes, sets that were given"
	said
}

# Open MPI refuses by itself.
wrong_launcher()
{
	step "$wrong" -r 1 1000
	test "$status" -ne 0 && test ! -s "$out"
	ok $? "$mpi, srun without the plug-in: no rows"
	knows='and MPI knows'
	grep -q -e "srun started 4 ranks (SLURM_STEP_NUM_TASKS), $knows" \
		-e 'OMPI was not built with SLURM' "$err"
	ok $? "$mpi, srun without the plug-in: a message"
	said
}

dies()
{
	own_copy
	srun_ --mpi="$right" -N 2 -n 4 "$PINSUM_MPI" -q \
	    -r 1000000 -m single --max-time=100s -R runs 1M &
	launcher=$!
	for _ in $(seq 100); do
		sleep 0.1
		test "$(wc -l <"$out")" -gt 3 && break
	done
	for exe in $(left); do
		tr '\0' '\n' <"${exe%/exe}/environ" |
			grep -qx SLURM_PROCID=3 && process=${exe#/proc/}
	done
	begun=$(date +%s)
	kill -s KILL "${process%/exe}"
	status=0
	wait "$launcher" || status=$?
	took=$(($(date +%s) - begun))
	test "$status" -ne 0 && test "$took" -le 30
	ok $? "$mpi, srun: the end of one rank is that of all, soon"
	grep -q "rank 3 on node2 (process ${process%/exe}) has died" "$err"
	ok $? "$mpi, srun: a rank that was killed, and its host, are named"
	ended "$mpi, srun: nobody is left"
	said
}

# Without MPI at all, the plain program on each node.
plain()
{
	status=0
	srun_ -N 2 -n 2 "$PINSUM" -q -r 1 -m single \
	    -o sum,status,host --noheadings 1000 || status=$?
	is "$status $(sort "$out" | tr '\t\n' ' ,')" \
	    "0 500500 ok node1,500500 ok node2," "pinsum itself, on each node"
}

cpus=$(usable_cpus | wc -l)
test "$cpus" -ge 2 || skip_all 'two ranks of a node want two CPUs'
make_network || skip_all 'no virtual network'
make_munge || skip_all 'munged does not start'
make_slurm || skip_all 'Slurm does not start'
srun --mpi=list 2>&1 | grep -qw "$right" ||
	skip_all "this Slurm has no plug-in $right"
right_launcher
wrong_launcher
dies
plain
finish
