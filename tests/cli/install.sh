#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What is installed lies where users look, works from there, and goes away
# without a trace.

. "${top_srcdir:?}/tests/cli/lib.sh"

build=${top_builddir:?}
have make || skip_all "make is not installed"
test -f "$build/Makefile" || skip_all "not configured"
root=$scratch/root

# made TARGET: in the build folder, not as a part of the make above it, and
# wherever configure was told to install.
made()
{
	(cd "$build" && unset MAKEFLAGS MAKELEVEL MFLAGS &&
		limited make "$1" DESTDIR="$root" \
		    prefix=/opt/there bindir=/opt/there/bin \
		    datarootdir=/opt/there/share datadir=/opt/there/share \
		    docdir=/opt/there/share/doc/pinsum \
		    mandir=/opt/there/pages \
		    zshcompletiondir=/opt/there/share/zsh/site-functions) \
		>"$err" 2>&1
	ok $? "make $1"
}

files()
{
	(cd "$root" && find . ! -type d | sort)
}

made install
there=$root/opt/there
for file in bin/pinsum bin/pinsum-compare pages/man1/pinsum.1 \
    pages/man1/pinsum-compare.1 pages/man5/pinsum-report.5 \
    share/doc/pinsum/README share/doc/pinsum/NEWS \
    share/doc/pinsum/examples/topologies/hybrid.xml; do
	test -s "$there/$file"
	ok $? "there is $file"
done
if test -f "$build/data/completion/pinsum" ||
    test -f "$top_srcdir/data/completion/pinsum"; then
	for file in bash-completion/completions/pinsum \
	    zsh/site-functions/_pinsum fish/vendor_completions.d/pinsum.fish; do
		test -s "$there/share/$file"
		ok $? "there is share/$file"
	done
else
	skip "completion" "it was not built"
fi
for file in bash-completion/completions/pinsum-plot \
    zsh/site-functions/_pinsum-plot \
    fish/vendor_completions.d/pinsum-plot.fish; do
	test -s "$there/share/$file"
	ok $? "there is share/$file"
done
is "$(files | grep -v '^\./opt/there/')" "" "nothing lies elsewhere"

PINSUM=$there/bin/pinsum
quick -m single -o sum,status 10
prints "the installed program adds" "sum|status
55|ok"

made uninstall
is "$(files)" "" "nothing is left"
finish
