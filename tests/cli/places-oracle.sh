#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Locations: the plan against what hwloc-calc says to the same strings, on
# every machine of tests/topologies and on synthetic ones; further XML files
# are taken from the folder that PINSUM_TOPOLOGIES names.

tests=0
machines=0
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

skip_all()
{
	echo "1..0 # SKIP $1"
	exit 0
}

# is GOT WANT TEXT
is()
{
	tests=$((tests + 1))
	if test "$1" = "$2"; then
		echo "ok $tests - $3"
	else
		echo "not ok $tests - $3"
		printf 'got %s\nwant %s\n' "$1" "$2" | sed 's/^/# /'
	fi
}

test -x "$PINSUM" || exit 99
places_of=$top_builddir/tests/cli/places-of
command -v hwloc-calc >/dev/null 2>&1 || skip_all "hwloc-calc is not there"

# One location, or list of locations, a line. Braces change the places, not
# the CPUs.
cat >"$work/locations" <<'END'
machine:0
Machine:all
ma:0
package:0
package:1
Package:all
PACKAGE:0-1
socket:0
Socket:all
so:1
pack:even
pa:odd
die:0
Die:all
di:1-
package:0.die:0
package:all.die:0
package:1.die:1.core:0
numanode:0
NUMANode:all
numa:1
nu:0-1
node:0
no:odd
numa:even
numa:1-
package:0.numa:0
package:1.numa:0
package:all.numa:all
numa:0.core:0
numa:1.core:0-1
numa:all.core:0
numa:all.core:even.pu:0
numa:0.pu:0
numa:1.pu:0-1
group:0
group:all
group0:0
Group0:all
gr0:1-
group0:0.core:0
group0:1.pu:0
l3:0
L3:all
l3cache:1
L3Cache:odd
l3u:0
l3d:even
l3:0.core:0
l3:1.core:0-1
l3:all.core:0.pu:0
package:0.l3:0.core:1
l2:0
L2:all
l2cache:2-
l2:even.pu:0
L2:1.core:0
l1:0
L1:odd
l1d:0-1
L1dCache:all
l1:1.pu:0
l1i:0
L1iCache:all
l4:0
l5:all
core:0
Core:1
CORE:2
co:3
core:0-1
core:1-3
core:2-
core:1-
core:all
core:odd
core:even
core:0:2
core:1:2
core:2:2
core:1:3
core:0:1
core:1:1
core:3:2
core:0.pu:0
core:1.pu:0
core:0.pu:1
core:all.pu:0
core:all.pu:1
core:all.pu:all
core:odd.pu:0
core:even.pu:0
core:0-1.pu:0
core:1-.pu:0
core:0:2.pu:0
package:0.core:0
package:0.core:1
package:1.core:0
package:0.core:0-1
package:1.core:all
package:1.core:all.pu:0
package:all.core:0
package:all.core:0.pu:0
package:all.core:odd
package:all.core:even.pu:0
package:0.core:1-
package:0.core:0:2
package:1.core:1:2
package:0.core:2:3
package:1.core:0-3.pu:0
package:0-1.core:0-1.pu:0
machine:0.package:1.core:0.pu:0
machine:0.core:1
pu:0
PU:1
pu:0-3
pu:1-2
pu:2-
pu:all
pu:odd
pu:even
pu:0:4
pu:1:2
pu:3:3
pu:0-0
package:0.pu:0
package:1.pu:0-1
package:all.pu:0
package:0.pu:odd
package:all.pu:even
package:1.pu:2-
package:0.pu:1:2
l3:0.pu:all
core:0,core:1
core:1,core:0
core:1,pu:0
package:0.core:0,package:1.core:0
core:0.pu:0,core:1.pu:0
pu:0,pu:2,pu:1
{pu:0,pu:2}
{core:0,pu:2}
{core:0},{core:1}
{package:0.core:0.pu:0,package:1.core:0.pu:0}
{pu:even},{pu:odd}
pu:0,{pu:1,pu:2},pu:3
core:0-2000
pu:1000000
core:1000000
package:0.core:1000000
package:1000000.core:0
pu:0-2000
END

synthetic='pack:2 core:4 pu:2
pack:2 numa:2 l3:2 l2:2 core:2 pu:2
pack:2 die:2 l3:1 core:3 pu:4
numa:4 core:2 pu:2
pack:3 core:5 pu:1
pu:6
l3:2 core:2 pu:2(indexes=0,4,2,6,1,5,3,7)
group:2 group:2 pack:1 core:2 pu:2
pack:2 [numa] l3:2 [numa] core:2 l1i:1 l1d:1 pu:2
pack:2 core:4 pu:2(indexes=0,8,1,9,2,10,3,11,4,12,5,13,6,14,7,15)'

# Lists of CPU numbers with ranges, one or more after every line "=", as one
# line of sorted numbers.
expand()
{
	awk '
	function put(text, i) {
		for (i = 0; i <= most; i++)
			if (i in cpu)
				text = text (text == "" ? "" : ",") i
		print text
		split("", cpu)
		most = 0
	}
	/^=/ {
		if (NR > 1)
			put("")
		next
	}
	{
		n = split($0, part, ",")
		for (i = 1; i <= n; i++) {
			ends = split(part[i], end, "-")
			for (j = end[1] + 0; j <= end[ends] + 0; j++)
				cpu[j] = 1
			if (j - 1 > most)
				most = j - 1
		}
	}
	END { put("") }'
}

# plan LOCATION MACHINE: the CPUs of each place, workers enough for all
plan()
{
	"$PINSUM" --dry-run --input="$2" --places="$1" --mode=thread \
		--workers=99 --oversubscribe --whole-place --report=plan \
		--output=cpus --noheadings
}

# What pinsum places by every location, a line each, empty where it refuses.
# Its own parser is asked, which is one process for them all.
plan_all()
{
	"$places_of" "$1" <"$work/locations" | expand
}

# Some of the lines of a file, others on each machine: all in all every one.
some()
{
	awk -v n="$machines" 'NR % 16 == n % 16' "$1"
}

# What the program itself makes of some locations.
plan_some()
{
	some "$work/locations" | while read -r location; do
		echo '='
		plan "$location" "$1" 2>/dev/null
	done | expand
}

calc_all()
{
	tr -d '{}' <"$work/locations" | tr ',' ' ' |
		hwloc-calc --input "$1" --physical-output -I pu 2>/dev/null |
		sed -e '/^Waiting/d' -e 's/^/=\n/' | expand
}

# calc LOCATION MACHINE: what hwloc-calc says, and its complaints.
calc()
{
	# shellcheck disable=SC2046 # a list of words
	hwloc-calc --input "$2" -I pu $(echo "$1" | tr -d '{}' | tr ',' ' ') \
		2>&1
}

# Whether there are too few objects for a range as core:6:4: exceeds LOCATION
# MACHINE
exceeds()
{
	step=${1##*.}
	range=${step#*:}
	parent=${1%"$step"}
	parent=${parent%.}
	there=$(hwloc-calc --input "$2" -N "${step%%:*}" "${parent:-all}" \
		2>/dev/null)
	test "${range%:*}" -ge "$there" || test "${range#*:}" -gt "$there"
}

# Where it may differ: different LOCATION GOT MACHINE
different()
{
	complaint='does not exist|could not find|multiple levels|failed to use'
	if calc "$1" "$3" | grep -Eq "$complaint"; then
		# It goes on without what is not there, which pinsum refuses.
		test -z "$2" && return 1
		# Of cores at several depths, where it does not choose, pinsum
		# makes one level.
		calc "$1" "$3" | grep -qi 'levels for location co' && return 1
		# Before 2.9.3 it finds nothing in a node that is not the only
		# one of its CPUs.
		case $1 in
		n*) return 1 ;;
		esac
		return 0
	fi
	# It begins again from 0 where the first index is not there, and names
	# objects twice.
	case ${1##*.} in
	*[,\}]*) ;;
	*:[0-9]*:[0-9]*) test -z "$2" && exceeds "$1" "$3" && return 1 ;;
	esac
	# It lets a node without CPUs be named.
	test -z "$2" && plan "$1" "$3" 2>&1 | grep -q 'has no CPUs' && return 1
	# From 2.9.3 on it also finds what sticks out of the object before the
	# dot, against hwloc(7).
	case $1 in
	*.*) test -n "$2" ||
		test -z "$(calc "$1,~${1%.*}" "$3" | grep '^[0-9]')" ;;
	esac
}

# differences MACHINE: strings that do not agree
differences()
{
	plan_all "$1" >"$work/got"
	calc_all "$1" >"$work/want"
	test "$(wc -l <"$work/got")" = "$(wc -l <"$work/want")" ||
		echo "hwloc-calc left lines out"
	paste -d '|' "$work/locations" "$work/got" "$work/want" |
		while IFS='|' read -r location got want; do
			test "$got" = "$want" && continue
			different "$location" "$got" "$1" &&
				echo "$location: '$got', want '$want'"
		done
}

check()
{
	is "$(differences "$1")" "" "locations of $2"
	same=$(grep -c . "$work/got")
	is "$((same >= 10))" 1 "of $same of them are places"
	is "$(plan_some "$1")" "$(some "$work/got")" "some by the program"
	machines=$((machines + 1))
	if hwloc-calc --input "$1" -N core all 2>/dev/null | grep -qv '^0'; then
		is "$("$PINSUM" --dry-run --input="$1" --places=cores \
			--mode=thread --workers=cores --report=plan \
			--output=pu --noheadings | tr '\n' ',')" \
			"$(hwloc-calc --input "$1" -I pu core:all.pu:0 \
			2>/dev/null),"  \
			"first PUs of the cores of $2"
	fi
}

test "$(grep -c . "$work/locations")" -ge 100 || exit 99
for file in "$top_srcdir"/tests/topologies/*.xml \
	"${PINSUM_TOPOLOGIES:-/nonexistent}"/*.xml; do
	test -e "$file" && check "$file" "${file##*/}"
done
echo "$synthetic" >"$work/synthetic"
while read -r description; do
	check "$description" "$description"
done <"$work/synthetic"
is "$((machines >= 16))" 1 "machines enough for each location to have one"
echo "1..$tests"
