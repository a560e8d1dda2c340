# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Eight CPUs, of which the kernel started three.

machine_qemu()
{
	echo -smp 8,sockets=1,cores=8,threads=1 -m 512
}

machine_kernel()
{
	echo maxcpus=3
}

machine_checks()
{
	plan_is cores <<-END
	0 0 0 0 0 0 1/1
	1 1 1 0 0 0 1/1
	2 2 2 0 0 0 1/1
	END
	calc_agrees
	pins_are thread
	runs
	refused "'0,3': CPU 3 is offline; usable CPUs: 0-2" -c 0,3
}
