# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# CPUs kept from the scheduler's balancing: what is started has a mask without
# them, which hwloc does not heed.

machine_qemu()
{
	echo -smp 4,sockets=1,cores=4,threads=1 -m 512
}

machine_kernel()
{
	echo isolcpus=2,3
}

machine_checks()
{
	plan_is cores <<-END
	0 0 0 0 0 0 1/1
	1 1 1 0 0 0 1/1
	END
	pins_are thread
	runs
	is 'environment: isolated CPUs' "$($pinsum -n -R environment |
		sed -n 's/^isolated_cpus	//p')" 2-3
	refused "'2': CPU 2 is not in the affinity mask; usable CPUs: 0,1" -c 2
	pinsum='taskset 0xc pinsum'
	plan_is 'on them when the mask has them' <<-END
	2 2 2 0 0 0 1/1
	3 3 3 0 0 0 1/1
	END
	pins_are process
	runs
}
