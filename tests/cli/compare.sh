#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# pinsum-compare: reports that are written down here, files that are none, its
# options, and its manual page.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

compare=$top_builddir/src/pinsum-compare
page=$top_srcdir/man/pinsum-compare.1

# against ARGUMENT...: the program, as run() does.
against()
{
	status=0
	limited "$compare" "$@" >"$out" 2>"$err" </dev/null || status=$?
}

# report FILE MODE LAST WALL...: one configuration, a run for each WALL.
report()
{
	file=$1 mode=$2 last=$3
	shift 3
	test -s "$file" || printf '%s\n' "config run mode workers places bind \
kernel sharing first last wall_ns sum status" | tr ' ' '\t' >"$file"
	for wall; do
		printf '1 1 %s 2 cores close sse2 private 1 %s %s 55 ok\n' \
			"$mode" "$last" "$wall" | tr ' ' '\t' >>"$file"
	done
}

slow='110 111 112 113 114 115'
fast='100 101 102 103 104 105'
# shellcheck disable=SC2086 # lists
{
	report "$scratch/old" thread 10 $slow
	report "$scratch/old" process 10 $fast
	report "$scratch/old" single 10 $fast
	report "$scratch/old" thread 20 1 2
	report "$scratch/new" process 10 $slow
	report "$scratch/new" thread 10 $fast
	report "$scratch/new" single 10 $fast
}
against --margin=3 "$scratch/old" "$scratch/new"
is "$status $(cut -f 1,2,8,14-23 "$out" | tr '\t' '|')" \
	"0 mode|workers|last|old_runs|new_runs|old_wall_ns|new_wall_ns|\
old_wall_p90_ns|new_wall_p90_ns|ratio|ratio_lo|ratio_hi|verdict
thread|2|10|6|6|113|103|115|105|1.0976|1.0680|1.1275|faster
process|2|10|6|6|103|113|105|115|0.9111|0.8870|0.9364|slower
single|2|10|6|6|103|103|105|105|1.0000|0.9714|1.0294|same" "rows"
only='1 configuration of OLD alone, 0 of NEW alone'
is "$(cat "$err")" "pinsum-compare: left out: $only" \
	"what is left out"
against -q --margin=0.5 --noheadings "$scratch/old" "$scratch/new"
is "$(cut -f 23 "$out" | tr '\n' ' ')$(cat "$err")" "faster slower unsure " \
	"a narrow margin, no headings, no notes"

# Order of columns and further columns do not matter.
awk -F'\t' -v OFS='\t' '{ print $13, NR == 1 ? "more" : "x", $12, $11, $10,
	$9, $8, $7, $6, $5, $4, $3 }' "$scratch/new" >"$scratch/turned"
against -q "$scratch/old" "$scratch/new"
cp "$out" "$scratch/want"
against -q "$scratch/old" "$scratch/turned"
is "$(cat "$out")" "$(cat "$scratch/want")" "columns in another order"
sed 's/ok$/died/; 1!s/	1[0-9][0-9]	/	NA	/' \
	"$scratch/new" >"$scratch/died"
against "$scratch/old" "$scratch/died"
is "$status $(cut -f 14,15,17,20,23 "$out" | sed 1d | sort -u | tr '\t' '|')" \
	"0 6|0|NA|NA|unsure" "runs that are not ok are left out"

# with NAME VALUE...: the report, a further column, its values in turn.
with()
{
	name=$1
	shift
	awk -v name="$name" -v values="$*" '
		BEGIN { n = split(values, v, " ") }
		{ print $0 "\t" (NR == 1 ? name : v[(NR - 2) % n + 1]) }'
}

# told_apart TEXT ROWS: last, ranks, host, runs of OLD and of NEW.
told_apart()
{
	is "$status $(cut -f 1,12-15 "$out" | sed 1d | tr '\t\n' ' ,')" "$2" \
	    "$1"
}

# Like with like: one rank, and all; hosts, where there are several.
with ranks 1 4 <"$scratch/new" >"$scratch/ranks"
against -q "$scratch/ranks" "$scratch/ranks"
told_apart "ranks tell apart" "0 process 1 NA 3 3,process 4 NA 3 3,\
thread 1 NA 3 3,thread 4 NA 3 3,single 1 NA 3 3,single 4 NA 3 3,"
against -q "$scratch/ranks" "$scratch/new"
told_apart "a report without ranks is of one" "0 process 1 NA 3 6,\
thread 1 NA 3 6,single 1 NA 3 6,"
with host a b <"$scratch/new" >"$scratch/hosts"
against -q "$scratch/hosts" "$scratch/hosts"
told_apart "hosts of a report" "0 process NA a 3 3,process NA b 3 3,\
thread NA a 3 3,thread NA b 3 3,single NA a 3 3,single NA b 3 3,"
with host a NA <"$scratch/new" >"$scratch/a"
with host b NA <"$scratch/new" >"$scratch/b"
against -q "$scratch/a" "$scratch/b"
told_apart "one machine against another" "0 process NA NA 6 6,\
thread NA NA 6 6,single NA NA 6 6,"

# refused TEXT FILE: one message, nothing written.
refused()
{
	against "$scratch/old" "$2"
	is "$status $(wc -c <"$out") $(sed "s,$scratch/,," "$err")" \
		"1 0 pinsum-compare: $1" "refused: $1"
}

bad=$scratch/bad
refused "cannot read bad: No such file or directory" "$bad"
: >"$bad"
refused "bad: line 1: the file is empty" "$bad"
printf 'mode\tmode\n' >"$bad"
refused "bad: line 1: a column is named twice" "$bad"
sed '3s/	55//' "$scratch/new" >"$bad"
refused "bad: line 3: it has another number of fields than the header" "$bad"
sed '4s/	55	/		/' "$scratch/new" >"$bad"
refused "bad: line 4: a field is empty" "$bad"
head -c 300 "$scratch/new" >"$bad"
refused "bad: line 6: it is cut short: no line end" "$bad"
sed '5s/	113	/	11x	/' "$scratch/new" >"$bad"
refused "bad: line 5: wall_ns '11x' of a run that is ok is not a positive \
whole number" "$bad"
cut -f 1-9,11- "$scratch/new" >"$bad"
refused "bad: there is no column last: is it a report of runs?" "$bad"
sed 's/	10	/	11	/' "$scratch/new" >"$bad"
against -q "$scratch/old" "$bad"
is "$status $(cat "$err")" \
	"1 pinsum-compare: the reports have no configuration in common" \
	"nothing in common"

# The environments.
printf 'key\tvalue\nkernel\t6.1 a\nload_1min\t1\nonly\tx\n' >"$scratch/e1"
printf 'key\tvalue\nload_1min\t2\nkernel\t6.2 b\n' >"$scratch/e2"
against --environment="$scratch/e1,$scratch/e2" "$scratch/old" "$scratch/old"
is "$status $(cat "$err")" \
	"0 pinsum-compare: environment: kernel was 6.1 a, is 6.2 b" \
	"what differs in the environment"
against --environment="$scratch/e1,$scratch/e1" "$scratch/old" "$scratch/old"
is "$(cat "$err")" "pinsum-compare: environment: nothing differs that lasts" \
	"equal environments"

for arguments in "" "a" "a b c" "--margin=x a b" "--margin=-1 a b" \
	"--environment=a a b" "--nothing a b" "--margin"; do
	# shellcheck disable=SC2086 # a list
	against $arguments
	is "$status $(wc -c <"$out") $(wc -l <"$err")" "1 0 1" \
		"usage error: '$arguments'"
done
status=0
limited "$compare" "$scratch/old" "$scratch/old" >/dev/full 2>"$err" ||
	status=$?
is "$status $(cat "$err")" "1 pinsum-compare: cannot write to standard \
output: No space left on device" "a full disk"

# What pinsum writes can be read.
if run -q -R "runs:$scratch/real" -m single,thread -w 1 -r 6 1000 &&
    against -q "$scratch/real" "$scratch/real"; then
	is "$status $(cut -f 14,15 "$out" | sed 1d | sort -u)" "0 6${tab}6" \
		"a report of pinsum"
fi

against --help
is "$(sed -n 's/^  .* \(--[a-z]*\).*/\1/p' "$out")" \
	"$(sed -n '/^.SH OPTIONS/,/^.SH OUTPUT/p' "$page" |
		sed -n 's/^\.BR* .*\(\\-\\-[a-z]*\).*/\1/p' |
		tr -d '\134')" "the manual has the options"
against "$scratch/old" "$scratch/new"
is "$(head -n 1 "$out" | tr '\t' '\n')" \
	"$(sed -n '/^.SH OUTPUT/,/^.SH METHOD/p' "$page" |
		awk 'tag { print } { tag = /^\.TP/ }' |
		sed -e 's/^\.BR* //' -e 's/ *", " */\n/g')" \
	"the manual has the columns"
finish
