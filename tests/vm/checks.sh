# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is checked inside of a virtual machine. Each check writes one result,
# without a number: those are given outside.

# What a plan's rows are compared by.
columns=cpus,pu,core,llc,numa,package,coverage

# How the program is started, in words: machines may change it.
pinsum=pinsum

# is TEXT GOT WANT
is()
{
	if test "$2" = "$3"; then
		echo "ok - $1"
	else
		echo "not ok - $1"
		echo "got:" "$2" | sed 's/^/# /'
		echo "want:" "$3" | sed 's/^/# /'
	fi
}

# skip TEXT REASON
skip()
{
	echo "ok - $1 # SKIP $2"
}

# The CPU number or list of each worker, in the plan's order.
plan_cpus()
{
	$pinsum -n -R plan -o cpus --noheadings "$@"
}

# plan_is TEXT OPTION...: the rows on standard input are the plan's.
plan_is()
{
	text=$1
	shift
	want=$(cat)
	is "plan: $text" "$($pinsum -n -R plan -m thread -o $columns \
		--noheadings "$@" 2>&1 | tr '\t' ' ')" "$want"
}

# The plan of cores is what hwloc's own tool finds: the first PU of each. In
# hwloc's numbers the order is the cores'.
calc_agrees()
{
	name="plan: hwloc-calc agrees"
	command -v hwloc-calc >/dev/null || {
		skip "$name" "no hwloc-calc"
		return
	}
	is "$name" "$($pinsum -n -R plan -m thread -o pu --noheadings |
		tr '\n' ',')" "$(hwloc-calc -I pu core:all.pu:0),"
	is "$name on the kernel's numbers" \
		"$(plan_cpus -m thread | sort -n | tr '\n' ' ')" \
		"$(hwloc-calc --po -I pu core:all.pu:0 | tr ',' '\n' |
			sort -n | tr '\n' ' ')"
}

# Lists of CPUs, a line each, in full and sorted: for two in a row the kernel
# writes 0-1 and pinsum, as taskset, 0,1.
in_full()
{
	awk '{
		count = split($1, parts, ",")
		line = ""
		for (i = 1; i <= count; i++) {
			if (split(parts[i], ends, "-") < 2)
				ends[2] = ends[1]
			for (cpu = ends[1] + 0; cpu <= ends[2] + 0; cpu++)
				line = line "," cpu
		}
		print substr(line, 2)
	}' | sort
}

# The masks of a tool's workers as the kernel shows them.
masks()
{
	case $1 in
	single) cat "/proc/$2/status" ;;
	thread)
		for task in /proc/"$2"/task/*; do
			test "${task##*/}" = "$2" || cat "$task/status"
		done
		;;
	process)
		tr ' ' '\n' <"/proc/$2/task/$2/children" |
			while read -r pid; do
				cat "/proc/$pid/status"
			done
		;;
	esac 2>/dev/null | sed -n 's/^Cpus_allowed_list:[^0-9]*//p' | in_full
}

# wait_masks MODE PID WANT: until they are those, or for about 20 s.
wait_masks()
{
	tries=0
	got=$(masks "$1" "$2")
	while test "$got" != "$3" && test $((tries += 1)) -lt 40; do
		sleep 0.5
		got=$(masks "$1" "$2")
	done
	test "$got" = "$3"
}

# pins_are MODE OPTION...: while workers add, their masks are the plan's. The
# range has no end in sight; the tool is told to stop, and leaves nobody.
pins_are()
{
	mode=$1
	want=$(plan_cpus -m "$@" | in_full)
	$pinsum -q -m "$@" -r 1 --warmup=0 -k chain 1 1000G >/dev/null 2>&1 &
	tool=$!
	wait_masks "$mode" $tool "$want"
	is "pins: $*" "$got" "$want"
	kill -TERM $tool
	wait $tool 2>/dev/null
	is "pins: $*: ended by SIGTERM" $? 143
	is "pins: $*: nobody left" "$(pidof pinsum)" ""
}

# runs OPTION...: a short run ends well, and all workers were seen on CPUs of
# their plan.
runs()
{
	$pinsum -q "$@" -r 2 -R workers -o cpus,cpu_first,cpu_last,status \
		--noheadings 1 1000000 >/tmp/rows 2>/tmp/err
	status=$?
	is "runs: $*: exit status" "$status $(cat /tmp/err)" "0 "
	is "runs: $*: rows" "$(awk '
		function within(cpu, list,    parts, ends, n, i) {
			n = split(list, parts, ",")
			for (i = 1; i <= n; i++) {
				if (split(parts[i], ends, "-") < 2)
					ends[2] = ends[1]
				if (cpu + 0 >= ends[1] + 0 &&
				    cpu + 0 <= ends[2] + 0)
					return 1
			}
			return 0
		}
		$4 != "ok" || !within($2, $1) || !within($3, $1)
	' /tmp/rows)" ""
	is "runs: $*: number of rows" "$(wc -l </tmp/rows)" \
		"$(($(plan_cpus "$@" | wc -l) * 2))"
}

# refused MESSAGE OPTION...: exit status 1, nothing run, and that message.
refused()
{
	message=$1
	shift
	got=$($pinsum "$@" 1 1000 2>&1)
	is "refused: $*" "$? $got" "1 pinsum: $message"
}

# cpu N 0|1: takes that CPU away, or puts it back.
cpu()
{
	echo "$2" >"/sys/devices/system/cpu/cpu$1/online"
}

# loses_pin MODE CPU,CPU COMMAND: two workers, and in their midst COMMAND, which
# takes the second one's CPU away. COMMAND may also be what puts it back.
loses_pin()
{
	kept=${2%,*}
	lost=${2#*,}
	$pinsum -m "$1" -c "$2" -r 1 --warmup=0 -k chain -R workers \
		-o cpus,status --noheadings 1 "${range:-4G}" \
		>/tmp/rows 2>/tmp/err &
	tool=$!
	wait_masks "$1" $tool "$kept
$lost"
	is "loses pin: $1: pinned before" "$got" "$kept
$lost"
	eval "$3"
	wait $tool
	is "loses pin: $1, $3: exit status" $? 3
	is "loses pin: $1, $3: the worker" \
		"$(tr '\t' ' ' </tmp/rows | grep "^$lost ")" "$lost lost_pin"
	is "loses pin: $1, $3: message" "$(sed -n \
		's/.*\(worker 1 lost its pin to CPU [0-9]*\):.*/\1/p' \
		/tmp/err)" "worker 1 lost its pin to CPU $lost"
	sed 's/^/# /' /tmp/rows /tmp/err
}

# group NAME: a control group with all controllers.
group()
{
	echo "+cpuset +cpu +pids" >/sys/fs/cgroup/cgroup.subtree_control
	mkdir -p "/sys/fs/cgroup/$1"
}
