#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# pinsum-plot: each picture in each format, from a file and from a pipe, and
# what it says of reports that do not have what a picture needs.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

plot=$top_builddir/data/pinsum-plot
page=$top_srcdir/man/pinsum-plot.1

# drawn ARGUMENT...: the program, as run() does.
drawn()
{
	status=0
	limited "$plot" "$@" >"$out" 2>"$err" </dev/null || status=$?
}

# rows TEXT...: each a row, blanks for tabs.
rows()
{
	printf '%s\n' "$@" | tr ' ' '\t'
}

rows "mode workers wall_ns wall_mad_ns speedup speedup_lo speedup_hi status" \
	"single 1 8000000 1000 1.0000 1.0000 1.0000 ok" \
	"thread 1 8100000 1000 0.9900 0.9800 0.9950 ok" \
	"thread 2 4100000 1000 1.9500 1.9000 1.9800 ok" \
	"thread 4 2100000 1000 3.8000 3.5000 3.9000 ok" \
	"process 1 8300000 1000 0.9600 0.9500 0.9700 ok" \
	"process 2 4400000 1000 1.8000 1.7500 1.8500 ok" \
	"process 4 2600000 1000 3.1000 2.9000 3.3000 died" >"$scratch/scaling"
rows "mode workers places wall_ns wall_mad_ns wall_p90_ns status" \
	"thread 1 core:0 5600000 10000 5700000 ok" \
	"thread 1 core:1 5610000 10000 5700000 ok" \
	"thread 1 core:2 6600000 300000 7700000 ok" \
	"thread 3 cores 1900000 300000 2700000 ok" >"$scratch/census"
rows "mode workers places sharing first last compute_ns nearest wall_ns" \
	"thread 2 core:0,core:1 turns 1 1000 40000 l3 1" \
	"thread 2 core:0,core:2 turns 1 1000 90000 machine 1" \
	"thread 2 core:1,core:2 turns 1 1000 94000 machine 1" \
	>"$scratch/matrix"
rows "mode workers wall_ns spawn_ns compute_ns collect_ns status" \
	"single 1 100000 10000 80000 10000 ok" \
	"thread 2 100000 30000 40000 30000 ok" >"$scratch/split"

# The text pictures that awk writes, whole.
drawn "$scratch/split"
is "$status $(cat "$err" "$out")" "0 Where the time goes, us: # spawn, \
= compute, - collect (medians)


single, 1 worker      100  #####========================================-----
thread, 2 workers     100  ###############====================\
---------------" "split as text"
drawn "$scratch/matrix"
is "$status $(sed 's/ *$//' "$err" "$out")" "0 Time to hand over, ns
medians: l3 40.0, machine 92.0 ns
1 + ... + 1000, mode thread, sharing turns

         0       1       2
0             40.0    90.0
1     40.0            94.0
2     90.0    94.0" "matrix as text"

# Runs: medians of what is ok.
rows "run mode workers sharing spawn_ns compute_ns collect_ns wall_ns status" \
	"1 thread 2 gil 1000 1000 1000 1 ok" \
	"2 thread 2 gil 5000 9000 1000 1 ok" \
	"3 thread 2 gil 2000 3000 1000 1 ok" \
	"4 thread 2 gil NA NA NA NA timeout" >"$scratch/runs"
drawn "$scratch/runs"
is "$status $(cat "$err")
$(tail -n 1 "$out" | tr -d ' #=-')" "0 pinsum-plot: 1 of 4 rows are not ok, \
and left out
6000" "medians of runs"
drawn -q --where=mode=process "$scratch/runs"
is "$status $(cat "$err")" "1 pinsum-plot: no row is left by --where" \
	"--where leaves nothing"

# A dozen places fit as figures, more as marks, too many not at all.
pairs()
{
	awk -v n="$1" -v OFS='\t' 'BEGIN {
		print "workers", "places", "wall_ns"
		for (i = 0; i < n; i++)
			for (j = i + 1; j < n; j++)
				print 2, "pu:" i ",pu:" j, 1000 * (i + j)
	}'
}
for n in 2 12 30 60; do
	pairs "$n" >"$scratch/pairs"
	drawn -q -p matrix "$scratch/pairs"
	is "$status $(awk 'length > 79' "$out" | wc -l) $(grep -c '^ *[0-9]' \
		"$out")" "0 0 $((n < 13 ? n + 1 : n))" \
		"a matrix of $n places in 80 columns"
done
pairs 90 >"$scratch/pairs"
drawn -q "$scratch/pairs"
is "$status $(cat "$err")" "1 pinsum-plot: picture matrix: 90 places do not \
fit into a terminal: give --output=FILE.png" "a matrix of 90"

# refused TEXT ARGUMENT...: one line, nothing written.
refused()
{
	want=$1
	shift
	drawn "$@"
	is "$status $(wc -c <"$out") $(sed "s,$scratch/,," "$err")" \
		"1 0 pinsum-plot: $want" "refused: $want"
}

bad=$scratch/bad
refused "cannot read bad: there is no such file" "$bad"
: >"$bad"
refused "the input is empty: a report summary or runs is needed" "$bad"
echo hello >"$bad"
refused "line 1: none of the columns wall_ns, compute_ns, speedup: a report \
summary or runs is needed, with its header row" "$bad"
sed 1d "$scratch/scaling" >"$bad"
refused "line 1: none of the columns wall_ns, compute_ns, speedup: a report \
summary or runs is needed, with its header row" "$bad"
sed 1q "$scratch/scaling" >"$bad"
refused "no row below the header" "$bad"
sed '4s/	ok$//' "$scratch/scaling" >"$bad"
refused "line 4: it has 7 fields, the header has 8" "$bad"
sed '4s/41/4x/' "$scratch/scaling" >"$bad"
refused "line 4: wall_ns '4x00000' is not a number" "$bad"
sed 's/ok$/died/' "$scratch/scaling" >"$bad"
refused "no row has the status ok: there is nothing to draw" "$bad"
sed '2{p;}' "$scratch/scaling" >"$bad"
refused "line 3: a second row of this configuration: where summaries of \
several hosts are put together, they want a column host" "$bad"
refused "picture census: there is no column places: rows of --sweep=places \
are needed" -q -p census "$scratch/scaling"
refused "picture census: no row is one worker on one place: rows of \
--sweep=places are needed" -p census "$scratch/matrix"
sed 's/core:[0-9]/cores/' "$scratch/census" | sed 3,4d >"$bad"
refused "picture census: no row is one worker on one place: rows of \
--sweep=places are needed" -p census "$bad"
refused "picture matrix: no row is two workers on two places: rows of \
--sweep=pairs are needed" -p matrix "$scratch/census"
refused "picture split: there is no column spawn_ns" -q -p split \
	"$scratch/scaling"
refused "picture scaling: there is no column speedup" -p scaling -y speedup \
	"$scratch/split"
refused "--where: there is no column here" --where=here=1 "$scratch/split"
sed '2s/turns/atomic/' "$scratch/matrix" >"$bad"
refused "picture matrix: the rows are of several experiments, as 'atomic' and \
'turns': choose one with --where, as --where=sharing=turns" "$bad"
drawn --where=sharing=turns "$bad"
is "$status" 0 "--where chooses an experiment"

refused "--picture: 'cake' is none of: scaling census matrix split" -p cake
refused "--nothing: no such option; try --help" --nothing
refused "-x: no such option; try --help" -qx
refused "--output wants a value" --output
refused "--quiet takes no value" --quiet=1
refused "--size: '9' is not as 900x560" --size=9
refused "'b': one FILE at most" a b
refused "--output: 'x.jpg' ends in none of .png .svg .txt: add --format" \
	-o x.jpg
mkdir "$scratch/folder"
refused "cannot read folder: it is a folder" "$scratch/folder"

# Without gnuplot: its package is named, and no file is left.
mkdir "$scratch/bin" || exit 99
for tool in awk cat cp expr grep mktemp mv readlink rm sed tail; do
	ln -s "$(command -v "$tool")" "$scratch/bin/$tool" || exit 99
done
status=0
(PATH=$scratch/bin && "$(command -v sh || echo /bin/sh)" "$plot" -q \
	-o "$scratch/none.png" "$scratch/scaling") >"$out" 2>"$err" ||
	status=$?
is "$status $(cat "$err") $(ls "$scratch"/none* 2>/dev/null)" \
	"1 pinsum-plot: gnuplot is not installed: it comes with the package \
gnuplot-nox (Debian, Ubuntu) or gnuplot " "no gnuplot"

# The manual has the options of the help.
drawn --help
is "$(sed -n 's/^  -., \(--[a-z]*\).*/\1/p' "$out")" \
	"$(sed -n '/^.SH OPTIONS/,/^.SH PICTURES/p' "$page" | tr -d '\134' |
		sed -n 's/^\.BR* .*\(--[a-z]*\).*/\1/p')" \
	"the manual has the options"
is "$status $(awk 'length > 79' "$out")" "0 " "--help fits 80 columns"
"$PINSUM" --version | sed 1q | grep -o '[0-9.]*$' >"$scratch/version"
drawn --version
is "$(sed 1q "$out")" "pinsum-plot (pinsum) $(cat "$scratch/version")" \
	"--version"

if ! have gnuplot; then
	skip "pictures by gnuplot" "gnuplot is not installed"
	finish
	exit
fi

# begins FORMAT: whether $scratch/picture is one.
begins()
{
	case $1 in
	png) head -c 4 "$scratch/picture.png" | tail -c 3 ;;
	svg) grep -o '</svg>' "$scratch/picture.svg" | sed 's/.*/PNG/' ;;
	esac
}

for name in scaling census matrix split; do
	for format in png svg; do
		drawn -q -o "$scratch/picture.$format" "$scratch/$name"
		is "$status $(cat "$err" "$out") $(begins "$format") $(find \
			"$scratch" -name '*.part')" "0  PNG " "$name as $format"
		test "$status" -ne 0 || rm "$scratch/picture.$format"
	done
	status=0
	limited "$plot" -q >"$out" 2>"$err" <"$scratch/$name" || status=$?
	is "$status $(cat "$err") $(awk 'length > 79' "$out" | wc -l)" "0  0" \
		"$name from a pipe, as text in 80 columns"
	test "$(wc -l <"$out")" -ge 4
	ok $? "$name: there is something to see"
done

# words FORMAT: what stands in a picture.
drawn -q -o "$scratch/picture.svg" "$scratch/scaling"
for words in 'Speed-up over the number of workers, bars: 95 % interval' \
	workers 'times as fast as the baseline' process single; do
	grep -q ">$words<" "$scratch/picture.svg"
	ok $? "in the picture: $words"
done
drawn -q -y wall_ns -t 'A "title" `x` \n $(y)' -o "$scratch/picture.svg" \
	"$scratch/scaling"
grep -q '>A ?title? ?x? ?n $(y)<' "$scratch/picture.svg" &&
	grep -q '>wall time, ms<' "$scratch/picture.svg"
ok $? "--title is text and nothing else; --value"
drawn -q -s 400x300 -o "$scratch/picture.svg" "$scratch/census"
grep -q 'width="400" height="300"' "$scratch/picture.svg"
ok $? "--size"

# Order and number of columns do not matter, nor does a second header.
awk -F'\t' -v OFS='\t' '{ print $8, (NR == 1 ? "more" : 1), $7, $6, $5, $4,
	$3, $2, $1 }' "$scratch/scaling" >"$bad"
sed 1q "$bad" >"$scratch/header"
cat "$scratch/header" >>"$bad"
drawn -q "$scratch/scaling"
cp "$out" "$scratch/want"
drawn -q "$bad"
is "$status $(cat "$out")" "0 $(cat "$scratch/want")" "columns in another order"

# What cannot be written leaves nothing, and what was there stays.
echo old >"$scratch/old.png"
drawn -o "$scratch/old.png" "$bad.none"
is "$(cat "$scratch/old.png")" old "an error leaves the older picture"
drawn -q -f svg -o /dev/full "$scratch/split"
is "$status $(cat "$err")" "1 pinsum-plot: cannot write /dev/full" "a full disk"
drawn -q -o "$scratch/no/x.png" "$scratch/split"
is "$status $(cat "$err")" "1 pinsum-plot: cannot write $scratch/no/x.png: \
No such file or directory" "no such folder"
ln -s target.svg "$scratch/link.svg"
drawn -q -o "$scratch/link.svg" "$scratch/split"
is "$status $(find "$scratch" -name target.svg -type f | wc -l)" "0 1" \
	"a link stays one"

# What pinsum writes.
run -q -r 1 1000 &&
	"$plot" -q <"$out" >"$scratch/text" 2>"$err"
is "$? $(sed 1q "$scratch/text" | cut -c 1-19)" "0 Where the time goes" \
	"a summary of pinsum"
run -q -w 1,2 --oversubscribe -r 6 1000
"$plot" -q -o "$scratch/picture.png" <"$out" 2>"$err"
is "$? $(begins png)" "0 PNG" "its scaling"
run -q --sweep=places -r 2 -R runs 1000
"$plot" -q -p census -o "$scratch/picture.png" <"$out" 2>"$err"
is "$? $(begins png)" "0 PNG" "its census"
finish
