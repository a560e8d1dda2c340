#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual against the program: what pinsum(1) and pinsum-report(5) list is
# what the program's tables have, in the same order, and the examples run.

page=$top_srcdir/man/pinsum.1
report_page=$top_srcdir/man/pinsum-report.5
src=$top_srcdir/src
tests=0
tab=$(printf '\t')
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

ok()
{
	tests=$((tests + 1))
	printf 'ok %d - %s\n' "$tests" "$1"
}

# same TEXT: $dir/want, from the program, and $dir/got, from the manual, are
# equal and not empty.
same()
{
	if test -s "$dir/want" && cmp -s "$dir/want" "$dir/got"; then
		ok "$1"
	else
		tests=$((tests + 1))
		printf 'not ok %d - %s\n' "$tests" "$1"
		diff "$dir/want" "$dir/got" | sed 's/^/# /'
	fi
}

# section PAGE .SH|.SS NAME: the lines of one section.
section()
{
	awk -v macro="$2" -v name="$3" '
		$1 == ".SH" || $1 == macro {
			title = $0
			sub(/^[^ ]* /, "", title)
			inside = $1 == macro && title == name
			next
		}
		inside' "$1"
}

# Text without roff: no request, fonts, quotes or escapes.
plain()
{
	sed -e 's/^\.[A-Z]* *//' -e 's/\\f[A-Z]//g' -e 's/\\//g' \
		-e 's/ *" *\([^"]*\)" */\1/g' -e 's/ =/=/'
}

# The line after each .TP or .TQ.
tags()
{
	awk 'tag { print } { tag = /^\.T[PQ]/ }'
}

# The first word of each tag.
names()
{
	tags | sed 's/ *".*//' | plain
}

# values FIELD FILE: what a table in the sources has there, in its order.
values()
{
	sed -n "s/^.*[{[:blank:]]\.$1 = \"\([^\"]*\)\".*/\1/p" "$2"
}

options()
{
	"$PINSUM" --help | sed -n \
		-e 's/^      *\(--[^ ]*\).*/\1/p' \
		-e 's/^  \(-., --[^ ]*\).*/\1/p' >"$dir/want"
	section "$page" .SH OPTIONS | tags |
		sed -e 's/ ", " /, /' -e 's/ =/=/' |
		plain >"$dir/got"
	same "pinsum(1): options, letters and arguments are those of --help"

	# Each line of the help that begins an option, with those below it.
	"$PINSUM" --help | awk '
		function end() {
			gsub(/ +/, " ", text)
			if (match(text, /default [a-z0-9]+/))
				print name, substr(text, RSTART + 8,
					RLENGTH - 8)
			text = ""
		}
		/^$/ { end() }
		/^ +-/ {
			end()
			match($0, /--[-a-z]+/)
			name = substr($0, RSTART, RLENGTH)
		}
		name { text = text " " $0 }' >"$dir/want"
	section "$page" .SH OPTIONS | awk '
		tag {
			gsub(/\\/, "")
			match($0, /--[-a-z]+/)
			name = substr($0, RSTART, RLENGTH)
		}
		below { print name, $1 == ".B" || $1 == ".BR" ? $2 : $1 }
		{ below = /^The default is$/; tag = /^\.TP/ }' |
		sed 's/=.*//' | tr -d ';.' >"$dir/got"
	same "pinsum(1): defaults are those of --help"

	"$PINSUM" --help | sed -n 's/^Usage: //p' | tr -d ' ' >"$dir/want"
	section "$page" .SH SYNOPSIS | sed 's/^\.[A-Z]* *//' |
		tr -d ' "\n' >"$dir/got"
	echo >>"$dir/got"
	same "pinsum(1): synopsis is that of --help"
}

# REPORT NAME DEFAULT TYPE UNIT
columns()
{
	"$PINSUM" --list-columns | awk -F '\t' -v OFS='\t' 'NR > 1 {
		print $1, $2, $3, $4, $5 }' >"$dir/want"
	awk -v OFS='\t' '
		$1 == ".SS" { report = $2 == "Report" ? $3 : ""; usual = "" }
		/^By default:$/ { usual = "yes" }
		/^With .* also:$/ { usual = "no" }
		/^The keys:$/ { usual = "" }
		tag && report && usual {
			unit = $0
			sub(/^[^(]*\(/, "", unit)
			sub(/\)"$/, "", unit)
			type = unit
			sub(/,.*/, "", type)
			if (!sub(/^[^,]*, /, "", unit))
				unit = "NA"
			print report, $2, usual, type, unit
		}
		{ tag = /^\.T[PQ]/ }' "$report_page" >"$dir/got"
	same "pinsum-report(5): columns are those of --list-columns"
}

keys()
{
	"$PINSUM" -n -R environment --noheadings -o key >"$dir/want"
	section "$report_page" .SS 'Report environment' |
		sed '1,/^The keys:$/d' | names >"$dir/got"
	same "pinsum-report(5): keys are those of the environment"
}

statuses()
{
	sed -n 's/.*\[STATUS_.*{"\(.*\)", \(.\)}.*/\1 \2/p' \
		"$src/report/record.c" >"$dir/want"
	section "$report_page" .SS Status | awk '
		tag { name = $2 }
		/^Exit status [0-9]\.$/ { print name, $3 + 0 }
		{ tag = /^\.TP/ }' >"$dir/got"
	same "pinsum-report(5): statuses are those of record.c"

	{ echo 1 && cut -d ' ' -f 2 "$dir/want"; } | sort -u >"$dir/all"
	mv "$dir/all" "$dir/want"
	section "$page" .SH 'EXIT STATUS' | names >"$dir/got"
	same "pinsum(1): exit statuses are those of record.c, and 1"

	{
		"$PINSUM" -m single -r 1 1k
		echo $?
		"$PINSUM" --no-such-option
		echo $?
		"$PINSUM" -m single -r 1 --timeout=20ms 1T
		echo $?
	} 2>&1 | grep '^[0-9]$' >"$dir/want"
	printf '%s\n' 0 1 4 >"$dir/got"
	same "0, 1 and 4 are what it ends with"
}

lists()
{
	values name "$src/kernels/kernel.c" >"$dir/want"
	section "$page" .SS Kernels | names >"$dir/got"
	same "pinsum(1): kernels are those of the table"

	"$PINSUM" --list-kernels | sed 1d | cut -f 1 >"$dir/want"
	grep -Fx -f "$dir/want" "$dir/got" >"$dir/known"
	mv "$dir/known" "$dir/got"
	same "pinsum(1): has all kernels of --list-kernels, in its order"

	sed -n -e '/\.name = NULL/d' -e 's/.*\.name = "\(.*\)".*/\1/p' \
		-e 's/.*\.alias = "\(.*\)".*/\1/p' "$src/plan/plan-policy.c" \
		>"$dir/want"
	section "$page" .SS Policies | tags | sed 's/^\.[A-Z]* //' |
		tr -d '()"' | tr -s ' ' '\n' | grep -vx or >"$dir/got"
	same "pinsum(1): policies and aliases are those of the table"

	for file in "$src"/run/sharing-*.c; do
		sed -n 's/^	\.name = "\(.*\)".*/\1/p' "$file"
	done | sort >"$dir/want"
	section "$page" .SS Sharing | names | sort >"$dir/got"
	same "pinsum(1): sharings are those that there are"

	values name "$src/plan/places-words.c" | sort >"$dir/want"
	section "$page" .SS Places | names | sort >"$dir/got"
	same "pinsum(1): the words for places are those of the table"
}

# Defaults as the program has them, and the version in every page.
figures()
{
	"$PINSUM" -m single -r 1 -R runs -o first,last,kernel --noheadings |
		cut -f 1,2 | tr '\t' ' ' >"$dir/want"
	sed -n 's/^(default \([0-9]*\)).*/\1/p' "$page" | tr '\n' ' ' |
		sed 's/ $//' >"$dir/got"
	echo >>"$dir/got"
	same "pinsum(1): the default range"

	{
		"$PINSUM" --version | sed 1q
		"$PINSUM" --version | sed 1q
	} >"$dir/want"
	sed -n 's/^\.TH .* "\(pinsum [^"]*\)" .*/\1/p' "$page" \
		"$report_page" >"$dir/got"
	same "both pages are of this version"
}

# What an example needs that is not here.
missing()
{
	for tool in column datamash taskset; do
		grep -qw "$tool" "$1" && ! command -v "$tool" >/dev/null &&
			echo "$tool" && return
	done
	grep -q -e '-c [01]' "$1" &&
		! grep -Eq "^Cpus_allowed_list:${tab}0(,1|-)" \
			/proc/self/status && echo "CPUs 0 and 1" && return
	test "$(cat "$1")" = pinsum && ! command -v script >/dev/null &&
		echo script
}

# run NUMBER: an example in a folder that it shares with those before it. A
# bare `pinsum` shows its table in a terminal.
run()
{
	if test "$(cat "$1.sh")" = pinsum; then
		set -- "$1" script -qec 'pinsum -q --progress=never' \
			/dev/null
	else
		set -- "$1" sh "$1.sh"
	fi
	name=$1
	shift
	if test -e "$name.exact"; then
		(cd "$dir/run" && "$@") >"$dir/output" 2>&1
	else
		(cd "$dir/run" && "$@") >"$dir/output" 2>"$dir/messages"
	fi
}

# Blanks are as many as the figures leave.
squeeze()
{
	tr -d '\r' | tr -s ' \t' ' ' | sed 's/ $//'
}

# example NUMBER PAGE
example()
{
	text="$2: $(sed -e 's/[#\\|]//g' -e 1q "$1.sh")"
	lack=$(missing "$1.sh")
	if test -n "$lack"; then
		ok "$text # SKIP no $lack"
		return
	fi
	run "$1"
	status=$?
	if test -e "$1.exact"; then
		squeeze <"$dir/output" >"$dir/want"
		squeeze <"$1.out" >"$dir/got"
	else
		sed 1q "$dir/output" | squeeze >"$dir/want"
		sed 1q "$1.out" | squeeze >"$dir/got"
		# Only a header is the same each time.
		grep -Eq '^[0-9]+$' "$dir/got" && cp "$dir/got" "$dir/want"
	fi
	echo "status $status" >>"$dir/want"
	echo "status 0" >>"$dir/got"
	same "$text"
}

examples()
{
	mkdir "$dir/$2" || exit 1
	sed -n '/^\.SH EXAMPLES/,$p' "$1" |
		awk -v dir="$dir/$2" -f "$top_srcdir/tests/cli/examples.awk"
	for file in "$dir/$2"/*.sh; do
		example "${file%.sh}" "$2"
	done
}

PATH=$(dirname "$PINSUM"):$PATH
export PATH
mkdir "$dir/run" || exit 1

options
columns
keys
statuses
lists
figures
examples "$page" "pinsum(1)"
examples "$report_page" "pinsum-report(5)"
echo "1..$tests"
