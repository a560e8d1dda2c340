# SPDX-License-Identifier: GPL-3.0-or-later
# Speed-up or time over the number of workers, a curve for each of what else
# differs, with intervals.

function draw_scaling(	m, c, i, curves, name)
{
	need("workers")
	m = choose_quantity("speedup wall_ns compute_ns")
	with_figure(m)
	for (c = 1; c <= configs; c++) {
		if (!figure_of(text[c, "workers"]))
			fail("picture scaling: workers '" \
			    text[c, "workers"] "' is not a number")
		name = label(c, "workers")
		if (!(name in curve_number)) {
			curve_number[name] = ++curves
			curve_name[curves] = name
		}
		curve[c] = curve_number[name]
	}
	if (curves > 12)
		note(curves " curves are many: --where chooses some")
	find_range(m)
	scaling_settings(m, curves)
	for (i = 1; i <= curves; i++)
		curve_data(m, i)
	curve_plots(m, curves)
}

function figure_of(s)
{
	return s ~ /^[0-9]+$/
}

# Of the figures (`top`, `low`) and of the workers (`most`, `least`).
function find_range(m,	c, w)
{
	for (c = 1; c <= configs; c++) {
		w = text[c, "workers"] + 0
		top = greater(top, greater(high_end(c, m), value[c, m]))
		if (low == "" || value[c, m] < low)
			low = value[c, m]
		most = greater(most, w)
		if (least == "" || w < least)
			least = w
	}
}

# The ends of what is drawn around a figure: the interval of the median, else
# its median absolute deviation, else nothing.
function low_end(c, m)
{
	if ((c, m, "lo") in value)
		return value[c, m, "lo"]
	return value[c, m] - value[c, m, "mad"]
}

function high_end(c, m)
{
	if ((c, m, "hi") in value)
		return value[c, m, "hi"]
	return value[c, m] + value[c, m, "mad"]
}

# What the bars are, in words.
function bars(m,	c, exact, rough)
{
	for (c = 1; c <= configs; c++) {
		exact += (c, m, "lo") in value
		rough += value[c, m, "mad"] > 0 && !((c, m, "lo") in value)
	}
	return exact ? ", bars: 95 % interval" : \
	    rough ? ", bars: median absolute deviation" : ""
}

function scaling_settings(m, curves,	tall)
{
	tall = top > 20 * low && m != "speedup"
	choose_unit(top)
	if (m == "speedup")
		scale = 1
	preamble((m == "speedup" ? "Speed-up" : "Median " name_of(m)) \
	    " over the number of workers" bars(m), 900, 560)
	x_label("workers")
	printf "set ylabel \"%s\"\n", (m == "speedup" ? \
	    "times as fast as the baseline" : name_of(m) ", " unit)
	if (tall)
		printf "set logscale y\nset yrange [%.6g:%.6g]\n", \
		    low / scale / 1.5, top / scale * 1.2
	else
		printf "set yrange [0:%.6g]\n", top / scale * 1.12
	if (most > 16 && most > 16 * least) {
		print "set logscale x 2"
		printf "set xrange [%.6g:%.6g]\n", least / 1.2, most * 1.2
	} else {
		printf "set xrange [%.6g:%.6g]\n", \
		    least - (most - least) / 20 - 0.2, \
		    most + (most - least) / 20 + 0.2
		if (most - least <= 16)
			print "set xtics 1"
	}
	if (curves == 1 && curve_name[1] == "")
		print "set key off"
}

# Its points, from few workers to many.
function curve_data(m, i,	c, n, j, x, list)
{
	for (c = 1; c <= configs; c++)
		if (curve[c] == i)
			list[++n] = c
	for (c = 2; c <= n; c++) {
		x = list[c]
		for (j = c; j > 1 && \
		    text[list[j - 1], "workers"] + 0 > \
		    text[x, "workers"] + 0; j--)
			list[j] = list[j - 1]
		list[j] = x
	}
	printf "$curve%d << EOD\n", i
	for (c = 1; c <= n; c++)
		printf "%s %.6g %.6g %.6g\n", text[list[c], "workers"], \
		    value[list[c], m] / scale, low_end(list[c], m) / scale, \
		    high_end(list[c], m) / scale
	print "EOD"
}

function curve_plots(m, curves,	i)
{
	printf "plot "
	if (m == "speedup" && most > 1)
		printf "x with %s title \"one for each worker\", ", \
		    (format == "text" ? "dots" : \
		    "lines lc rgb \"#aaaaaa\" dt 2")
	for (i = 1; i <= curves; i++) {
		if (i > 1)
			printf ", "
		if (format == "text")
			printf "$curve%d using 1:2 with linespoints " \
			    "title \"%s\"", i, curve_name[i]
		else
			printf "$curve%d using 1:2 with lines lw 2 dt %d " \
			    "lc rgb \"%s\" notitle, $curve%d using " \
			    "1:2:3:4 with yerrorbars lw 1.5 pt %d ps 1 " \
			    "lc rgb \"%s\" title \"%s\"", i, \
			    int((i - 1) / 7) + 1, colour(i), i, \
			    4 + i % 10, colour(i), curve_name[i]
	}
	print ""
}
