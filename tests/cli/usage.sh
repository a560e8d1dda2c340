#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What cannot be: one line that quotes the argument, exit status 1, and nothing
# on standard output.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

number="is not a whole number of 0 or more, such as 1000 or 300M"

for bad in x '' -5 -10 -5q +5 ' 5' '5 ' 1.5 1e6 0x10 300m 10K 1kk 5,6 NaN; do
	case $bad in
	-*)
		refuses "'$bad' $number" "$bad"
		refuses "'$bad' $number" --quiet 1 "$bad"
		;;
	esac
	refuses "'$bad' $number" -- "$bad"
	refuses "'$bad' $number" -- 1 "$bad"
	refuses "'$bad' $number" -- "$bad" 10
done
for large in 1000000000000001 1001T 99999999999999999999 \
	18446744073709551617 340282366920938463463374607431768211457; do
	refuses "'$large' is too large: the range ends at 10^15 at the latest" \
		"$large"
done
refuses "the range 10 to 1 is reversed: LAST is less than FIRST" 10 1
refuses "the range 1k to 999 is reversed: LAST is less than FIRST" 1k 999
refuses "the range 1 to 0 is reversed: LAST is less than FIRST" 0
refuses "unexpected argument '3': the range is [[FIRST] LAST]" 1 2 3
refuses "'a\\x09b\\x0ac' $number" "$(printf 'a\tb\nc')"

refuses "unknown option '-5'; see --help" -q5
refuses "unknown option '-z'; see --help" -z
refuses "unknown option '-z'; see --help" --quiet -zq
refuses "unknown or ambiguous option '--nonsense'; see --help" --nonsense
refuses "unknown or ambiguous option '--no'; see --help" --no
refuses "option '--quiet=3' takes no argument; see --help" --quiet=3
refuses "option '-r' needs an argument, N; see --help" -r
refuses "option '--runs' needs an argument, N; see --help" --runs

# What the contract has and this version has not is refused by name, never
# silently ignored.
run --help
cp "$out" "$scratch/help"
for later in --ipc=pipe --sched=fifo --gil-interval=5ms --membind=node:0 \
	--block=1ms/1k --order=shuffle --baseline=bind=none --precision=1 \
	--max-time=1s --sweep=pairs --explain --progress=never; do
	grep -q -e "  ${later%%=*}" "$scratch/help" ||
		refuses "unknown or ambiguous option '$later'; see --help" \
			"$later"
done

# Lists and their elements: option, then the text that is wrong.
while read -r option bad; do
	quoted=$(printf '%s\n' "$bad" | sed 's/[][(){}+.*]/\\&/g')
	refuses_like "'$quoted'" "$option" "$bad"
done <<'END'
-m fibre
-w 0
-w x
-w -1
-w 3-1
-w 1-4:0
-w 1-
-w 2:2
-w 99999999999999999999
-w cores-1
-k fastest
-s public
-b around
-b close:1
-b random:x
-c x
-c 3-1
-c 1-4:0
-p 0
-p nowhere
-p cores()
--cpukind blue
-r 0
-r x
-r -1
-r 1.5
--warmup x
--warmup -1
--timeout 0
--timeout x
--timeout 5d
--timeout -1
-R nothing
-R runs:
-R run
-R SUMMARY
-o nothing
-o nothing:mode
-o runs:mode
-o Mode
END
for option in -m -w -k -s -b -c -p -i -r --warmup --timeout --cpukind -R -o; do
	refuses_like "''" "$option" ''
done
refuses_like "'nothing'" -o mode,nothing
refuses_like "'nothing'" -o +nothing
refuses_like "'nothing'" -w 1,nothing,2
refuses_like "''" -m single,
refuses_like "''" -w 1,,2
refuses_like "''" -o mode,,sum
refuses_like "''" -c 0,
refuses_like "''" -p ,core:0
refuses_like "'none'" -m single,none

refuses_like "places.*cpu-list" -p cores -c 0
refuses_like "output.*output-all" -o mode --output-all
refuses_like "'summary'.*'status' twice" -o +status
refuses_like "'runs'.*'sum' twice" -R runs -o sum,mode,sum
refuses_like "'plan'.*'host' twice" -n -o +host,rank,host
refuses_like "dry-run" -i pu:4
refuses_like "'runs'.*'summary'.*FILE" -R runs -R summary
refuses_like "'runs'" -R "runs:$scratch/a" -R "runs:$scratch/b"
refuses_like "'runs'.*'workers'" -R "runs:$scratch/a" -R "workers:$scratch/a"
refuses_like "'mode'.*NAME:" -R runs -R "summary:$scratch/a" -o mode
refuses_like "'workers'.*empty" -n -R workers
is "$(find "$scratch" -name 'a*' -o -name 'b*')" "" "no file is touched"

# An option that is given again replaces the earlier one.
quick -m process -m single -w 7 -w 1 -o status -o sum,mode --noheadings 4
prints "the last one counts" "10|single"
quick --mode=threads,processes,single -w 1 -o mode --noheadings 4
prints "plurals" "$(printf '%s\n' thread process single)"
quick -m thread -w 1-2:18446744073709551615 -o workers --noheadings 4
prints "a step beyond the end" 1

for text in --help --version --list-columns --list-kernels; do
	run "$text"
	is "$status" 0 "$text: exit status"
	silent "$text"
	ok "$(test "$(wc -l <"$out")" -gt 2; echo $?)" "$text: says something"
	ok "$(tail -c 1 "$out" | od -An -c | grep -q '\\n'; echo $?)" \
		"$text: ends its last line"
	status=0
	"$PINSUM" "$text" >/dev/full 2>"$err" || status=$?
	is "$status $(sed 's/.*: //' "$err")" "1 No space left on device" \
		"$text: a full disk"
done
run -h
is "$(awk 'length > 80' "$out")" "" "--help: within 80 columns"
for option in mode workers kernel sharing places cpu-list bind whole-place \
	cpukind no-smt oversubscribe input dry-run runs warmup timeout report \
	output output-all noheadings list-columns list-kernels quiet help \
	version; do
	ok "$(grep -Eq -e "^  (-[a-zA-Z],|   ) --$option( |=|\$)" "$out"
		echo $?)" "--help has --$option"
done
run -V
ok "$(grep -q '^pinsum [0-9]' "$out"; echo $?)" "-V: name and number"

# --quiet takes remarks away, not errors. A single run is never unsteady.
run -q -r 3 --warmup 0 10
is "$status$(cat "$err")" 0 "--quiet: no remarks"
refuses "'x' $number" -q x
run -r 30 --warmup 0 10
is "$(grep -v '^pinsum: .*unsteady' "$err")" "" \
	"remarks are on standard error, with the program's name"
is "$(wc -l <"$out")" 4 "and not in the report"
finish
