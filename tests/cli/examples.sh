# shellcheck shell=sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the tests of manual pages' examples share, beside lib.sh. To be sourced
# after that.

bin=$scratch/bin
mkdir "$bin" || exit 99
PATH=$bin:$PATH
export PATH

# tool NAME: a program of that name, from standard input, before all others.
tool()
{
	{
		echo '#!/bin/sh'
		cat
	} >"$bin/$1" && chmod +x "$bin/$1" || exit 99
}

# extract PAGE FOLDER: each example as it is typed into NUMBER.sh, and what the
# page shows of its output into NUMBER.out.
extract()
{
	mkdir "$2" && awk -v dir="$2" '
		/^\.EX$/ { inside = 1; next }
		/^\.EE$/ { inside = 0 }
		!inside { next }
		{
			gsub(/\\\(aq/, "\047")
			gsub(/\\\(ha/, "^")
			gsub(/\\&/, "")
			gsub(/\\-/, "-")
			gsub(/\\e/, "\\")
		}
		/^\$ / {
			name = sprintf("%s/%02d", dir, ++n)
			print substr($0, 3) >(name ".sh")
			printf "" >(name ".out")
			next
		}
		/^> / { print substr($0, 3) >(name ".sh"); next }
		{ print >(name ".out") }' "$1"
}
