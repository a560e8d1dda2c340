# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Three packages of three cores: numbers with gaps in the hardware.

machine_qemu()
{
	echo -smp 9,sockets=3,cores=3,threads=1 -m 512
}

machine_kernel() { :; }

machine_checks()
{
	plan_is cores <<-END
	0 0 0 0 0 0 1/1
	1 1 1 0 0 0 1/1
	2 2 2 0 0 0 1/1
	3 3 3 1 0 1 1/1
	4 4 4 1 0 1 1/1
	5 5 5 1 0 1 1/1
	6 6 6 2 0 2 1/1
	7 7 7 2 0 2 1/1
	8 8 8 2 0 2 1/1
	END
	plan_is 'scatter of four' -b scatter -w 4 <<-END
	0 0 0 0 0 0 1/1
	3 3 3 1 0 1 1/1
	6 6 6 2 0 2 1/1
	1 1 1 0 0 0 1/1
	END
	calc_agrees
	pins_are thread
	runs -m thread
}
