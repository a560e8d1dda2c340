#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Reports to files: FILE.part, renamed at the end.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

folder=$scratch/folder
file=$folder/file
mkdir "$folder"

# report ARGUMENT...: one row, "single 55".
report()
{
	quick -m single -o mode,sum --noheadings "$@" 10
}

# holds FILE TEXT
holds()
{
	is "$(limited cat "$1" | tr '\t' ' ')" "single 55" "$2"
}

entries()
{
	# shellcheck disable=SC2012
	ls -A "$folder" | tr '\n' ' '
}

report -R "summary:$file"
is "$status$(cat "$err" "$out")" 0 "a new file"
holds "$file" "a new file: its content"
is "$(entries)" "file " "a new file: no .part is left"

echo old >"$file"
report -R "summary:$file"
holds "$file" "an existing file is replaced"
(cd "$folder" && report -R summary:relative)
holds "$folder/relative" "a relative name"
rm "$folder/relative"
report -R "summary:$folder/a:b"
holds "$folder/a:b" "a colon in the name"
rm "$folder/a:b"

echo stale >"$file.part"
report -R "summary:$file"
holds "$file" "a stale .part: the report"
is "$(entries)" "file " "a stale .part is gone"

echo precious >"$scratch/precious"
ln -s "$scratch/precious" "$file.part"
report -R "summary:$file"
holds "$file" ".part is a link: the report"
is "$(cat "$scratch/precious")" precious ".part is a link: not followed"
is "$(entries)" "file " ".part is a link: gone"

mkdir "$file.part"
echo old >"$file"
report -R "summary:$file"
is "$status $(wc -l <"$err") $(cat "$file")" "1 1 old" \
	".part is a folder: refused, the file kept"
rmdir "$file.part"

ln -s file "$folder/link"
report -R "summary:$folder/link"
holds "$file" "a link: what it leads to is replaced"
ok "$(test -L "$folder/link"; echo $?)" "a link: stays one"
rm "$folder/link"

# The old file stays until the end: a fifo holds the program up before it.
mkfifo "$scratch/fifo"
echo old >"$file"
quick -m single --noheadings -R "runs:$file" -R "summary:$scratch/fifo" \
	-o runs:mode,sum -o summary:mode,sum 10 &
sleep 0.3
is "$(cat "$file")" old "the old file stays until the end"
holds "$scratch/fifo" "a named pipe"
wait
holds "$file" "the old file is replaced at the end"
ok "$(test -p "$scratch/fifo"; echo $?)" "a named pipe stays one"

report -R summary:/dev/null
is "$status $(cat "$err")" "0 " "/dev/null"
ok "$(test -c /dev/null && test ! -e /dev/null.part; echo $?)" \
	"/dev/null stays a device"
report -R summary:/dev/full
is "$status $(cat "$err")" \
	"1 pinsum: cannot write to /dev/full: No space left on device" \
	"/dev/full"

# Standard output by another name, on a file that already has something. A link
# of ours stands for /dev/stdout: a test that fails must not replace that.
ln -s /proc/self/fd/1 "$folder/stdout"
{
	echo before
	limited "$PINSUM" -q -r 1 --warmup 0 -m single -o mode,sum \
		--noheadings -R "summary:$folder/stdout" 10
	echo after
} >"$out"
is "$(tr '\t\n' '  ' <"$out")" "before single 55 after " \
	"standard output by another name"
ok "$(test -L "$folder/stdout"; echo $?)" "and that name stays"
rm "$folder/stdout"

# What cannot be opened is said in one line, nothing runs, no file is touched.
echo old >"$file"
for bad in nowhere/x "$folder" /dev/null/x; do
	run -R "runs:$file" -R "summary:$bad" 10
	is "$status $(wc -l <"$err") $(cat "$file")" "1 1 old" "refused: $bad"
	ok "$(grep -q "^pinsum: .*$bad" "$err"; echo $?)" \
		"refused by name: $bad"
	is "$(entries)$(cat "$out")" "file " "refused: $bad: nothing is left"
done
run -R runs -R "summary:nowhere/x" 10
is "$status$(cat "$out")" 1 "refused: nothing on standard output"

if test "$(id -u)" -ne 0; then
	chmod a-w "$folder"
	run -R "runs:$file" 10
	chmod u+w "$folder"
	is "$status $(wc -l <"$err") $(cat "$file")" "1 1 old" \
		"a folder that must not be written to"
else
	skip "a folder that must not be written to" "root may write anywhere"
fi

# All reports at once; each is whole.
(cd "$folder" && rm -f file && quick -m single,thread -w 2 --oversubscribe \
	-R runs:r -R workers:w -R plan:p -R environment:e -R summary:s 10)
is "$(entries)" "e p r s w " "all reports at once"
is "$(cd "$folder" && for f in p r s w; do
	wc -l <"$f"
done | tr -s ' \n' ' ')" "4 3 3 4 " "all reports at once: their rows"

# What runs kept is what the interrupted run would have kept: rows come whole
# and as each run ends.
rm -f "$folder"/*
timeout -k 5 60 "$PINSUM" -q -m single -r 1000000 -R "runs:$file" 10 &
pid=$!
i=0
while test "$( (wc -l <"$file.part") 2>/dev/null || echo 0)" -lt 5 &&
    test "$i" -lt 100; do
	sleep 0.1
	i=$((i + 1))
done
ok "$(test "$i" -lt 100; echo $?)" "rows are written as the runs end"
ok "$(test ! -e "$file"; echo $?)" "the name comes at the end"
kill -s TERM "$pid"
wait "$pid"
is "$(entries)" "file " "an interrupt is an orderly end"
is "$(awk -F'\t' 'NF != 21' "$file"; tail -c 1 "$file" | od -An -tx1)" " 0a" \
	"and keeps whole rows"

# endless ARGUMENT...: $pid is a run that does not end by itself, and has
# opened its report.
endless()
{
	"$PINSUM" -q -m single -r 1 --warmup 0 "$@" 1 1000000000000000 &
	pid=$!
	i=0
	while test ! -s "$file.part" && test "$i" -lt 100; do
		sleep 0.05
		i=$((i + 1))
	done
}

rm -f "$folder"/*
endless -R "runs:$file"
report -R "summary:$file"
is "$status $(wc -l <"$err")" "1 1" "a report that is being written: refused"
kill -s TERM "$pid"
wait "$pid"
is "$(entries)$(wc -l <"$file")" "file 1" "and not disturbed"

echo old >"$file"
endless -R "runs:$file"
rm "$file.part"
echo foreign >"$file.part"
kill -s TERM "$pid"
wait "$pid"
is "$(cat "$file")" old "another's .part does not get the name"

rm -f "$folder"/*
quick -m single -R "runs:$file" -R "summary:$folder/../folder/file" 10
is "$status $(wc -l <"$err") $(entries)" "1 1 " \
	"one file by two names: refused"
quick -m single -R runs -R summary:/dev/stdout 10
is "$status $(cat "$err" "$out")" "1 pinsum: reports 'runs' and 'summary' \
have the same destination; give each its own file, --report=NAME:FILE" \
	"standard output by two names: refused"

# Nobody reads what it has to say: it ends by the signal all the same.
mkfifo "$scratch/full"
exec 3<>"$scratch/full"
limited dd if=/dev/zero bs=4096 count=16 of="$scratch/full" 2>/dev/null
timeout -k 20 -s KILL 20 "$PINSUM" -r 1 -m single --warmup 0 --timeout=200ms \
	1 1000000000000000 2>&3 >/dev/null &
pid=$!
sleep 1
kill -s TERM "$(cat "/proc/$pid/task/$pid/children")"
status=0
wait "$pid" || status=$?
is "$status" 143 "a full standard error does not keep it from ending"
exec 3>&-
finish
