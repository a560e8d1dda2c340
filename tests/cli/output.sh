#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Standard output that is full, closed or goes away.
# shellcheck disable=SC2030,SC2031 # a status in a pipe goes through a file

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

written="pinsum: cannot write to standard output"
nonblock=$top_builddir/tests/cli/nonblock

# short ARGUMENT...: the program on the caller's standard output.
short()
{
	status=0
	limited "$PINSUM" -q -r 1 --warmup 0 "$@" 2>"$err" || status=$?
}

for report in summary runs workers plan environment; do
	short -R $report 10 >/dev/full
	is "$status $(cat "$err")" "1 $written: No space left on device" \
		"$report: a full disk"
	short -R $report 10 >&-
	is "$status $(cat "$err")" "1 $written: Bad file descriptor" \
		"$report: standard output closed"
done
short -n >/dev/full
is "$status $(cat "$err")" "1 $written: No space left on device" \
	"--dry-run: a full disk"
short -R "runs:$scratch/file" 10 >&-
is "$status $(wc -l <"$scratch/file") $(cat "$err")" "0 4 " \
	"a file is written without standard output"

# A closed descriptor is not the next file that is opened.
status=0
limited "$PINSUM" -q -r 1 --warmup 0 -m single -o sum --noheadings \
	-R "summary:$scratch/file" 10 <&- 2>&- >"$out" || status=$?
is "$status $(cat "$scratch/file" "$out")" "0 55" \
	"standard input and error closed"
status=0
limited "$PINSUM" -r 1 -R "summary:$scratch/file" x <&- 2>&- >"$out" ||
	status=$?
is "$status $(cat "$scratch/file" "$out")" "1 55" \
	"an error with standard error closed"

# A reader that goes away: quietly, by the signal.
{
	status=0
	limited "$PINSUM" -q -r 100000 --warmup 0 -R runs 10 2>"$err" ||
		status=$?
	echo "$status" >"$scratch/status"
} | head -n 1 >"$out"
is "$(cat "$scratch/status" "$err")" 141 "a reader that goes away"
is "$(wc -l <"$out")" 1 "and has its line"
(
	trap '' PIPE
	{
		status=0
		limited "$PINSUM" -q -r 100000 --warmup 0 -R runs 10 \
			2>"$err" || status=$?
		echo "$status" >"$scratch/status"
	} | head -n 1 >"$out"
)
is "$(cat "$scratch/status" "$err")" "1
$written: Broken pipe" "the same, with the signal ignored"

# Rows that come whole, though the pipe is full and does not wait.
if test -x "$nonblock"; then
	{
		status=0
		limited "$nonblock" "$PINSUM" -q -m single -r 200 --warmup 0 \
			-R runs --output-all 10 2>"$err" || status=$?
		echo "$status" >"$scratch/status"
	} | {
		sleep 1
		cat >"$out"
	}
	is "$(cat "$scratch/status" "$err")" 0 \
		"a full pipe that does not block: exit status"
	is "$(awk -F'\t' 'NF != 39 || (NR > 1 && $2 != NR - 1)' "$out"
		wc -l <"$out")" 201 "a full pipe that does not block: rows"
	# Ended while more rows wait than one write takes.
	sh -c 'echo $$ >"$0"; exec "$@"' "$scratch/pid" "$nonblock" "$PINSUM" \
		-q -m thread -w 60 --oversubscribe -r 1000 --warmup 0 \
		-R workers --output-all 10 2>"$err" | {
		sleep 1
		kill "$(cat "$scratch/pid")"
		sleep 1
		cat >"$out"
	}
	is "$(awk -F'\t' 'NF != 35' "$out"
		tail -c 1 "$out" | od -An -tx1)" " 0a" \
		"an end while the pipe is full: no half of a row"
else
	skip "a full pipe that does not block" "nonblock is not built"
fi

# A report that cannot be written does not cost the others their rows.
quick -m single -R "summary:/dev/full" -R "runs:$scratch/runs" \
	-o summary:sum -o runs:run,sum 10
is "$status $(tr '\t\n' '  ' <"$scratch/runs")" "1 run sum " \
	"what could be written is kept"

# Limits of the size of a file: no half of a row.
rm -f "$scratch/runs"
if have prlimit; then
	status=0
	limited prlimit --fsize=4000 "$PINSUM" -q -m single -r 300 \
		--warmup 0 -R "runs:$scratch/runs" 10 2>"$err" || status=$?
	file=$(find "$scratch" -name 'runs*')
	is "$status $(cat "$err")" \
		"1 pinsum: cannot write to $scratch/runs: File too large" \
		"a file that may not grow"
	is "$(awk -F'\t' 'NF != 21' "$file"
		tail -c 1 "$file" | od -An -tx1)" " 0a" \
		"a file that may not grow: no half of a row"
else
	skip "a file that may not grow" "prlimit is not installed"
fi
finish
