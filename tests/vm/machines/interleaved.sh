# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Four packages, of which even ones share a NUMA node and odd ones the other:
# hwloc's order is not the kernel's.

machine_qemu()
{
	echo -smp 8,sockets=4,cores=2,threads=1 -m 512
	memory_nodes 0-1,cpus=4-5 2-3,cpus=6-7
}

machine_kernel() { :; }

machine_checks()
{
	plan_is cores <<-END
	0 0 0 0 0 0 1/1
	1 1 1 0 0 0 1/1
	4 2 2 1 0 1 1/1
	5 3 3 1 0 1 1/1
	2 4 4 2 1 2 1/1
	3 5 5 2 1 2 1/1
	6 6 6 3 1 3 1/1
	7 7 7 3 1 3 1/1
	END
	plan_is 'domains, whole' -p numa_domains -w 2 --whole-place <<-END
	0,1,4,5 NA NA NA 0 NA NA
	2,3,6,7 NA NA NA 1 NA NA
	END
	calc_agrees
	pins_are thread
	pins_are process -p numa_domains -w 2 --whole-place
	runs -m thread,process
}
