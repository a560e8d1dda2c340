# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# NUMA nodes that the kernel was told not to see.

machine_qemu()
{
	echo -smp 4,sockets=2,cores=2,threads=1 -m 512
	memory_nodes 0-1 2-3
}

machine_kernel()
{
	echo numa=off
}

machine_checks()
{
	plan_is cores <<-END
	0 0 0 0 0 0 1/1
	1 1 1 0 0 0 1/1
	2 2 2 1 0 1 1/1
	3 3 3 1 0 1 1/1
	END
	calc_agrees
	pins_are thread
	runs
}
