#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command of pinsum-experiments(7), on a smaller range: each succeeds and
# writes what the page shows first, or the file that it names.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"
# shellcheck source=tests/cli/examples.sh
. "$top_srcdir/tests/cli/examples.sh"

folder=$scratch/folder
mkdir "$folder" || exit 99
cp "$top_srcdir/data/lesson.py" "$folder" || exit 99

# The range is what is a number and no value of the letter before it.
tool pinsum <<END
before=''
n=\$#
while test \$n -gt 0; do
	case \$before\$1 in
	-[a-zA-Z]*) set -- "\$@" "\$1" ;;
	[1-9] | [1-9]*[0-9kM]) ;;
	*) set -- "\$@" "\$1" ;;
	esac
	before=''
	case \$1 in -[a-zA-Z]) before=\$1 ;; esac
	shift
	n=\$((n - 1))
done
exec '$PINSUM' "\$@" 20000
END
tool pinsum-plot <<END
exec '$top_builddir/data/pinsum-plot' "\$@"
END
have python3 && tool python3 <<END
test "\$1" != -c || exec '$(command -v python3)' -c \
	"\$(echo "\$2" | sed 's/10000000/3000/')"
exec '$(command -v python3)' "\$1" 3000
END

# Launchers of two hosts, which have the name of this one in their rows.
tool srun <<'END'
while test "${1#pinsum}" = "$1"; do
	shift
done
for host in node1 node2; do
	sh -c "$*" | sed "s/[^	]*$/$host/"
done
END
for launcher in pdsh parallel; do
	cp "$bin/srun" "$bin/$launcher" || exit 99
done
# Where pinsum-mpi is built; root of a container is who it is.
if test -x "${PINSUM_MPI-}"; then
	OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
	OMPI_MCA_rmaps_base_oversubscribe=1
	export OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM \
	    OMPI_MCA_rmaps_base_oversubscribe
	tool pinsum-mpi <<END
exec '$PINSUM_MPI' "\$@" --oversubscribe 20000
END
	tool mpirun <<END
exec '$(echo "$MPICC" | sed 's/\(.*\)mpicc/\1mpirun/')' "\$@"
END
fi
extract "$top_srcdir/man/pinsum-experiments.7" "$scratch/examples" || exit 99

# What an example needs that is not here.
missing()
{
	grep -qw -e pinsum-mpi -e ranks.tsv "$1" && ! have pinsum-mpi &&
		echo "pinsum-mpi" && return
	for name in column gnuplot python3; do
		grep -qw -e "$name" -e "$(needs "$name")" "$1" &&
			! is_whole "$name" && echo "$name" && return
	done
	grep -q -e '-w 2' -e =pairs -e =places -e cores.tsv -e pairs.tsv "$1" &&
		test "$(usable_cpus | wc -l)" -lt 2 && echo "second CPU" &&
		return
	grep -q -e '-c 0' "$1" && ! usable_cpus | grep -qx 0 && echo "CPU 0"
}

# What needs the program without naming it.
needs()
{
	case $1 in
	gnuplot) echo 'pinsum-plot -[yo]\|pinsum-plot [cw]o[a-z]*\.tsv' ;;
	python3) echo 'python\.tsv' ;;
	*) echo "$1" ;;
	esac
}

# Some systems have a smaller Python.
is_whole()
{
	have "$1" || return
	test "$1" != python3 ||
		python3 -c 'import multiprocessing.managers' 2>/dev/null
}

# The first words of a line are what is the same each time: a header, a title.
# Units may differ.
words()
{
	sed -e 's/, *[mnu]s.*//' -e 1q "$1" | tr -s ' \t' ' ' |
		sed 's/^ //; s/ $//'
}

# example NUMBER
example()
{
	text=$(sed -e 's/[#\\|]//g' -e 1q "$1.sh")
	lack=$(missing "$1.sh")
	if test -n "$lack"; then
		skip "$text" "no $lack"
		return
	fi
	status=0
	(cd "$folder" && limited sh -e "$1.sh") >"$out" 2>"$err" || status=$?
	file=$(grep -oE '( >|-o |runs:)[a-z]+(\.[a-z]+)?' "$1.sh" |
		sed 's/.*[ >:]//' | grep -e '^header$' -e '^rows$' -e '\.' |
		tail -n 1)
	if test -s "$1.out"; then
		want=$(words "$1.out")
		got=$(words "$out")
		# Figures without a name change; a row is there.
		case $want in
		[0-9]* | False* | allowed_cpus* | core:* | single* | thread* | \
		    process* | private* | node*)
			test -n "$got" && got=$want
			;;
		esac
		is "$status $got" "0 $want" "$text"
	else
		test "$status" -eq 0 && test -n "$file" &&
			test -s "$folder/$file"
		ok $? "$text"
	fi
	test "$status" -eq 0 || show "$(cat "$err")"
}

for file in "$scratch"/examples/*.sh; do
	example "${file%.sh}"
done
test "$tests" -ge 20
ok $? "all examples were found"
finish
