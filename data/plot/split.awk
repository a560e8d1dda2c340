# SPDX-License-Identifier: GPL-3.0-or-later
# The time of each configuration as a bar of three parts.

function draw_split(	c, i)
{
	part[1] = "spawn_ns"
	part[2] = "compute_ns"
	part[3] = "collect_ns"
	for (i = 1; i <= 3; i++) {
		need(part[i])
		with_figure(part[i])
	}
	if (!configs)
		fail("picture split: no row has figures in all of spawn_ns," \
		    " compute_ns and collect_ns")
	if (configs > 60)
		fail("picture split: " configs " bars are too many: choose" \
		    " some with --where")
	for (c = 1; c <= configs; c++) {
		bar_name[c] = label(c, "")
		name_width = greater(name_width, length(bar_name[c]))
		length_of[c] = value[c, part[1]] + value[c, part[2]] + \
		    value[c, part[3]]
		longest_bar = greater(longest_bar, length_of[c])
	}
	choose_unit(longest_bar)
	if (format == "text")
		write_bars()
	else
		plot_bars()
}

# Medians of the parts add up to about the median of the whole.
function plot_bars(	c, i, at, tics, plots)
{
	preamble("Where the time goes: median spawn, compute and collect" \
	    " time", 900, 190 + 30 * configs)
	for (i = 1; i <= 3; i++) {
		printf "$part%d << EOD\n", i
		for (c = 1; c <= configs; c++) {
			at = begin(c, i) / scale
			printf "%.6g %d %.6g %.6g %g %g\n", at, c, at, \
			    at + value[c, part[i]] / scale, c - 0.36, c + 0.36
		}
		print "EOD"
		plots = plots (i > 1 ? ", " : "") sprintf("$part%d using " \
		    "1:2:3:4:5:6 with boxxyerror fs solid noborder lc rgb " \
		    "\"%s\" title \"%s\"", i, \
		    nth("#E69F00 #0072B2 #009E73", i), \
		    nth("spawn compute collect", i))
	}
	print "$whole << EOD"
	for (c = 1; c <= configs; c++) {
		tics = tics (c > 1 ? ", " : "") "\"" bar_name[c] "\" " c
		printf "%.6g %d \"%s\"\n", length_of[c] / scale, c, \
		    three(length_of[c] / scale)
	}
	print "EOD"
	print "set key width 1\nunset grid"
	print "set grid xtics lc rgb \"#dddddd\" lt 1 back"
	printf "set ytics (%s) scale 0\n", tics
	printf "set yrange [%g:0.4]\nset xrange [0:%.6g]\n", configs + 0.6, \
	    longest_bar / scale * 1.12
	x_label(unit)
	print "plot " plots ", $whole using 1:2:3 with labels left " \
	    "offset character 0.6,0 notitle"
}

# Where part i begins.
function begin(c, i,	j, at)
{
	for (j = 1; j < i; j++)
		at += value[c, part[j]]
	return at + 0
}

# In a terminal: # spawn, = compute, - collect; the ends are rounded, not the
# parts, so that all bars are on one scale.
function write_bars(	c, i, k, wide, line, end)
{
	name_width = name_width > 34 ? 34 : name_width
	wide = 79 - name_width - 12
	written("Where the time goes, " unit \
	    ": # spawn, = compute, - collect (medians)")
	for (c = 1; c <= configs; c++) {
		line = pad(substr(bar_name[c], 1, name_width), -name_width) \
		    sprintf(" %7s  ", three(length_of[c] / scale))
		k = 0
		for (i = 1; i <= 3; i++) {
			end = begin(c, i + 1) / longest_bar * wide
			for (; k + 0.5 <= end; k++)
				line = line nth("# = -", i)
		}
		print line
	}
}
