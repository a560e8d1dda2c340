# SPDX-License-Identifier: GPL-3.0-or-later
# What is neither a program nor a page of the manual.

# Completion, made from the table of options by a program that runs while
# building. The tarball has the files, for those who build for another system.
bashcompletiondir = $(datadir)/bash-completion/completions
fishcompletiondir = $(datadir)/fish/vendor_completions.d
completion = %D%/completion/pinsum %D%/completion/_pinsum \
	%D%/completion/pinsum.fish
EXTRA_DIST += \
	$(completion) \
	%D%/completion/head.bash \
	%D%/completion/head.fish \
	%D%/completion/head.zsh

# That of the other programs is short, and written by hand.
dist_bashcompletion_DATA = \
	%D%/completion/pinsum-compare \
	%D%/completion/pinsum-plot
dist_fishcompletion_DATA = \
	%D%/completion/pinsum-compare.fish \
	%D%/completion/pinsum-plot.fish
if ZSH_COMPLETION
dist_zshcompletion_DATA = \
	%D%/completion/_pinsum-compare \
	%D%/completion/_pinsum-plot
endif

if COMPLETION
dist_bashcompletion_DATA += %D%/completion/pinsum
if ZSH_COMPLETION
dist_zshcompletion_DATA += %D%/completion/_pinsum
endif
dist_fishcompletion_DATA += %D%/completion/pinsum.fish
endif

if MAKE_COMPLETION
noinst_PROGRAMS += %D%/make-completion
%C%_make_completion_LDADD = src/libpinsum.la

make_completion = \
	$(MKDIR_P) %D%/completion && { \
	    cat $(srcdir)/%D%/completion/head.$$shell && \
	    %D%/make-completion$(EXEEXT) $$shell; \
	} >$@.new && mv -f $@.new $@

%D%/completion/pinsum: %D%/make-completion$(EXEEXT) %D%/completion/head.bash
	$(AM_V_GEN)shell=bash; $(make_completion)
%D%/completion/_pinsum: %D%/make-completion$(EXEEXT) %D%/completion/head.zsh
	$(AM_V_GEN)shell=zsh; $(make_completion)
%D%/completion/pinsum.fish: %D%/make-completion$(EXEEXT) \
		%D%/completion/head.fish
	$(AM_V_GEN)shell=fish; $(make_completion)
endif

# Those of the tarball stay.
distclean-local:
	test . = '$(srcdir)' || rm -f $(completion)
MAINTAINERCLEANFILES = $(completion)

# What is read, and machines to try --input with.
examplesdir = $(docdir)/examples/topologies
dist_doc_DATA = NEWS README
dist_examples_DATA = \
	tests/topologies/asymmetric.xml \
	tests/topologies/groups.xml \
	tests/topologies/hybrid.xml \
	tests/topologies/nodes.xml

# For build-aux/deb.
EXTRA_DIST += \
	%D%/debian/changelog.in \
	%D%/debian/control.in \
	%D%/debian/copyright \
	%D%/debian/pinsum.lintian-overrides \
	%D%/debian/rules \
	%D%/debian/source/format \
	%D%/debian/tests/control \
	%D%/debian/tests/installed

# Pictures, and the lesson in Python.
plot_parts = \
	%D%/plot/rows.awk \
	%D%/plot/picture.awk \
	%D%/plot/scaling.awk \
	%D%/plot/census.awk \
	%D%/plot/matrix.awk \
	%D%/plot/split.awk

bin_SCRIPTS = %D%/pinsum-plot
CLEANFILES += %D%/pinsum-plot
EXTRA_DIST += %D%/pinsum-plot.in $(plot_parts)

# One file that needs no other: awk's parts go into the shell's.
%D%/pinsum-plot: $(srcdir)/%D%/pinsum-plot.in $(plot_parts) Makefile
	$(AM_V_GEN)$(MKDIR_P) %D% && rm -f $@ $@.tmp && \
	for part in $(plot_parts); do \
	    cat "$(srcdir)/$$part" || exit 1; \
	done >$@.awk && \
	sed -e '/^@AWK_PARTS@$$/{r $@.awk' -e 'd' -e '}' \
	    -e 's/@VERSION[@]/$(VERSION)/' \
	    $(srcdir)/%D%/pinsum-plot.in >$@.tmp && \
	rm -f $@.awk && chmod a+rx,a-w $@.tmp && mv -f $@.tmp $@

# Beside the topologies.
lessondir = $(docdir)/examples
dist_lesson_DATA = %D%/lesson.py
