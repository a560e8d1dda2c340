# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# One package of two dies of two cores of two threads. The last cache is the
# die's.

machine_qemu()
{
	echo -smp 8,sockets=1,dies=2,cores=2,threads=2 -m 512
}

machine_kernel() { :; }

machine_checks()
{
	plan_is cores <<-END
	0 0 0 0 0 0 2/2
	2 2 1 0 0 0 2/2
	4 4 2 1 0 0 2/2
	6 6 3 1 0 0 2/2
	END
	plan_is 'dies by location' -p die:all.core:1 -w 2 <<-END
	2 2 1 0 0 0 2/2
	6 6 3 1 0 0 2/2
	END
	plan_is 'caches' -p ll_caches -w 2 <<-END
	0 0 0 0 0 0 2/2
	4 4 2 1 0 0 2/2
	END
	calc_agrees
	pins_are thread -p die:all --whole-place -w 2
	runs
}
