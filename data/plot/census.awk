# SPDX-License-Identifier: GPL-3.0-or-later
# A point for each place that was measured alone, with its spread.

function draw_census(	c, m, keep, left)
{
	need("workers")
	need("places", "rows of --sweep=places are needed")
	for (c = 1; c <= configs; c++)
		left += keep[c] = is_place(c)
	if (!left)
		fail("picture census: no row is one worker on one place:" \
		    " rows of --sweep=places are needed")
	narrow(keep)
	m = choose_quantity(has("wall_mad_ns") ? "wall_ns compute_ns" : \
	    "compute_ns wall_ns")
	with_figure(m)
	list_places()
	census_settings(m)
	series_data(m)
}

# Numbers the places and the series that are told apart by all else.
function list_places(	c, name)
{
	for (c = 1; c <= configs; c++) {
		number_place(text[c, "places"])
		name = label(c, "places")
		if (!(name in series_number)) {
			series_number[name] = ++all_series
			series_name[all_series] = name
		}
	}
	find_kind()
}

# The axis holds at least a tenth above and below, so that what is noise does
# not look like mountains.
function census_settings(m,	c, i, low, top, least, step, tics, end)
{
	for (c = 1; c <= configs; c++) {
		end = value[c, m] - value[c, m, "mad"]
		if (low == "" || end < low)
			low = end
		end = value[c, m] + value[c, m, "mad"]
		if ((c, m, "p90") in value && value[c, m, "p90"] > end)
			end = value[c, m, "p90"]
		if (end > top)
			top = end
		if (least == "" || value[c, m] < least)
			least = value[c, m]
	}
	choose_unit(top)
	preamble("Each place alone: median " name_of(m) \
	    ",\\nbars: median absolute deviation, up to the 90th percentile", \
	    places > 50 ? 1400 : 900, 520)
	low = low > 0.9 * least ? 0.9 * least : low
	top = greater(top, 1.1 * least)
	low -= 0.06 * (top - low)
	top += 0.06 * (top - low)
	printf "set yrange [%.6g:%.6g]\n", greater(low, 0) / scale, top / scale
	printf "set ylabel \"%s, %s\"\n", name_of(m), unit
	x_label(kind == "" ? "place" : kind)
	printf "set xrange [0.4:%g]\n", places + 0.6
	step = int(places / (format == "text" ? 16 : 40)) + 1
	for (i = 1; i <= places; i += step)
		tics = tics (tics == "" ? "" : ", ") \
		    "\"" short_place(i) "\" " i
	print "set xtics (" tics ")" (longest_place() * places / step > 90 ? \
	    " rotate by -40" : "")
	if (format != "text") {
		printf "set y2range [%.6g:%.6g]\n", \
		    greater(low, 0) / least * 100 - 100, top / least * 100 - 100
		print "set y2tics format \"%+g %%\"\nset border 11"
		print "set y2label \"against the fastest place\""
	}
	if (all_series == 1 && series_name[1] == "")
		print "set key off"
}

function series_data(m,	c, i, plots, at, end)
{
	for (i = 1; i <= all_series; i++) {
		printf "$series%d << EOD\n", i
		for (c = 1; c <= configs; c++) {
			if (series_number[label(c, "places")] != i)
				continue
			at = place_number[text[c, "places"]] + \
			    (i - (all_series + 1) / 2) * 0.5 / all_series
			end = value[c, m] + value[c, m, "mad"]
			if ((c, m, "p90") in value)
				end = greater(end, value[c, m, "p90"])
			printf "%g %.6g %.6g %.6g\n", at, \
			    value[c, m] / scale, \
			    (value[c, m] - value[c, m, "mad"]) / scale, \
			    end / scale
		}
		print "EOD"
		plots = plots (i > 1 ? ", " : "") sprintf( \
		    "$series%d using 1:2:3:4 with yerrorbars %s " \
		    "title \"%s\"", i, format == "text" ? "" : \
		    sprintf("lw 1.5 pt %d ps 1 lc rgb \"%s\"", \
		    6 + i % 8, colour(i)), series_name[i])
	}
	print "plot " plots
}
