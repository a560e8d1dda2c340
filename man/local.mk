# SPDX-License-Identifier: GPL-3.0-or-later
# Pages that exist: one name a line in dist_man_MANS.

dist_man_MANS += \
	%D%/pinsum-compare.1 \
	%D%/pinsum-experiments.7 \
	%D%/pinsum-plot.1 \
	%D%/pinsum.1 \
	%D%/pinsum-report.5

# In the release always, installed with the program.
EXTRA_DIST += %D%/pinsum-mpi.1
if MPI
man_MANS = %D%/pinsum-mpi.1
endif
