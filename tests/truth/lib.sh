# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the truth tests share: a disturbance of known size is made, and must
# show in the column that is for it, and in no other; what the kernel tells
# the test about the same thread must agree. To be sourced.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

have taskset || skip_all "taskset is not installed"
# shellcheck disable=SC2034 # for the tests
cpu=$(usable_cpus | head -n 1)

# measure ARGUMENT...: one run of one configuration, every column of it in
# $out; the process is $tool until it is waited for.
measure()
{
	timeout -k 5 120 "$PINSUM" -q -r 1 --warmup 0 -R runs --output-all \
		"$@" >"$out" 2>"$err" </dev/null &
	limit=$!
}

# finished: waits for it.
finished()
{
	status=0
	wait "$limit" || status=$?
	test "$status" -eq 0 || show "status $status" "$(cat "$err")"
}

# value COLUMN: of the only row.
value()
{
	awk -F'\t' -v name="$1" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i }
		NR == 2 { print $c }' "$out"
}

# holds EXPRESSION TEXT: an expression of awk in which the names of columns
# stand for the row's values, W1 to W3 for the witness's; shown as measured.
holds()
{
	figures=$(awk -F'\t' -v W1="${W1:-0}" -v W2="${W2:-0}" \
		-v W3="${W3:-0}" '
		NR == 1 { for (i = 1; i <= NF; i++) C[$i] = i; next }
		{
			compute = $C["compute_ns"]; cpu = $C["cpu_ns"]
			wait = $C["wait_ns"]; off = $C["off_ns"]
			throttled = $C["throttled_ns"] + 0
			migrations = $C["migrations"] + 0
			voluntary = $C["switches_voluntary"]
			steal = $C["steal_ns"] + 0
			printf "ms: compute %.0f cpu %.0f wait %.0f off %.0f ",
				compute / 1e6, cpu / 1e6, wait / 1e6, off / 1e6
			printf "throttled %.0f; migrations %d; ",
				throttled / 1e6, migrations
			printf "witness %.0f %.0f %.0f", W1 / 1e6, W2 / 1e6,
				W3 / 1e6
			exit !('"$1"')
		}' "$out")
	ok $? "$2: $figures"
}

# children_of PID
children_of()
{
	cat "/proc/$1/task/$1/children" 2>/dev/null
}

# tool_of LIMIT: the program below timeout, once it is there.
tool_of()
{
	tool=''
	while test -z "$tool" && test -d "/proc/$1"; do
		# shellcheck disable=SC2046 # one word, or none
		set -- "$1" $(children_of "$1")
		tool=${2:-}
	done
}

# witness PID: the kernel's figures of that thread while it lives, CPU time
# and waiting in ns, the last ones in $W1 and $W2.
witness()
{
	while read -r W1_ W2_ _ 2>/dev/null <"/proc/$1/schedstat"; do
		W1=$W1_ W2=$W2_
		sleep 0.01
	done 2>/dev/null
}

# stop PID: one that this test started.
stop()
{
	kill "$1" 2>/dev/null
	wait "$1" 2>/dev/null
}
