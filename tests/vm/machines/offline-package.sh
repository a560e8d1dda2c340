# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The first of two packages but CPU 0, then all of the second one, is offline.

machine_qemu()
{
	echo -smp 4,sockets=2,cores=2,threads=1 -m 512
	memory_nodes 0-1 2-3
}

machine_kernel() { :; }

machine_checks()
{
	cpu 1 0
	plan_is 'half a package' <<-END
	0 0 0 0 0 0 1/1
	2 1 1 1 1 1 1/1
	3 2 2 1 1 1 1/1
	END
	cpu 1 1
	cpu 2 0
	cpu 3 0
	plan_is 'a package less' <<-END
	0 0 0 0 0 0 1/1
	1 1 1 0 0 0 1/1
	END
	calc_agrees
	pins_are thread
	runs
	refused "'0,2': CPU 2 is offline; usable CPUs: 0,1" -c 0,2
	refused "'package:1': no package 1 on this machine, only 0; usable \
CPUs: 0,1" -p package:1
}
