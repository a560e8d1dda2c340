#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# --explain and the notes before the start: where they are written, and when.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

run -m single,thread -w 1 -r 6 1000
is "$(grep -c "95 % interval" "$err")" 0 "no sentences unless asked"
cut -f 1-6 "$out" >"$scratch/want"
run --explain -m single,thread -w 1 -r 6 1000
is "$status $(cut -f 1-6 "$out")" "0 $(cat "$scratch/want")" \
	"the report is the same with --explain"
grep -q "^pinsum: .*configuration 2 (thread, 1 worker).* 95 % interval" "$err"
ok $? "sentences on standard error"
is "$(grep -vc "^pinsum: [[:graph:]]" "$err")" 0 "all of them by name"
run --explain -q -m single,thread -w 1 -r 6 1000
is "$status $(cat "$err")" "0 " "none with --quiet"
run --explain -R "runs:$scratch/file" -m single -r 6 1000
is "$status $(wc -c <"$out") $(wc -l <"$scratch/file")" "0 0 7" \
	"nothing of it on standard output"
grep -q "the median\|the least firm" "$err"
ok $? "sentences without a summary"
run --explain -m thread -w 1 -b close,none --baseline=bind=none -r 3 1000
grep -q "under six runs" "$err"
ok $? "too few runs are said to be"
run --explain --sweep=places -r 6 1M
grep -Eq "no place is more than|is (slow|noisy), " "$err"
ok $? "places that stand out, or that none does"

# On a terminal the table has them, within 80 columns.
if script -qec true /dev/null >/dev/null 2>&1; then
	TERM=dumb limited script -qec \
		"$PINSUM -q --progress=never -m single,thread -w 1 -r 6 1000" \
		/dev/null </dev/null | tr -d '\r' >"$out"
	grep -q "^\* .*onfiguration 2 (thread, 1 worker)" "$out"
	ok $? "the table ends with them"
	is "$(awk 'length > 79' "$out")" "" "within 80 columns"
	grep -q " #*=*|-*>* " "$out"
	ok $? "its bars have the interval"
	is "$(grep -c "$(printf '\033')" "$out")" 0 "no colour for TERM=dumb"
else
	skip "the table" "script is not installed"
fi

# The look before the start.
cpu=$(usable_cpus | head -n 1)
if have taskset; then
	taskset -c "$cpu" sh -c 'while :; do :; done' &
	hog=$!
	# A look may come while something else has its turn there.
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		run -c "$cpu" -m single -r 1 --warmup 0 20M
		grep -Eq "CPU $cpu is busy|other thread" "$err" && break
	done
	kill "$hog"
	wait "$hog" 2>/dev/null
	grep -Eq "CPU $cpu is busy|other thread" "$err"
	ok $? "a busy CPU is noted"
else
	skip "a busy CPU" "taskset is not installed"
fi
run -c "$cpu" -m single -r 1 --warmup 0 10
is "$(cat "$err")" "" "nothing is looked at for a few integers"
finish
