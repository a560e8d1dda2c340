# SPDX-License-Identifier: GPL-3.0-or-later
# The pairs of a sweep as a square: time for an integer, which for turns is the
# time to hand over.

function draw_matrix(	c, m, keep, left)
{
	need("workers")
	need("places", "rows of --sweep=pairs are needed")
	for (c = 1; c <= configs; c++)
		left += keep[c] = is_pair(c)
	if (!left)
		fail("picture matrix: no row is two workers on two places:" \
		    " rows of --sweep=pairs are needed")
	narrow(keep)
	m = choose_quantity("compute_ns wall_ns speedup")
	with_figure(m)
	one_experiment()
	number_pairs(m)
	choose_cells(m)
	if (format == "text")
		write_square(m)
	else
		plot_square(m)
}

# A square has a single figure for a pair.
function one_experiment(	c, first)
{
	first = label(1, "places")
	for (c = 2; c <= configs; c++)
		if (label(c, "places") != first)
			fail("picture matrix: the rows are of several" \
			    " experiments, as '" first "' and '" \
			    label(c, "places") "': choose one with --where," \
			    " as --where=sharing=turns")
}

function number_pairs(m,	c, i, j, ends)
{
	for (c = 1; c <= configs; c++) {
		split_places(text[c, "places"], ends)
		i = number_place(ends[1])
		j = number_place(ends[2])
		cell[i, j] = cell[j, i] = value[c, m] / integers(c, m)
		near[i, j] = text[c, "nearest"]
	}
	find_kind()
}

# By how many a time is divided: 1 where the range is not there.
function integers(c, m)
{
	if (m == "speedup")
		return 1
	if (text[c, "first"] !~ /^[0-9]+$/ || text[c, "last"] !~ /^[0-9]+$/) {
		whole_runs = 1
		return 1
	}
	return text[c, "last"] - text[c, "first"] + 1
}

# What a cell holds, in words, and its unit.
function choose_cells(m,	i, j, top)
{
	for (i = 1; i <= places; i++)
		for (j = 1; j <= places; j++)
			if ((i, j) in cell)
				top = greater(top, cell[i, j])
	choose_unit(top)
	if (m == "speedup") {
		scale = 1
		unit = "speed-up"
	}
	if (whole_runs)
		note("the columns first and last are not both there: what is" \
		    " drawn is the time of a run, not of an integer")
	what = m == "speedup" ? "Speed-up" : \
	    (whole_runs ? "Median " name_of(m) " of a run" : \
	    text[1, "sharing"] == "turns" ? "Time to hand over" : \
	    "Median " name_of(m) " for each integer") ", " unit
}

# The median of each level that the pairs share, smallest figure first.
function by_level(	i, j, n, c, level, levels, list, of, total, line)
{
	for (i = 1; i <= places; i++)
		for (j = 1; j <= places; j++)
			if ((i, j) in near && near[i, j] != "NA") {
				if (!(near[i, j] in of)) {
					of[near[i, j]] = ++levels
					level[levels] = near[i, j]
				}
				c = of[near[i, j]]
				all[c, ++total[c]] = cell[i, j]
			}
	for (c = 1; c <= levels; c++) {
		for (n = 1; n <= total[c]; n++)
			list[n] = all[c, n]
		line = line (c > 1 ? ", " : "medians: ") level[c] " " \
		    three(median(list, total[c]) / scale)
	}
	return line == "" ? "" : line " " unit
}

function plot_square(m,	i, j, levels, size)
{
	size = 520 + (places > 12 ? greater(0, 8 * (places - 24)) : 0)
	size = size > 1400 ? 1400 : size
	levels = by_level()
	preamble(what (levels == "" ? "" : "\\n" levels), size + 280, \
	    size + 160)
	print "set key off\nset border 15\nunset grid\nset size ratio 1"
	print "set palette defined (0 \"#fff7e0\", 0.25 \"#fdc060\"," \
	    " 0.55 \"#e0603a\", 0.8 \"#8a1c5a\", 1 \"#2a0a3a\")"
	printf "set cblabel \"%s\"\n", unit
	square_axis("x")
	square_axis("y")
	colour_range()
	if (factors)
		print "set logscale cb"
	printf "set cbrange [%.6g:%.6g]\n", cell_low, cell_top
	print "$cells << EOD"
	for (i = 1; i <= places; i++)
		for (j = 1; j <= places; j++)
			if ((i, j) in cell)
				printf "%d %d %.6g \"%s\" %d\n", i, j, \
				    cell[i, j] / scale, \
				    three(cell[i, j] / scale), \
				    (dark(cell[i, j] / scale) ? 16777215 : 0)
	print "EOD\n$empty << EOD"
	for (i = 1; i <= places; i++)
		for (j = 1; j <= places; j++)
			if (!((i, j) in cell))
				print i, j
	print "EOD"
	print "set style fill solid noborder"
	printf "plot $empty using 1:2:(0.5):(0.5) with boxxyerror lc rgb" \
	    " \"#dddddd\", $cells using 1:2:(0.5):(0.5):3 with boxxyerror" \
	    " palette"
	if (places <= 14)
		printf ", $cells using 1:2:4:5 with labels textcolor rgb" \
		    " variable"
	print ""
}

function square_axis(axis,	i, step, tics)
{
	step = int(places / 32) + 1
	for (i = 1; i <= places; i += step)
		tics = tics (tics == "" ? "" : ", ") \
		    "\"" short_place(i) "\" " i
	printf "set %srange [%s]\n", axis, (axis == "y" ? \
	    places + 0.5 ":0.5" : "0.5:" places + 0.5)
	printf "set %stics (%s)%s\n", axis, tics, \
	    (axis == "x" && kind == "" ? " rotate by -40" : "")
	printf "set %slabel \"%s\"\n", axis, (kind == "" ? "place" : kind)
}

# `cell_low` and `cell_top`, a little apart where all are equal, and whether
# steps are factors.
function colour_range(	i, j)
{
	for (i = 1; i <= places; i++)
		for (j = 1; j <= places; j++)
			if ((i, j) in cell) {
				cell_top = greater(cell_top, \
				    cell[i, j] / scale)
				if (cell_low == "" || \
				    cell[i, j] / scale < cell_low)
					cell_low = cell[i, j] / scale
			}
	if (cell_top <= cell_low) {
		cell_top = cell_low * 1.05 + 0.01
		cell_low = cell_low * 0.95
	}
	factors = cell_low > 0 && cell_top > 10 * cell_low
}

# How far from the lowest to the highest, from 0 to 1.
function share(x)
{
	return factors ? log(x / cell_low) / log(cell_top / cell_low) : \
	    (x - cell_low) / (cell_top - cell_low)
}

function dark(x)
{
	return share(x) > 0.5
}

# In a terminal: figures where they fit, else marks from light to dark.
function write_square(m,	i, j, wide, line, levels)
{
	wide = int((78 - longest_place()) / places)
	if (wide < 1)
		fail("picture matrix: " places " places do not fit into a" \
		    " terminal: give --output=FILE.png")
	wide = wide > 8 ? 8 : wide
	levels = by_level()
	colour_range()
	written(what (levels == "" ? "" : "\\n" levels))
	if (wide < 5) {
		wide = wide > 2 ? 2 : wide
		print "from " three(cell_low) " (.) to " three(cell_top) \
		    " (@)"
	} else {
		line = pad("", longest_place()) " "
		for (j = 1; j <= places; j++)
			line = line pad(substr(short_place(j), 1, \
			    wide - 1), wide)
		print line
	}
	for (i = 1; i <= places; i++) {
		line = pad(short_place(i), longest_place()) " "
		for (j = 1; j <= places; j++)
			line = line pad(shown(i, j, wide), wide)
		print line
	}
}

function shown(i, j, wide)
{
	if (!((i, j) in cell))
		return i == j ? "" : wide < 5 ? "?" : "NA"
	if (wide >= 5)
		return three(cell[i, j] / scale)
	return substr(".:-=+*#%@", 1 + int(8.99 * \
	    share(cell[i, j] / scale)), 1)
}
