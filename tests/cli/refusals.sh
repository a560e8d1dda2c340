#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is asked for and is not there, on this machine or on another: refused by
# name. And what is rarely asked for: done.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

machine='pack:2 core:2 pu:2'

unknown="the kinds of this machine's CPUs are not known"
refuses_like "$unknown; leave out --cpukind" \
	-n -i "$machine" --cpukind=0
refuses_like "'7': no such CPU kind, only 0 to 1" \
	-n -i "$top_srcdir/tests/topologies/hybrid.xml" --cpukind=7
refuses_like "no group9 on this machine, only group0 " \
	-n -i 'group:2 group:2 pack:1 core:2 pu:2' -p group9:0
refuses_like "this machine has 2 levels of groups; write group0 to group1" \
	-n -i 'group:2 group:2 pack:2 core:2 pu:1' -p group:0
steps=$(yes pu:0 | head -n 40 | tr '\n' '.')
refuses_like "more than [0-9]+ steps" -n -i "$machine" -p "${steps%.}"
unknown=$(yes x | head -n 600 | tr -d '\n')
refuses_like '\.\.\.' -n -i "$machine" -p "core:0.$unknown:0"

kernel=$("$PINSUM" --list-kernels | sed -n "s/${tab}no${tab}.*//p" | head -n 1)
if test -n "$kernel"; then
	refuses_like \
	    "--kernel: this CPU does not run '$kernel'; --list-kernels" \
		-k "$kernel" 10
else
	skip "a kernel for other CPUs" "this one runs them all"
fi
kernel=$("$PINSUM" --list-kernels | grep -e '-32' |
	sed -n "s/${tab}yes${tab}.*//p" | head -n 1)
if test -n "$kernel"; then
	beyond="does not apply to a range that ends at 5000000000"
	refuses_like "--kernel: '$kernel' $beyond" \
		-k "$kernel" 5G
else
	skip "a kernel of 32 bits" "this CPU runs none"
fi

# elsewhere VARIABLE VALUE: nothing is measured, written or lost.
elsewhere()
{
	status=0
	echo old >"$scratch/report"
	(export "$1=$2" && limited "$PINSUM" -R summary \
		-R "runs:$scratch/report" 10) >"$out" 2>"$err" || status=$?
	is "$status $(cat "$out" "$err")" "1 pinsum: the topology is not this \
machine's ($1): nothing can be measured; --dry-run shows the plan" \
		"$1: not measured"
	is "$(cat "$scratch/report")" old "$1: an old report is kept"
}

elsewhere HWLOC_SYNTHETIC "$machine"
elsewhere HWLOC_THISSYSTEM 0

quick -n -i "$machine" -p threads --no-smt -m thread -w cores -o cpus \
	--noheadings
is "$(tr '\n' ' ' <"$out")" "0 2 4 6 " "--no-smt: a thread of each core"
refuses_like "CPU 1 is not the first of its core, as --no-smt asks" \
	-n -i "$machine" -c 0,1 --no-smt
quick -n -i "$machine" -k chain -k portable -m single
is "$status $(wc -l <"$out")" "0 2" "an option again replaces the earlier one"

refuses_like "--output and --output-all exclude each other" \
	-o sum --output-all 10
refuses_like "--workers: '1-65537' is out of range" -w 1-65537 10

# As soon as that, no worker is there yet.
run -q -r 1 --warmup 0 -m thread -w 500 --oversubscribe --timeout=1us \
	-o status --noheadings 10
is "$status $(cat "$out")" "4 timeout" \
	"a --timeout before all workers are there"

"$top_builddir/src/pinsum-compare" --version >"$out" 2>"$err"
is "$? $(head -n 1 "$out" | sed 's/ [^ ]*$//')" "0 pinsum-compare (pinsum)" \
	"pinsum-compare has a version"
printf 'a\tb\n1\t\0\n' >"$scratch/rows"
"$top_builddir/src/pinsum-compare" "$scratch/rows" "$scratch/rows" \
	>"$out" 2>"$err"
is "$? $(cat "$err")" \
	"1 pinsum-compare: $scratch/rows: line 1: the file is not text" \
	"pinsum-compare: a file that is not text"

run --warmup 0 --explain --order=sequential -m single,thread -w 1-12 \
	--oversubscribe -b close,spread -r 6 -o runs 100
grep -q 'more configurations were compared: speedup_lo' "$err" &&
	grep -q 'intervals of 95 %, one or more are likely to miss' "$err"
ok $? "--explain: many configurations"
finish
