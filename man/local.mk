# SPDX-License-Identifier: GPL-3.0-or-later
# Pages that exist: one name a line in dist_man_MANS.

dist_man_MANS += \
	%D%/pinsum-compare.1 \
	%D%/pinsum-experiments.7 \
	%D%/pinsum-plot.1 \
	%D%/pinsum.1 \
	%D%/pinsum-report.5

if MPI
dist_man_MANS += %D%/pinsum-mpi.1
endif
