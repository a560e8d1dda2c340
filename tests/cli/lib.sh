# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of the command line share: results in TAP, the program run
# with a limit, and what the machine lets us use. To be sourced.

set -u
LC_ALL=C
export LC_ALL
: "${PINSUM:?run by make check, or set it to the program}"

# shellcheck disable=SC2034 # for the tests
tab=$(printf '\t')
tests=0
failures=0
status=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/pinsum-test.XXXXXX") || exit 99
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
trap 'exit 99' HUP INT TERM
out=$scratch/out
err=$scratch/err

skip_all()
{
	echo "1..0 # SKIP $1"
	exit 0
}

have()
{
	command -v "$1" >/dev/null 2>&1
}

have timeout || skip_all "timeout is not installed"

pass()
{
	tests=$((tests + 1))
	echo "ok $tests - $1"
}

fail()
{
	tests=$((tests + 1))
	failures=$((failures + 1))
	echo "not ok $tests - $1"
}

skip()
{
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# show TEXT...: diagnostics.
show()
{
	printf '%s\n' "$@" | sed 's/^/# /'
}

# ok STATUS TEXT: whether a command succeeded.
ok()
{
	if test "$1" -eq 0; then
		pass "$2"
	else
		fail "$2"
	fi
}

# is GOT WANT TEXT
is()
{
	if test "$1" = "$2"; then
		pass "$3"
	else
		fail "$3"
		show "got:" "$1" "want:" "$2"
	fi
}

# limited COMMAND...: a test that hangs fails instead.
limited()
{
	timeout -k 5 $((120 * ${TEST_PATIENCE:-1})) "$@"
}

# run ARGUMENT...: the program; its output is in $out and $err, its exit status
# in $status.
run()
{
	status=0
	limited "$PINSUM" "$@" >"$out" 2>"$err" </dev/null || status=$?
}

# quick ARGUMENT...: the same, with one run of each configuration.
quick()
{
	run -q -r 1 --warmup 0 "$@"
}

# prints TEXT ROWS: exactly that is in $out; `|` stands for the tab.
prints()
{
	is "status $status
$(tr '\t' '|' <"$out")" "status 0
$2" "$1"
	silent "$1"
}

silent()
{
	if test -s "$err"; then
		fail "$1: nothing on standard error"
		show "$(cat "$err")"
	fi
}

# refuses TEXT ARGUMENT...: a usage error with exactly this one line.
refuses()
{
	message=$1
	shift
	run "$@"
	is "status $status, $(wc -c <"$out") bytes of output
$(cat "$err")" "status 1, 0 bytes of output
pinsum: $message" "refused: $*"
}

# refuses_like PATTERN ARGUMENT...: one line that matches.
refuses_like()
{
	pattern=$1
	shift
	run "$@"
	if test "$status" -eq 1 && test ! -s "$out" &&
	    test "$(wc -l <"$err")" -eq 1 &&
	    grep -Eq "^pinsum: .*($pattern)" "$err"; then
		pass "refused: $*"
	else
		fail "refused: $*"
		show "status $status, want one line like $pattern" \
		    "$(cat "$err" "$out")"
	fi
}

# table AWK TEXT: runs an awk program over $out, in which F["wall_ns"] is the
# number of that column; lines that it prints are what is wrong.
table()
{
	wrong=$(awk -F'\t' '
		NR == 1 { for (i = 1; i <= NF; i++) F[$i] = i; next }
		'"$1" "$out" 2>&1)
	if test -z "$wrong" && test "$status" -eq 0 && test -s "$out"; then
		pass "$2"
	else
		fail "$2"
		show "status $status" "$wrong" "$(cat "$err")"
	fi
}

# usable_cpus: the CPUs that this process may use and that are online, one a
# line.
usable_cpus()
{
	online=$(cat /sys/devices/system/cpu/online 2>/dev/null)
	awk -v online="$online" '
		function expand(text, set,	i, n, parts, ends) {
			n = split(text, parts, ",")
			for (i = 1; i <= n; i++) {
				if (split(parts[i], ends, "-") == 1)
					ends[2] = ends[1]
				for (; ends[1] + 0 <= ends[2] + 0; ends[1]++)
					set[ends[1] + 0]
			}
		}
		$1 == "Cpus_allowed_list:" {
			expand(online == "" ? $2 : online, up)
			expand($2, may)
			for (i = 0; i < 8192; i++)
				if (i in may && i in up)
					print i
		}' /proc/self/status
}

# other_cpu CPU: one that this process may use, besides; nothing where there
# is none.
other_cpu()
{
	usable_cpus | grep -vx "$1" | head -n 1
}

finish()
{
	echo "1..$tests"
	test "$failures" -eq 0
}
