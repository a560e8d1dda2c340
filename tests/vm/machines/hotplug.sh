# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A CPU that goes offline during the run, and comes back.

machine_qemu()
{
	echo -smp 4,sockets=1,cores=4,threads=1 -m 512
}

machine_kernel() { :; }

machine_checks()
{
	runs -c 1,2
	loses_pin thread 1,2 'cpu 2 0'
	refused "'1,2': CPU 2 is offline; usable CPUs: 0,1,3" -c 1,2
	cpu 2 1
	runs -c 1,2
	loses_pin process 1,2 'cpu 2 0'
	cpu 2 1
	loses_pin thread 1,3 'cpu 3 0; cpu 3 1'
	plan_is cores <<-END
	0 0 0 0 0 0 1/1
	1 1 1 0 0 0 1/1
	2 2 2 0 0 0 1/1
	3 3 3 0 0 0 1/1
	END
}
