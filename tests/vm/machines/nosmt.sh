# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Threads of a core that the kernel was told not to use. It does not tell whose
# they are: cores look whole.

machine_qemu()
{
	echo -smp 8,sockets=2,cores=2,threads=2 -m 512
}

machine_kernel()
{
	echo nosmt
}

machine_checks()
{
	plan_is cores <<-END
	0 0 0 0 0 0 1/1
	2 1 1 0 0 0 1/1
	4 2 2 1 0 1 1/1
	6 3 3 1 0 1 1/1
	END
	calc_agrees
	pins_are thread
	runs
	refused "'1': CPU 1 is offline; usable CPUs: 0,2,4,6" -c 1
	refused "'0-3': CPU 1,3 is offline; usable CPUs: 0,2,4,6" -c 0-3
}
