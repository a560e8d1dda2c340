#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The lesson in Python: rows as pinsum's, right sums, its options.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

have python3 || skip_all "python3 is not installed"
python3 -c 'import multiprocessing.managers, sys
sys.exit(sys.version_info < (3, 8))' 2>"$err" ||
	skip_all "python3 is older than 3.8, or has no multiprocessing"

# lesson ARGUMENT...: the program, as run() does.
lesson()
{
	status=0
	limited python3 "$top_srcdir/data/lesson.py" "$@" >"$out" 2>"$err" \
		</dev/null || status=$?
}

lesson 1000
is "$status $(cut -f 1-8,10,11 "$out" | tr '\t' ' ')" \
	"0 run mode workers kernel sharing ipc first last sum status
1 single 1 python private NA 1 1000 500500 ok
1 thread 2 python gil NA 1 1000 500500 ok
1 process 2 python gil manager 1 1000 500500 ok
1 process 2 python private managers 1 1000 500500 ok" "all set-ups"
silent "all set-ups"
table '$F["wall_ns"] !~ /^[1-9][0-9]*$/' "wall_ns is a whole number"

lesson -r 2 --mode=threads,single 5 7
is "$status $(cut -f 1,2,7,8,10 "$out" | tr '\t' ' ')" \
	"0 run mode first last sum
1 thread 5 7 18
1 single 5 7 18
2 thread 5 7 18
2 single 5 7 18" "runs, set-ups in order, FIRST and LAST"
lesson --mode=threads,managers,manager 3 3
is "$status $(cut -f 10 "$out" | tr '\n' ' ')" "0 sum 3 3 3 " "one integer"
lesson --mode=single 10000000000 10000000001
is "$status $(sed 1d "$out" | cut -f 10)" "0 20000000001" \
	"a range that does not begin at 1"
lesson --mode=single 0 0
is "$status $(sed 1d "$out" | cut -f 10)" "0 0" "nothing"

for arguments in "2 1" "x" "1 2 3" "-m none" "-r 0" "--nothing"; do
	# shellcheck disable=SC2086 # a list
	lesson $arguments
	is "$status $(wc -c <"$out") $(grep -c '^lesson.py: error: ' "$err")" \
		"2 0 1" "usage error: $arguments"
done

# A wrong sum is said, not hidden: a counter that forgets.
sed 's/self.total += number/self.total = number/' \
	"$top_srcdir/data/lesson.py" >"$scratch/wrong.py"
status=0
limited python3 "$scratch/wrong.py" -m single 10 >"$out" 2>"$err" || status=$?
is "$status $(sed 1d "$out" | cut -f 10,11 | tr '\t' ' ')" "2 10 wrong_sum" \
	"a wrong sum"

# What reads pinsum's rows reads these.
lesson 1000
cp "$out" "$scratch/python.tsv"
"$top_builddir/data/pinsum-plot" -p scaling -f svg -y wall_ns \
	"$scratch/python.tsv" >"$out" 2>"$err"
status=$?
if have gnuplot; then
	is "$status $(grep -c 'process, private, managers' "$out")" "0 1" \
		"pinsum-plot draws them"
else
	skip "pinsum-plot draws them" "gnuplot is not installed"
fi
finish
