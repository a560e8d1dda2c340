# SPDX-License-Identifier: GPL-3.0-or-later
# What the pictures share: names, units, titles, gnuplot's settings; and which
# picture it is to be. Settings come as variables: format (png, svg, text),
# picture, quantity, width, height.

# Whether configurations that are drawn differ there.
function varies(column,	c)
{
	if (column in varying)
		return varying[column]
	for (c = 2; c <= configs; c++)
		if (text[c, column] != text[1, column])
			break
	return varying[column] = c <= configs
}

# How a value is spoken of: bare words where they speak for themselves.
function spoken(column, word)
{
	if (word == "NA")
		return ""
	if (column == "workers")
		return word (word == 1 ? " worker" : " workers")
	if (column ~ /^(mode|bind|sharing|kernel|ipc|host|places)$/)
		return word
	return column " " word
}

# All in which configurations differ, but for the columns in `without`.
function label(c, without,	i, word, name)
{
	for (i = 1; i <= keys[0]; i++) {
		if (index(" " without " ", " " keys[i] " ") ||
		    !varies(keys[i]))
			continue
		word = spoken(keys[i], text[c, keys[i]])
		if (word != "")
			name = name (name == "" ? "" : ", ") word
	}
	return name
}

# What all have in common, in lines of at most `columns`.
function common(columns,	i, n, parts, lines, line)
{
	if (has("first") && has("last") && !varies("first") &&
	    !varies("last") && text[1, "last"] != "NA")
		parts[++n] = text[1, "first"] " + ... + " text[1, "last"]
	for (i = 1; i <= keys[0]; i++)
		if (keys[i] !~ /^(first|last|workers)$/ &&
		    (keys[i] != "places" || picture !~ /census|matrix/) &&
		    !varies(keys[i]) && text[1, keys[i]] != "NA" &&
		    text[1, keys[i]] != "inherited")
			parts[++n] = keys[i] " " text[1, keys[i]]
	for (i = 1; i <= n; i++) {
		if (line != "" && length(line ", " parts[i]) > columns) {
			lines = lines line ",\\n"
			line = ""
		}
		line = line (line == "" ? "" : ", ") parts[i]
	}
	return lines line
}

# Sets unit and scale for times up to that many nanoseconds.
function choose_unit(most)
{
	unit = "ns"
	scale = 1
	if (most >= 1e4) {
		unit = format == "text" ? "us" : "\302\265s"
		scale = 1e3
	}
	if (most >= 2e6) {
		unit = "ms"
		scale = 1e6
	}
	if (most >= 2e9) {
		unit = "s"
		scale = 1e9
	}
}

# With three digits that matter.
function three(x)
{
	return sprintf(x < 9.995 ? "%.2f" : x < 99.95 ? "%.1f" : "%.0f", x)
}

# The first configurations' colours are told apart by everyone (Okabe and Ito).
function colour(i)
{
	return nth("#0072B2 #D55E00 #009E73 #CC79A7 #E69F00 #56B4E9 #000000",
	    (i - 1) % 7 + 1)
}

function nth(words, i,	list)
{
	split(words, list, " ")
	return list[i]
}

# A column that the picture cannot do without.
function need(column, what)
{
	if (!has(column))
		fail("picture " picture ": there is no column " column \
		    (what == "" ? "" : ": " what))
}

# What is drawn: the one that was asked for, or the first of these with
# figures.
function choose_quantity(choice,	i, c, list, n)
{
	if (quantity != "") {
		need(quantity)
		choice = quantity
	}
	n = split(choice, list, " ")
	for (i = 1; i <= n; i++)
		for (c = 1; c <= configs; c++)
			if ((c, list[i]) in value)
				return list[i]
	gsub(/ /, " or ", choice)
	fail("picture " picture ": no row has a figure in " choice)
}

function name_of(quantity)
{
	if (quantity == "speedup")
		return "speed-up"
	sub(/_ns$/, " time", quantity)
	return quantity
}

# gnuplot's settings that all have. The title's lines are text already.
function preamble(title, wide, high)
{
	wide = width ? width : wide
	high = height ? height : high
	print "set encoding utf8"
	if (format == "png")
		printf "if (strstrt(GPVAL_TERMINALS, \"pngcairo\")) { set " \
		    "terminal pngcairo noenhanced size %d,%d font " \
		    "\"sans,11\" background \"white\" } else { set terminal " \
		    "png noenhanced size %d,%d }\n", wide, high, wide, high
	else if (format == "svg")
		printf "set terminal svg noenhanced size %d,%d font " \
		    "\"sans,14\" background \"white\"\n", wide, high
	else
		print "set terminal dumb nofeed noenhanced size 79,24"
	printf "set title \"%s\"\n", heading(title)
	print "set tics nomirror out\nset border 3"
	if (format != "text") {
		print "set grid ytics lc rgb \"#dddddd\" lt 1"
		print "set bars 0.6"
	}
	print "set key bmargin center horizontal" (format == "text" ? "" : \
	    " samplen 2")
}

function heading(title)
{
	if (ENVIRON["PINSUM_PLOT_TITLE"] != "")
		return plain(ENVIRON["PINSUM_PLOT_TITLE"])
	return title "\\n" common(format == "text" ? 72 : 100)
}

# Below the horizontal axis, apart from the key.
function x_label(s)
{
	printf "set xlabel \"%s%s\"\n", s, (format == "text" ? "" : "\\n ")
}

# Begins a picture in text that needs no gnuplot.
function written(title)
{
	print "# text"
	title = heading(title)
	gsub(/\\n/, "\n", title)
	print title "\n"
}

function greater(a, b)
{
	return a > b ? a : b
}

# To that width, at the right or, where it is negative, at the left.
function pad(s, width)
{
	return sprintf("%" width "s", s)
}

# How many places, and which, cut at commas outside of braces.
function split_places(s, list,	i, n, c, deep)
{
	n = 1
	list[1] = ""
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		deep += (c == "{") - (c == "}")
		if (c == "," && !deep)
			list[++n] = ""
		else
			list[n] = list[n] c
	}
	return n
}

# The number of a place, in the order of the rows.
function number_place(name)
{
	if (!(name in place_number)) {
		place_number[name] = ++places
		place_name[places] = name
	}
	return place_number[name]
}

# `kind`: the type that all places have in common, as core.
function find_kind(	i)
{
	kind = place_name[1]
	if (!sub(/:[0-9]+$/, "", kind))
		kind = ""
	for (i = 2; i <= places && kind != ""; i++)
		if (index(place_name[i], kind ":") != 1)
			kind = ""
}

function short_place(i)
{
	return kind == "" ? place_name[i] : \
	    substr(place_name[i], length(kind) + 2)
}

function longest_place(	i, n)
{
	for (i = 1; i <= places; i++)
		n = greater(n, length(short_place(i)))
	return n
}

# A row of --sweep=pairs, one of --sweep=places.
function is_pair(c,	list)
{
	return text[c, "workers"] == 2 &&
	    split_places(text[c, "places"], list) == 2
}

# A word such as cores, or cores(2), names many.
function is_place(c,	list)
{
	return text[c, "workers"] == 1 && text[c, "places"] != "NA" &&
	    text[c, "places"] !~ /^[a-z_]+(\([0-9]+\))?$/ &&
	    split_places(text[c, "places"], list) == 1
}

# The picture that these rows make.
function choose_picture(	c, name, alone, pairs, curve, curves, near)
{
	for (c = 1; c <= configs; c++) {
		if (text[c, "nearest"] != "NA")
			near++
		if (is_pair(c) && !(text[c, "places"] in name))
			pairs += name[text[c, "places"]] = 1
		if (is_place(c) && !(text[c, "places"] in name))
			alone += name[text[c, "places"]] = 1
		if (curve[label(c, "workers")]++)
			curves = 1
	}
	if (near || (pairs > 1 && !alone))
		return "matrix"
	if (alone > 1)
		return "census"
	if (!curves && has("spawn_ns") && has("compute_ns") &&
	    has("collect_ns"))
		return "split"
	return "scaling"
}

# Only the configurations of which keep[c] is set stay, in their order.
function narrow(keep,	c, n, i)
{
	for (c = 1; c <= configs; c++) {
		if (!keep[c])
			continue
		n++
		for (i in known)
			text[n, i] = text[c, i]
		for (i = 1; i <= measures[0]; i++)
			move(c, n, measures[i])
	}
	configs = n + 0
	split("", varying)
}

function move(from, to, m,	i)
{
	if (from == to)
		return
	delete value[to, m]
	if ((from, m) in value)
		value[to, m] = value[from, m]
	for (i = 1; i <= 4; i++) {
		delete value[to, m, nth("lo hi mad p90", i)]
		if ((from, m, nth("lo hi mad p90", i)) in value)
			value[to, m, nth("lo hi mad p90", i)] = \
			    value[from, m, nth("lo hi mad p90", i)]
	}
}

# Only configurations that have a figure there can be drawn.
function with_figure(m,	c, keep)
{
	for (c = 1; c <= configs; c++)
		keep[c] = (c, m) in value
	narrow(keep)
}

END {
	if (failed)
		exit 1
	settle()
	if (picture == "")
		picture = choose_picture()
	if (picture == "scaling")
		draw_scaling()
	else if (picture == "census")
		draw_census()
	else if (picture == "matrix")
		draw_matrix()
	else
		draw_split()
}
