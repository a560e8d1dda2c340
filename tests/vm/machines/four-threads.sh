# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Two cores of four threads each.

machine_qemu()
{
	echo -smp 8,sockets=1,cores=2,threads=4 -m 512
}

machine_kernel() { :; }

machine_checks()
{
	plan_is cores <<-END
	0 0 0 0 0 0 4/4
	4 4 1 0 0 0 4/4
	END
	plan_is 'siblings once cores are used up' --oversubscribe -w 4 <<-END
	0 0 0 0 0 0 4/4
	1 1 0 0 0 0 4/4
	4 4 1 0 0 0 4/4
	5 5 1 0 0 0 4/4
	END
	calc_agrees
	pins_are thread --whole-place
	pins_are process -p threads -w pus
	runs
}
