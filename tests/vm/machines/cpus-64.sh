# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# 64 CPUs: four packages of sixteen cores.

machine_qemu()
{
	echo -smp 64,sockets=4,cores=16,threads=1 -m 1024
	memory_nodes 0-15 16-31 32-47 48-63
}

machine_kernel() { :; }

machine_checks()
{
	plan_is cores <<-END
	$(seq 0 63 | awk '{
		part = int($1 / 16)
		print $1, $1, $1, part, part, part, "1/1"
	}')
	END
	calc_agrees
	pins_are thread -c 0,31,32,63
	runs -m thread
}
