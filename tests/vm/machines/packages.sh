# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Two packages of two cores of two threads, a NUMA node each.

machine_qemu()
{
	echo -smp 8,sockets=2,cores=2,threads=2 -m 512
	memory_nodes 0-3 4-7
}

machine_kernel() { :; }

machine_checks()
{
	plan_is cores <<-END
	0 0 0 0 0 0 2/2
	2 2 1 0 0 0 2/2
	4 4 2 1 1 1 2/2
	6 6 3 1 1 1 2/2
	END
	plan_is threads -p threads -w pus <<-END
	0 0 0 0 0 0 2/2
	1 1 0 0 0 0 2/2
	2 2 1 0 0 0 2/2
	3 3 1 0 0 0 2/2
	4 4 2 1 1 1 2/2
	5 5 2 1 1 1 2/2
	6 6 3 1 1 1 2/2
	7 7 3 1 1 1 2/2
	END
	plan_is 'spread over sockets' -p sockets -b spread -w 2 <<-END
	0 0 0 0 0 0 2/2
	4 4 2 1 1 1 2/2
	END
	plan_is 'one package by location' -p package:1.core:all -w 2 <<-END
	4 4 2 1 1 1 2/2
	6 6 3 1 1 1 2/2
	END
	plan_is scatter -b scatter <<-END
	0 0 0 0 0 0 2/2
	4 4 2 1 1 1 2/2
	2 2 1 0 0 0 2/2
	6 6 3 1 1 1 2/2
	END
	calc_agrees
	pins_are single
	pins_are thread
	pins_are process
	pins_are thread -p numa_domains --whole-place
	pins_are process -c 7,0,5
	runs
	runs -p numa_domains --whole-place -w 2
	runs -p threads -m thread -w pus
	refused "'0,8': CPU 8 does not exist; usable CPUs: 0-7" -c 0,8
}
