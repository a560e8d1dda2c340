# SPDX-License-Identifier: GPL-3.0-or-later
"""The sum of 1 to LAST with numpy, in chunks that fit a cache."""
import sys

import numpy

CHUNK = 1 << 16
last = int(sys.argv[1])
total = 0
for first in range(1, last + 1, CHUNK):
    total += int(numpy.arange(first, min(first + CHUNK, last + 1)).sum())
print(total)
