#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What must hold between the figures, whatever they are.

# shellcheck source=tests/cli/lib.sh
. "$top_srcdir/tests/cli/lib.sh"

# All configurations, a few rounds, the runs and their workers.
run -q -r 4 --warmup 2 -w 1-3,2 --oversubscribe 1000003 \
	-R "runs:$scratch/runs" -R "workers:$scratch/workers" --output-all
is "$status$(cat "$err")" 0 "an experiment"

cp "$scratch/runs" "$out"
table '$F["wall_ns"] != $F["spawn_ns"] + $F["compute_ns"] + $F["collect_ns"]' \
	"runs: the three parts add up to wall_ns"
table '$F["spawn_ns"] < 0 || $F["compute_ns"] < 0 || $F["collect_ns"] < 0 ||
	$F["skew_ns"] < 0' "runs: no time is negative"
table '$F["imbalance"] != "NA" && ($F["imbalance"] < 1 ||
	$F["imbalance"] > $F["workers"] + 0.0001)' \
	"runs: imbalance is from 1 to the number of workers"
table '{ at = (NR - 2) % 7 }
	$F["config"] != ($F["run"] % 2 ? at + 1 : 7 - at) ||
	$F["run"] != int((NR - 2) / 7) + 1' \
	"runs: round after round, every other one backwards"
is "$(wc -l <"$out")" 29 "runs: configurations times runs, warm-up left out"
is "$(sed -n '2,8p' "$out" | cut -f 3,4 | tr -d '\t' | tr '\n' ' ')" \
	"single1 thread1 thread2 thread3 process1 process2 process3 " \
	"each configuration once, single does not multiply"
table '$F["sum"] != "500003500006" || $F["first"] != 1 ||
	$F["last"] != 1000003 || $F["status"] != "ok"' "runs: range and sum"
table '$F["start"] !~ /^20[0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-9:.]*Z$/ ||
	$F["start"] !~ /T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]\.[0-9]*Z/ ||
	length($F["start"]) != 30 || $F["start"] <= last { print }
	{ last = $F["start"] }' "runs: start is UTC and grows"
table '($F["ipc"] != "NA") != ($F["mode"] == "process") ||
	$F["block_ns"] != "NA" || $F["nearest"] != "NA"' \
	"runs: what does not apply is NA"

cp "$scratch/workers" "$out"
table '$F["worker"] != worker { print }
	{ worker = $F["config"] == 1 ? 0 : $F["worker"] + 1 }
	$F["worker"] + 1 == (($F["config"] - 2) % 3) + 1 { worker = 0 }
	BEGIN { worker = 0 }' "workers: every worker in order, from 0"
table '{ key = $F["config"] " " $F["run"] }
	key != last { next_first = 1; least = 1e18; most = 0 }
	{ last = key
	  if ($F["first"] != next_first) print "gap: " $0
	  next_first = $F["last"] + 1
	  n = $F["last"] - $F["first"] + 1
	  if (n < least) least = n
	  if (n > most) most = n
	  if (most - least > 1) print "uneven: " $0
	  if ($F["sum"] != n * ($F["first"] + $F["last"]) / 2)
		print "sum: " $0 }
	END { if (next_first != 1000004) print "end: " next_first }' \
	"workers: contiguous parts that differ by at most one, each summed"
table '$F["compute_ns"] != $F["end_ns"] - $F["start_ns"] ||
	$F["start_ns"] < 0' \
	"workers: compute_ns is from start to end, after the gate"
table '$F["cpus"] != "NA" && $F["cpu_stray"] != "NA"' "workers: none strays"
table '($F["mode"] == "process") == ($F["pid"] in seen) && $F["worker"] > 0 {
		print }
	{ key = $F["config"] " " $F["run"]
	  if (key != last) split("", seen)
	  last = key
	  seen[$F["pid"]] }' "workers: processes of their own, threads of one"
table '{ key = $F["config"] " " $F["run"]
	  if (key != last) split("", seen)
	  last = key
	  if ($F["tid"] in seen) print
	  seen[$F["tid"]] }' "workers: each has a thread of its own"
table '$F["mode"] == "single" && $F["pid"] != $F["tid"]' \
	"workers: single is the calling thread"

# A run's sums over its workers.
wrong=$(awk -F'\t' '
	FNR == 1 { split("", F); for (i = 1; i <= NF; i++) F[$i] = i
		   file++; next }
	{ key = $F["config"] " " $F["run"] }
	file == 1 {
		for (i = 1; i <= n; i++)
			row[key, name[i]] = $F[name[i]]
		run[key, "skew"] = $F["skew_ns"]
		run[key, "compute"] = $F["compute_ns"]
		keys[key]
		next
	}
	{ for (i = 1; i <= n; i++) {
		if ($F[name[i]] == "NA") unknown[key, name[i]] = 1
		total[key, name[i]] += $F[name[i]]
	  }
	  s = $F["start_ns"]; e = $F["end_ns"]
	  if (!(key in lo) || s < lo[key]) lo[key] = s
	  if (!(key in hi) || s > hi[key]) hi[key] = s
	  if (!(key in end) || e > end[key]) end[key] = e }
	BEGIN { n = split("cpu_ns wait_ns off_ns migrations " \
		"switches_voluntary switches_involuntary", name, " ") }
	END { for (key in keys) {
		for (i = 1; i <= n; i++) {
			want = total[key, name[i]]
			if (unknown[key, name[i]])
				want = "NA"
			if (row[key, name[i]] != want)
				print key " " name[i] ": " row[key, name[i]] \
					" is not " want
		}
		if (run[key, "skew"] != hi[key] - lo[key]) print key ": skew"
		if (run[key, "compute"] != end[key]) print key ": compute"
	} }' "$scratch/runs" "$scratch/workers")
is "$wrong" "" "runs and workers agree: sums, skew, the last one's end"

# Past 64 bits, where awk's numbers do not reach.
if have bc; then
	quick -m thread,process -w 3 --oversubscribe -R workers -o mode,sum \
		--noheadings 999999999900000 1000000000000000
	for mode in thread process; do
		is "$(echo "$(awk -v m=$mode '$1 == m { print $2 }' "$out" |
			tr '\n' '+')0" | bc)" 100000999994999950000 \
			"$mode: large parts add up"
	done
else
	skip "large parts add up" "bc is not installed"
fi

# The summary of runs that are all known.
run -q -r 7 --warmup 0 -w 2 --oversubscribe 1000 -R "runs:$scratch/runs" \
	-R summary --output-all
for column in wall_ns spawn_ns compute_ns collect_ns; do
	awk -F'\t' -v c=$column 'NR == 1 { for (i = 1; i <= NF; i++) F[$i] = i }
		NR > 1 { print $F["config"], $F[c] }' "$scratch/runs" |
		sort -k 1,1n -k 2,2n |
		awk 'NR % 7 == 4 { print $2 }' >"$scratch/medians"
	is "$(awk -F'\t' -v c=$column 'NR == 1 {
			for (i = 1; i <= NF; i++) F[$i] = i; next }
		{ print $F[c] }' "$out")" "$(cat "$scratch/medians")" \
		"summary: $column is the median"
done
table '$F["wall_min_ns"] > $F["wall_ns"] || $F["wall_ns"] > $F["wall_p90_ns"] ||
	$F["wall_p90_ns"] > $F["wall_max_ns"] || $F["runs"] != 7' \
	"summary: least, median, p90 and greatest are in order"
is "$(awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) F[$i] = i; next }
	NR == FNR && $F["config"] == 1 { base[$F["run"]] = $F["wall_ns"] }
	NR > FNR && FNR > 1 { printf "%d %.4f\n", $F["config"],
		base[$F["run"]] / $F["wall_ns"] }' "$scratch/runs" \
		"$scratch/runs" |
	sort -k 1,1n -k 2,2n | awk 'NR % 7 == 4 { print $2 }')" \
	"$(awk -F'\t' 'NR == 1 { for (i = 1; i <= NF; i++) F[$i] = i; next }
	{ print $F["speedup"] }' "$out")" \
	"summary: speedup is the median of the rounds' ratios"
table '($F["efficiency"] - $F["speedup"] / $F["workers"]) ^ 2 > 1e-7' \
	"summary: efficiency is speedup over workers"

quick -m thread,process -w 1 -o speedup,speedup_lo,speedup_hi,efficiency \
	--noheadings 10
prints "no baseline, no ratio" "$(printf 'NA|NA|NA|NA\n%s' 'NA|NA|NA|NA')"
run -q -r 5 --warmup 0 -m single -o speedup,speedup_lo,speedup_hi \
	--noheadings 10
prints "no interval under six runs" "1.0000|NA|NA"
run -q -r 6 --warmup 0 -m single -o speedup,speedup_lo,speedup_hi \
	--noheadings 10
prints "an interval from six runs on" "1.0000|1.0000|1.0000"

# workers TEXT WANT: the numbers that a list stands for.
workers()
{
	quick -n -m thread -w "$1" --oversubscribe --noheadings \
		-o config,workers 10
	is "$(uniq "$out" | cut -f 2 | tr '\n' ' ')" "$2 " "-w $1"
}

workers 1 1
workers 3,1,2 "3 1 2"
workers 1-4 "1 2 3 4"
workers 2-9:3 "2 5 8"
workers 1-4:100 1
workers 2-3,1-3,2 "2 3 1"
cpus=$(usable_cpus | wc -l)
quick -n -p threads -m process -w pus,cores --noheadings -o workers 10
is "$(head -n 1 "$out")" "$((cpus))" "-w pus: all that can be used"
table '$1 > '"$((cpus))" "-w cores: no more than there are"
quick -n -m single -w 1,2 --oversubscribe -b close,none,close --noheadings \
	-o config,bind 10
prints "single once for each policy" "1|close
2|none"

# More configurations: the cross product, in the order of the lists.
quick -m process,single -w 2,1 --oversubscribe -k chain,portable,chain \
	--noheadings -o config,mode,workers,kernel 10
prints "the cross product" "1|process|2|chain
2|process|2|portable
3|process|1|chain
4|process|1|portable
5|single|1|chain
6|single|1|portable"
finish
