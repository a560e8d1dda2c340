# SPDX-License-Identifier: GPL-3.0-or-later
# Reads a report by the names of its columns. Rows of one configuration are its
# runs; a single row is a summary's. Configurations are numbered from 1 to
# `configs` in the order of the rows: text[c, column] tells them apart,
# value[c, column] is a median, and with "lo", "hi", "mad" or "p90" behind it
# what lies around that.

BEGIN {
	FS = "\t"
	split_words("mode workers places bind kernel sharing ipc block_ns" \
	    " sched membind first last host", keys)
	split_words("wall_ns spawn_ns compute_ns collect_ns speedup", measures)
	split_words("wall_mad_ns wall_p90_ns speedup_lo speedup_hi", around)
	known["nearest"] = known["status"] = known["ranks"] = 1
	split_where(ENVIRON["PINSUM_PLOT_WHERE"])
}

# Their number is list[0].
function split_words(words, list,	i, n)
{
	n = split(words, list, " ")
	for (i = 1; i <= n; i++)
		known[list[i]] = 1
	list[0] = n
}

function split_where(words,	i, n, list, equals)
{
	n = split(words, list, ",")
	for (i = 1; i <= n; i++) {
		equals = index(list[i], "=")
		if (equals < 2)
			fail("--where: '" list[i] "' is not COLUMN=VALUE")
		where[substr(list[i], 1, equals - 1)] = \
		    substr(list[i], equals + 1)
	}
}

function fail(message)
{
	if (!failed)
		printf "pinsum-plot: %s\n", message >"/dev/stderr"
	failed = 1
	exit 1
}

function note(message)
{
	if (!quiet)
		printf "pinsum-plot: %s\n", message >"/dev/stderr"
}

# Only text that means nothing to gnuplot, within double quotes too.
function plain(s)
{
	gsub(/["\\`@]/, "?", s)
	gsub(/[\001-\037\177]/, " ", s)
	return s
}

function has(column)
{
	return column in at
}

function field(column)
{
	return column in at ? plain($at[column]) : "NA"
}

{ sub(/\r$/, "") }

NR == 1 {
	header = $0
	fields = NF
	for (i = 1; i <= NF; i++) {
		if ($i in at)
			twice = $i
		at[$i] = i
	}
	if (!has("wall_ns") && !has("compute_ns") && !has("speedup"))
		fail("line 1: none of the columns wall_ns, compute_ns," \
		    " speedup: a report summary or runs is needed, with its" \
		    " header row")
	if (twice != "")
		fail("line 1: the column " plain(twice) " is there twice")
	for (column in where)
		if (!has(column))
			fail("--where: there is no column " plain(column))
	next
}

# Reports that were put together may each bring their header.
$0 == header { next }

NF != fields {
	fail("line " NR ": it has " NF " fields, the header has " fields)
}

{
	for (column in where)
		if (where[column] != $at[column])
			next
	rows++
	if (has("status") && field("status") != "ok") {
		lost++
		next
	}
	take(config())
}

# The number of this row's configuration.
function config(	i, key)
{
	for (i = 1; i <= keys[0]; i++)
		key = key SUBSEP field(keys[i])
	if (!(key in number)) {
		number[key] = ++configs
		for (i = 1; i <= keys[0]; i++)
			text[configs, keys[i]] = field(keys[i])
		text[configs, "nearest"] = field("nearest")
	}
	return number[key]
}

function take(c,	i)
{
	for (i = 1; i <= measures[0]; i++)
		if (figure(measures[i]))
			sample[c, measures[i], ++samples[c, measures[i]]] = \
			    $at[measures[i]] + 0
	for (i = 1; i <= around[0]; i++)
		if (figure(around[i]))
			beside[c, around[i]] = $at[around[i]] + 0
	if (++seen[c] == 2 && (has("wall_mad_ns") || has("speedup")))
		fail("line " NR ": a second row of this configuration: where" \
		    " summaries of several hosts are put together, they want" \
		    " a column host")
}

# Whether this row has a number there.
function figure(column)
{
	if (!has(column) || $at[column] == "NA")
		return 0
	if ($at[column] !~ /^[0-9]+(\.[0-9]+)?$/)
		fail("line " NR ": " column " '" field(column) \
		    "' is not a number")
	return 1
}

# The figures of each configuration, once all rows are read.
function settle(	c, i)
{
	if (NR == 0)
		fail("the input is empty: a report summary or runs is needed")
	if (!rows)
		fail("no row" (ENVIRON["PINSUM_PLOT_WHERE"] == "" ? \
		    " below the header" : " is left by --where"))
	if (!configs)
		fail("no row has the status ok: there is nothing to draw")
	if (lost)
		note(lost " of " rows " rows are not ok, and left out")
	for (c = 1; c <= configs; c++) {
		for (i = 1; i <= measures[0]; i++)
			if ((c, measures[i]) in samples)
				summarise(c, measures[i])
		from_summary(c)
	}
}

function from_summary(c)
{
	if ((c, "wall_mad_ns") in beside)
		value[c, "wall_ns", "mad"] = beside[c, "wall_mad_ns"]
	if ((c, "wall_p90_ns") in beside)
		value[c, "wall_ns", "p90"] = beside[c, "wall_p90_ns"]
	if ((c, "speedup_lo") in beside && (c, "speedup_hi") in beside) {
		value[c, "speedup", "lo"] = beside[c, "speedup_lo"]
		value[c, "speedup", "hi"] = beside[c, "speedup_hi"]
	}
}

function summarise(c, m,	i, n, k, list, off)
{
	n = samples[c, m]
	for (i = 1; i <= n; i++)
		list[i] = sample[c, m, i]
	value[c, m] = median(list, n)
	if (n == 1)
		return
	value[c, m, "p90"] = list[int((9 * n + 9) / 10)]
	k = rank(n)
	if (k) {
		value[c, m, "lo"] = list[k]
		value[c, m, "hi"] = list[n + 1 - k]
	}
	for (i = 1; i <= n; i++)
		off[i] = distance(list[i], value[c, m])
	value[c, m, "mad"] = median(off, n)
}

function distance(a, b)
{
	return a < b ? b - a : a - b
}

# Sorts the list, too.
function median(list, n,	gap, i, j, x)
{
	for (gap = int(n / 2); gap > 0; gap = int(gap / 2))
		for (i = gap + 1; i <= n; i++) {
			x = list[i]
			for (j = i; j > gap && list[j - gap] > x; j -= gap)
				list[j] = list[j - gap]
			list[j] = x
		}
	i = int((n + 1) / 2)
	return n % 2 ? list[i] : (list[i] + list[i + 1]) / 2
}

# Between the values of this rank, from below and from above, the median lies
# 95 times in 100; 0 where they are too few for that.
function rank(n,	i, k, term, total)
{
	if (n > 200)
		return int(n / 2 - 0.98 * sqrt(n))
	for (term = 1; i < n; i++)
		term /= 2
	for (total = term; total <= 0.025; total += term) {
		k++
		term *= (n - k + 1) / k
	}
	return k + 0
}
