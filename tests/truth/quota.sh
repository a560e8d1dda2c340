#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A quota of known size: with half a CPU a worker is held back for half of its
# time, which is throttled_ns, and lies within wait_ns.

# shellcheck source=tests/truth/lib.sh
. "$top_srcdir/tests/truth/lib.sh"

test "$(id -u)" -eq 0 || skip_all "only root makes control groups"

# The folder of this process's group, by version.
v1=$(awk '$3 == "cgroup" || / - cgroup / { n = split($0, half, " - ")
	split(half[2], f, " "); split(half[1], m, " ")
	if (f[1] == "cgroup" && ("," f[3] ",") ~ /,cpu,/) print m[5] }' \
	/proc/self/mountinfo | head -n 1)
v2=$(awk '/ - cgroup2 / { print $5 }' /proc/self/mountinfo | head -n 1)
if test -n "$v1" && mkdir "$v1/pinsum-truth-$$" 2>/dev/null; then
	group=$v1/pinsum-truth-$$
	echo 50000 >"$group/cpu.cfs_period_us"
	echo 25000 >"$group/cpu.cfs_quota_us"
elif test -n "$v2" && grep -qw cpu "$v2/cgroup.subtree_control" &&
    mkdir "$v2/pinsum-truth-$$" 2>/dev/null; then
	group=$v2/pinsum-truth-$$
	echo "25000 50000" >"$group/cpu.max"
else
	skip_all "no control group with a quota can be made"
fi
trap 'rmdir "$group"; rm -rf "$scratch"' EXIT

cat >"$scratch/inside" <<END
echo \$\$ >"$group/cgroup.procs" && exec "\$@"
END
limited sh "$scratch/inside" "$PINSUM" -q -r 1 --warmup 0 -R runs --output-all \
	-m single -c "$cpu" -k chain 1500M >"$out" 2>"$err" </dev/null
ok $? "a run in the group"
W1=$(awk '$1 == "throttled_time" { print $2 }
	$1 == "throttled_usec" { print $2 * 1000 }' "$group/cpu.stat")

holds 'throttled >= 0.35 * compute && throttled <= 0.75 * compute' \
	"half a CPU holds back for half of the time"
holds 'throttled <= 1.02 * wait + 5e6' "throttling lies within waiting"
holds 'off <= 0.05 * compute + steal' "it is not time asleep"
holds 'migrations == 0' "nor a move"
holds 'W1 >= throttled && W1 <= 1.1 * throttled + 100e6' \
	"cpu.stat of the group says the same"

limited "$PINSUM" -q -r 1 --warmup 0 -R runs --output-all -m single \
	-c "$cpu" -k chain 300M >"$out" 2>"$err" </dev/null
holds 'throttled == 0' "and nothing outside of it"
finish
