# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Control groups, version 2: CPUs, a quota, and a number of processes.

machine_qemu()
{
	echo -smp 8,sockets=2,cores=2,threads=2 -m 512
}

machine_kernel() { :; }

check_cpuset()
{
	pinsum='in-group cpuset pinsum'
	group cpuset
	echo 1-5 >/sys/fs/cgroup/cpuset/cpuset.cpus
	plan_is 'a cpuset' <<-END
	1 0 0 0 0 0 1/2
	2 1 1 0 0 0 2/2
	4 3 2 1 0 1 2/2
	END
	pins_are thread
	runs
	refused "'0,6-8': CPU 0,6,7 is not in the cpuset; CPU 8 does \
not exist; usable CPUs: 1-5" -c 0,6-8
	loses_pin thread 1,4 'echo 1-3 >/sys/fs/cgroup/cpuset/cpuset.cpus'
	echo 1-5 >/sys/fs/cgroup/cpuset/cpuset.cpus
	loses_pin process 1,4 'echo 1-3 >/sys/fs/cgroup/cpuset/cpuset.cpus'
	refused "'1,4': CPU 4 is not in the cpuset; usable CPUs: 1-3" -c 1,4
}

check_quota()
{
	pinsum='in-group quota pinsum'
	group quota
	echo 50000 100000 >/sys/fs/cgroup/quota/cpu.max
	is 'environment: quota' "$($pinsum -n -R environment |
		sed -n 's/^quota	//p')" 0.50
	runs -m thread
	check_throttling
}

throttled_ns()
{
	awk '$1 == "throttled_usec" { printf "%.0f", $2 * 1000 }' \
		/sys/fs/cgroup/quota/cpu.stat
}

# Half a CPU holds a worker back for half of its time: that is throttled_ns, as
# the group's own count says, which has the start of the tool in it, some 700 ms
# here, half of them throttled; and it lies within wait_ns, but for the
# milliseconds that an emulated kernel takes at the end of each period.
check_throttling()
{
	before=$(throttled_ns)
	$pinsum -q -m single -r 1 --warmup=0 -k chain -R runs --noheadings \
		-o compute_ns,wait_ns,throttled_ns 1 "${range:-3G}" >/tmp/rows
	is 'quota: figures' "$(awk -v witness="$(($(throttled_ns) - before))" '
		$3 < 0.3 * $1 || $3 > 0.75 * $1 { print "not half of", $1 }
		$3 > 1.05 * $2 { print "not within", $2 }
		witness < $3 || witness > $3 + 800e6 {
			print "the group says", witness }
		END { if (NR != 1) print NR, "rows" }' /tmp/rows)" ''
	sed 's/^/# compute, wait, throttled: /' /tmp/rows
}

check_pids()
{
	pinsum='in-group pids pinsum'
	group pids
	echo 4 >/sys/fs/cgroup/pids/pids.max
	got=$($pinsum -m process -p threads -w 8 -r 1 1 1000 2>&1)
	is 'pids.max: exit status' $? 1
	is 'pids.max: message' "$(echo "$got" | grep -c \
		'cannot create worker .* of 8: .*pids.max')" 1
	is 'pids.max: nobody left' "$(cat /sys/fs/cgroup/pids/cgroup.procs)" ''
	runs -m thread -w 2
}

machine_checks()
{
	check_cpuset
	check_quota
	check_pids
}
