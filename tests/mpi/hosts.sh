#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Two hosts that are network namespaces of this test's own: ranks on both, rows
# of both, one that dies on the other, one that is frozen there.

# shellcheck source=tests/mpi/lib.sh
. "$top_srcdir/tests/mpi/lib.sh"

in_namespaces nsenter ip mount pgrep

other=''

# node1 is here, node2 is where the process $other is.
make_hosts()
{
	hostname node1
	ip link set lo up
	ip link add inside type veth peer name outside || return
	unshare --net --uts sh -c 'hostname node2; exec sleep 600' &
	other=$!
	until test "$(nsenter -t "$other" --uts uname -n)" = node2; do
		sleep 0.05
	done
	ip link set outside netns "$other"
	ip addr add 10.77.0.1/24 dev inside
	ip link set inside up
	nsenter -t "$other" --net ip addr add 10.77.0.2/24 dev outside
	nsenter -t "$other" --net ip link set outside up
	nsenter -t "$other" --net ip link set lo up
	printf '%s\n' '127.0.0.1 localhost' '10.77.0.1 node1' \
	    '10.77.0.2 node2' >"$scratch/hosts"
	mount --bind "$scratch/hosts" /etc/hosts
}

# What launchers take for rsh: options, a host, a command.
make_rsh()
{
	cat >"$scratch/rsh" <<END
#!/bin/sh
while test "\${1#-}" != "\$1"; do
	shift
done
host=\$1
shift
case \$host in
node2) exec nsenter -t $other --net --uts sh -c "\$*" ;;
*) exec sh -c "\$*" ;;
esac
END
	chmod +x "$scratch/rsh"
	if test "$mpi" = 'Open MPI'; then
		net='10.77.0.0/24'
		launch="$launch --mca plm_rsh_agent $scratch/rsh
		    --mca btl_tcp_if_include $net --mca oob_tcp_if_include $net
		    --host node1:2,node2:2"
	else
		launch="$launch -launcher rsh -launcher-exec $scratch/rsh
		    -hosts node1:2,node2:2"
	fi
}

rows()
{
	is "status $status
$(tr '\t' ' ' <"$out")" "status 0
$2" "$mpi: $1"
}

both()
{
	ranks 4 -r 1 -m single,thread -w 1 -R workers \
	    -o config,first,last,sum,status,host,rank 4000
	rows "rows of two hosts are merged" \
		"config first last sum status host rank
1 1 4000 8002000 ok node1 0
2 1 1000 500500 ok node1 0
2 1001 2000 1500500 ok node1 1
2 2001 3000 2500500 ok node2 2
2 3001 4000 3500500 ok node2 3
3 1 1000 500500 ok node1 0
3 1001 2000 1500500 ok node1 1
3 2001 3000 2500500 ok node2 2
3 3001 4000 3500500 ok node2 3"
	ranks 4 -r 2 -w 2 -o mode,ranks,sum,status,host,rank 1M
	rows "totals are of all" "mode ranks sum status host rank
single 1 500000500000 ok node1 0
single 4 500000500000 ok NA NA
thread 4 500000500000 ok NA NA
process 4 500000500000 ok NA NA"
}

# Each host's ranks share out its CPUs, whatever the other host's do.
plans()
{
	ranks 4 -n -m thread -w 1 -o host,rank,cpus
	table '
		$F["host"] != ($F["rank"] < 2 ? "node1" : "node2") { print }
		{ cpus[$F["rank"]] = $F["cpus"] }
		END {
			if (NR != 5) print NR
			if (cpus[0] != cpus[2] || cpus[1] != cpus[3])
				print "differ"
		}' "$mpi: each host has a plan of its own"
	ranks 4 -r 1 -m single -R environment -o key,value,host,rank 1000
	is "$(awk '$1 == "host" { print $2, $3, $4 }' "$out")" "node1 node1 0
node2 node2 2" "$mpi: the environment of both"
}

# start ARGUMENT...: four ranks that go on for a while, in the background.
start()
{
	# shellcheck disable=SC2086 # several words
	timeout -k 5 60 $launch -n 4 "$PINSUM_MPI" -q --oversubscribe \
	    -r 1000000 -m single --max-time=30s -R runs "$@" 1M \
	    >"$out" 2>"$err" </dev/null &
	launcher=$!
	for _ in $(seq 100); do
		sleep 0.1
		test "$(wc -l <"$out")" -gt 3 && break
	done
	victim=$(rank_process 3)
}

# over TEXT
over()
{
	status=0
	wait "$launcher" || status=$?
	test "$status" -ne 0
	ok $? "$mpi: $1"
	ended "$mpi: $1: nobody is left"
}

# The message is of a host where rank 0 is not.  That host's may name one that
# the launcher ended then, as the first there.
dies()
{
	start
	kill -s KILL "$victim"
	over "a rank of the other host was killed"
	is "$(ours | grep -v '[01] on node1 .* has died, the first of its ')" \
	    "pinsum-mpi: rank 3 on node2 (process $victim) has died, the \
first of its host" "$mpi: and the message names it"
}

freezes()
{
	start --timeout=1s
	kill -s STOP "$victim"
	over "a rank of the other host was frozen"
	is "$(ours | sed 's/rank [0-2] on [^:]*: //')" "pinsum-mpi: no answer \
from rank 3 on node2 within --timeout and a second more: all ranks are ended" \
	    "$mpi: and the message names it"
}

make_hosts || skip_all 'no virtual network'
make_rsh
both
plans
own_copy
dies
freezes
kill "$other"
finish
