#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Columns of the reports and the format of their rows.
# shellcheck disable=SC2034 # lists of columns are read by eval

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

reports="summary runs workers plan environment"

# The contract, in its order: the default columns and the further ones.
summary='mode workers places bind kernel sharing wall_ns wall_mad_ns
	wall_p90_ns spawn_ns compute_ns collect_ns speedup speedup_lo
	speedup_hi sum status'
summary_all='config runs wall_min_ns wall_max_ns rate efficiency first last ipc
	block_ns sched membind nearest host rank ranks'
runs='config run mode workers places bind kernel sharing first last wall_ns
	spawn_ns compute_ns collect_ns skew_ns cpu_ns wait_ns off_ns migrations
	sum status'
runs_all='start imbalance throttled_ns steal_ns switches_voluntary
	switches_involuntary maxrss_kib energy_uj cycles instructions ipc
	block_ns sched membind nearest host rank ranks'
workers='config run mode worker cpus core package numa cpu_first cpu_last
	compute_ns cpu_ns wait_ns off_ns migrations sum status'
workers_all='pid tid first last pu llc kind start_ns end_ns switches_voluntary
	switches_involuntary cycles instructions cpu_stray host rank ranks
	allotment'
plan='config mode workers places bind worker cpus pu core llc numa package kind
	place coverage'
plan_all='host rank ranks allotment'
environment='key value'
environment_all='host rank'

# words TEXT: with one space between them.
words()
{
	echo "$1" | tr -s ' \t\n' ' ' | sed 's/ $//'
}

listed()
{
	"$PINSUM" --list-columns | awk -F'\t' -v report="$1" '
		$1 == report { line = line sep $2; sep = " " }
		END { print line }'
}

header()
{
	head -n 1 "$out" | tr '\t' ' '
}

# Same number of fields in every row, none empty, nothing but printable ASCII,
# and a line feed at the very end.
well_formed()
{
	awk -F'\t' -v spaces="$2" '
		NR == 1 { fields = NF }
		NF != fields { print "fields: " $0 }
		{ for (i = 1; i <= NF; i++)
			if ($i == "" || $i !~ /^[!-~ ]+$/ ||
			    $i ~ /[#\042\047\134]/ || (!spaces && $i ~ / /))
				print "field " i ": " $0
		}' "$out" >"$scratch/wrong"
	test "$(tail -c 1 "$out" | od -An -tx1 | tr -d ' ')" = 0a ||
		echo "the last line does not end" >>"$scratch/wrong"
	test ! -s "$scratch/wrong"
	ok $? "$1: well-formed"
	sed 's/^/# /' "$scratch/wrong"
}

for report in $reports; do
	eval "defaults=\$$report further=\$${report}_all"
	defaults=$(words "$defaults")
	all=$(words "$defaults $further")
	spaces=0
	test "$report" = environment && spaces=1
	quick -R "$report" -w 2 --oversubscribe 10
	is "$(header)" "$defaults" "$report: default columns"
	well_formed "$report" "$spaces"
	quick -R "$report" --output-all -w 2 --oversubscribe 10
	is "$(header)" "$all" "$report: --output-all"
	well_formed "$report --output-all" "$spaces"
	rows=$(wc -l <"$out")
	is "$(listed "$report")" "$all" "$report: --list-columns"
	quick -R "$report" --output-all --noheadings -w 2 --oversubscribe 10
	is "$(wc -l <"$out")" "$((rows - 1))" "$report: --noheadings"
	last=${all##* }
	before=${all% *} before=${before##* }
	quick -R "$report" -o "+$last,$before" -w 2 --oversubscribe 10
	is "$(header)" "$defaults $last $before" "$report: columns appended"
	reverse=$(echo "$all" | tr ' ' '\n' | sed '1!G;h;$!d' | tr '\n' ,)
	quick -R "$report" -o "$report:${reverse%,}" -w 2 --oversubscribe 10
	is "$(header)," "$(echo "$reverse" | tr , ' ' | sed 's/ $/,/')" \
		"$report: columns in another order"
done

# A column holds the same, wherever it stands.
quick -m single -o sum,config,first,last,runs,mode,status 3 5
prints "chosen columns" "sum|config|first|last|runs|mode|status
12|1|3|5|1|single|ok"

# Types as listed: integers, ratios, digits.
"$PINSUM" --list-columns >"$scratch/columns"
is "$(awk -F'\t' 'NF != 6 || $1 == "" || $3 !~ /^(default|yes|no)$/ ||
	$4 !~ /^(type|integer|ratio|digits|text)$/ || $6 == "" ||
	($2 ~ /_ns$/) != ($5 == "ns")' "$scratch/columns")" "" \
	"--list-columns: report, column, default, type, unit, meaning"
for report in summary runs workers plan; do
	quick -R "$report" --output-all -w 1,2 --oversubscribe 10
	is "$(awk -F'\t' -v report="$report" '
		FILENAME != ARGV[2] {
			if ($1 == report)
				type[$2] = $4
			next
		}
		FNR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
		{ for (i = 1; i <= NF; i++) {
			t = type[name[i]]
			if ($i == "NA" || t == "text")
				continue
			if ((t == "integer" && $i !~ /^-?[0-9]+$/) ||
			    (t == "digits" && $i !~ /^[0-9]+$/) ||
			    (t == "ratio" &&
				$i !~ /^[0-9]+\.[0-9][0-9][0-9][0-9]$/) ||
			    t == "")
				print name[i] ": " $i
		} }' "$scratch/columns" "$out")" "" \
		"$report: values are of their types"
done

# Whatever the locale.
for locale in $(locale -a 2>/dev/null | grep -E '^(de|fr)_'); do
	LC_ALL=$locale
	quick -m single -o speedup,efficiency --noheadings 10
	LC_ALL=C
	prints "decimals in $locale" "1.0000|1.0000"
	break
done
test -n "${locale:-}" || skip "decimals in another locale" \
	"no locale with a decimal comma is installed"

# Texts of the command line in a field.
quick -n -R environment -w 1 --noheadings
is "$(grep -c "^command_line$tab.* -R environment -w 1 --noheadings" "$out")" \
	1 "environment: the command line"
is "$(cut -f 1 "$out" | sort | uniq -d)" "" "environment: each key once"

# Several reports, each with its own columns.
quick -m thread -w 2 --oversubscribe -R "runs:$scratch/runs" -R summary \
	-R "workers:$scratch/workers" -o runs:run,sum -o summary:mode,sum \
	-o workers:+first 1 6
prints "columns by report: standard output" "mode|sum
thread|21"
is "$(tr '\t' '|' <"$scratch/runs")" "run|sum
1|21" "columns by report: a file"
is "$(head -n 1 "$scratch/workers" | tr '\t' ' ')" \
	"$(words "$workers first")" "columns by report: another file"
finish
