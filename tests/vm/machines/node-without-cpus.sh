# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Two packages, and between their NUMA nodes one that is memory alone. The
# kernel numbers nodes as it meets them, CPUs first: that one is its number 2.

machine_qemu()
{
	echo -smp 4,sockets=2,cores=2,threads=1 -m 768
	memory_nodes 0-1 '' 2-3
}

machine_kernel() { :; }

machine_checks()
{
	plan_is cores <<-END
	0 0 0 0 0 0 1/1
	1 1 1 0 0 0 1/1
	2 2 2 1 1 1 1/1
	3 3 3 1 1 1 1/1
	END
	plan_is domains -p numa_domains -w 2 <<-END
	0 0 0 0 0 0 1/1
	2 2 2 1 1 1 1/1
	END
	calc_agrees
	pins_are thread
	runs
	refused "'numa:2': numanode 2 has no CPUs; usable CPUs: 0-3" -p numa:2
}
