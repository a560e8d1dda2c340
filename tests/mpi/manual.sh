#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The examples of pinsum-mpi(1), with this MPI's launcher: they write what
# the page shows.

# shellcheck source=tests/mpi/lib.sh
. "$top_srcdir/tests/mpi/lib.sh"

# shellcheck source=tests/cli/examples.sh
. "$top_srcdir/tests/cli/examples.sh"

mkdir "$scratch/run" || exit 99

# As in the pages; more slots than there may be CPUs.
tool mpirun <<END
exec taskset -c 0,1 $launch "\$@"
END
ln -s "$PINSUM_MPI" "$top_builddir/src/pinsum-compare" "$bin"

# example NUMBER
example()
{
	status=0
	(cd "$scratch/run" && limited sh -e "$1.sh") >"$out" 2>"$err" ||
		status=$?
	is "$status
$(cat "$out")" "0
$(cat "$1.out")" "$(sed -e 's/[#\\|]//g' -e 1q "$1.sh")"
	test "$status" -eq 0 || show "$(cat "$err")"
}

have taskset || skip_all 'taskset is not installed'
test "$(usable_cpus | grep -cx '[01]')" -eq 2 ||
	skip_all 'the examples are of CPUs 0 and 1'
extract "$top_srcdir/man/pinsum-mpi.1" "$scratch/page"
for file in "$scratch/page"/*.sh; do
	example "${file%.sh}"
done
test "$tests" -ge 4
ok $? 'all examples were found'
finish
