# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One thread of each of two cores is offline: the second of core 0, the first
# of core 1. The kernel does not tell whose they are, so their cores look whole;
# hwloc has these cores at another depth than the rest, where caches are each
# thread's own as here.

machine_qemu()
{
	echo -smp 8,sockets=2,cores=2,threads=2 -m 512
}

machine_kernel() { :; }

machine_checks()
{
	cpu 1 0
	cpu 2 0
	plan_is cores <<-END
	0 0 0 0 0 0 1/1
	3 1 1 0 0 0 1/1
	4 2 2 1 0 1 2/2
	6 4 3 1 0 1 2/2
	END
	plan_is threads -p threads -w pus <<-END
	0 0 0 0 0 0 1/1
	3 1 1 0 0 0 1/1
	4 2 2 1 0 1 2/2
	5 3 2 1 0 1 2/2
	6 4 3 1 0 1 2/2
	7 5 3 1 0 1 2/2
	END
	pins_are thread
	pins_are thread -p package:1.core:all.pu:1 -w 2
	runs
	refused "'1-3': CPU 1,2 is offline; usable CPUs: 0,3-7" -c 1-3
}
