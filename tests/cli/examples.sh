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

# extract PAGE FOLDER: what examples.awk makes of the page.
extract()
{
	mkdir "$2" &&
		awk -v dir="$2" -f "$top_srcdir/tests/cli/examples.awk" "$1"
}
