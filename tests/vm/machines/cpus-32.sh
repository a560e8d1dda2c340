# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# 32 CPUs: two packages of eight cores of two threads.

machine_qemu()
{
	echo -smp 32,sockets=2,cores=8,threads=2 -m 512
	memory_nodes 0-15 16-31
}

machine_kernel() { :; }

machine_checks()
{
	# Core N is CPUs 2N and 2N + 1.
	plan_is cores <<-END
	$(seq 0 15 | awk '{
		half = int($1 / 8)
		print 2 * $1, 2 * $1, $1, half, half, half, "2/2"
	}')
	END
	calc_agrees
	pins_are thread
	runs -m thread,process
}
