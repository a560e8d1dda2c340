# SPDX-License-Identifier: GPL-3.0-or-later
# Kernels. A file that needs an instruction set beyond the baseline is a
# convenience library of its own with the flags of that set, and holds nothing
# else: code that runs before the CPU was looked at must not be built with
# them. Hardening stays out of the loops.

KERNEL_CFLAGS = $(WARN_CFLAGS) $(SANITIZER_CFLAGS)
kernel_libs =
