# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of pinsum-mpi share, beside what cli/lib.sh has. To be sourced.
# In the environment: PINSUM_MPI, the program, and MPICC, which says whose it
# is; MPIRUN where the launcher is not beside that.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

test -x "${PINSUM_MPI-}" || skip_all 'configured without --with-mpi'
: "${MPICC:=mpicc}"
: "${MPIRUN:=$(echo "$MPICC" | sed 's/\(.*\)mpicc/\1mpirun/')}"
have "$MPIRUN" || skip_all "$MPIRUN is not installed"

# Root of a container is who it is.
OMPI_ALLOW_RUN_AS_ROOT=1
OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM

# More ranks than CPUs, and no CPUs chosen by the launcher, unless asked for.
case $("$MPIRUN" --version 2>/dev/null) in
*'Open MPI'* | *OpenRTE*)
	mpi='Open MPI'
	launch="$MPIRUN --oversubscribe --bind-to none"
	;;
*)
	mpi=MPICH
	launch=$MPIRUN
	;;
esac

# in_namespaces TOOL...: goes on only in namespaces of this test's own, where it
# is started again; needs these tools there.
in_namespaces()
{
	test "${NAMESPACES_INSIDE-}" != yes || return 0
	for tool in unshare "$@"; do
		have "$tool" || skip_all "$tool is not installed"
	done
	unshare --net --mount --uts --pid --fork --mount-proc true \
		2>/dev/null ||
		skip_all 'namespaces need root'
	NAMESPACES_INSIDE=yes
	export NAMESPACES_INSIDE
	rm -rf "$scratch" # no EXIT comes
	exec unshare --net --mount --uts --pid --fork --kill-child \
	    --mount-proc sh "$0"
}

# mpirun_ ARGUMENT...: what the launcher makes of it, as run() leaves it.
mpirun_()
{
	status=0
	# shellcheck disable=SC2086 # several words
	limited $launch "$@" >"$out" 2>"$err" </dev/null || status=$?
}

# ranks N ARGUMENT...: N ranks of the program, on as many CPUs as there are.
ranks()
{
	count=$1
	shift
	mpirun_ -n "$count" "$PINSUM_MPI" -q --oversubscribe "$@"
}

# ours: what the program wrote to standard error, the launcher's words left
# out.
ours()
{
	grep '^pinsum-mpi: ' "$err"
}

# left: processes of the program that are still there. This test has a copy
# of its own.
left()
{
	find /proc/[0-9]* -maxdepth 1 -name exe -lname "$PINSUM_MPI" 2>/dev/null
}

# ended TEXT: none is, soon.
ended()
{
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		test -n "$(left)" || break
		sleep 0.2
	done
	is "$(left)" '' "$1"
}

# own_copy: a program that no other test runs.
own_copy()
{
	cp "$PINSUM_MPI" "$scratch/pinsum-mpi" &&
		PINSUM_MPI=$scratch/pinsum-mpi || exit 99
}

# rank_process N: the process that is rank N of the launcher.
rank_process()
{
	for exe in $(left); do
		process=${exe%/exe}
		{ tr '\0' '\n' <"$process/environ"; } 2>/dev/null |
			grep -Eqx "(OMPI_COMM_WORLD_RANK|PMI_RANK)=$1" ||
			continue
		parent=$(awk '$1 == "PPid:" { print $2 }' "$process/status")
		test "$(readlink "/proc/$parent/exe")" = "$PINSUM_MPI" ||
			echo "${process#/proc/}"
	done
}
