# SPDX-License-Identifier: GPL-3.0-or-later
"""A sum with one thread, with two threads, and with two processes.

Adds every integer from FIRST (default 1) to LAST (default 300000000) with one
thread; with two threads, half of the range each; and with two processes that
hand their halves to counters behind the proxies of a multiprocessing manager:
with one manager, in whose process both halves are added, in turns, and with a
manager for each. Writes a row for each as pinsum's report "runs"
has them, when its sum was found right.
"""

import argparse
import sys
import threading
import time
from multiprocessing import Process
from multiprocessing.managers import BaseManager

COLUMNS = (
    "run mode workers kernel sharing ipc first last wall_ns sum status".split()
)


class Counter:
    """What the lesson counts with: it keeps the total of what was added."""

    def __init__(self):
        self.total = 0

    def add(self, first, last):
        """Adds the integers from first to last."""
        for number in range(first, last + 1):
            self.total += number

    def get(self):
        """The total: a method, since a proxy shows no attributes."""
        return self.total


class CounterManager(BaseManager):
    """A process that counters live in."""


CounterManager.register("Counter", Counter)


def halves(first, last):
    """The two parts of the range; the second may be empty."""
    middle = (first + last) // 2
    return [(first, middle), (middle + 1, last)]


def work(make, counters, first, last):
    """Two workers, each adds half of the range to its counter."""
    workers = [
        make(target=counter.add, args=part)
        for counter, part in zip(counters, halves(first, last))
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def one_thread(first, last):
    """The calling thread does it all."""
    counter = Counter()
    counter.add(first, last)
    return counter.get()


def two_threads(first, last):
    """Two threads: the interpreter lock lets one of them run at a time."""
    counters = [Counter(), Counter()]
    work(threading.Thread, counters, first, last)
    return sum(counter.get() for counter in counters)


def one_manager(first, last):
    """Two processes that call one process, which does all the adding."""
    with CounterManager() as manager:
        counters = [manager.Counter(), manager.Counter()]
        work(Process, counters, first, last)
        return sum(counter.get() for counter in counters)


def two_managers(first, last):
    """Two processes that call a process each."""
    with CounterManager() as left, CounterManager() as right:
        counters = [left.Counter(), right.Counter()]
        work(Process, counters, first, last)
        return sum(counter.get() for counter in counters)


# Name, what makes it, and what tells it apart in the rows.
SETUPS = {
    "single": (one_thread, "single", 1, "private", "NA"),
    "threads": (two_threads, "thread", 2, "gil", "NA"),
    "manager": (one_manager, "process", 2, "gil", "manager"),
    "managers": (two_managers, "process", 2, "private", "managers"),
}


def row(run, name, first, last):
    """Runs a set-up; its row, and whether its sum was right."""
    setup, mode, workers, sharing, ipc = SETUPS[name]
    start = time.perf_counter_ns()
    total = setup(first, last)
    wall = time.perf_counter_ns() - start
    right = total == (first + last) * (last - first + 1) // 2
    fields = [run, mode, workers, "python", sharing, ipc, first, last, wall]
    fields += [total, "ok" if right else "wrong_sum"]
    return "\t".join(map(str, fields)), right


def arguments():
    """The command line; the range as pinsum takes it, in plain digits."""
    parser = argparse.ArgumentParser(
        prog="lesson.py",
        usage="%(prog)s [OPTION]... [[FIRST] LAST]",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("range", nargs="*", type=int, metavar="FIRST LAST")
    parser.add_argument(
        "-m",
        "--mode",
        metavar="LIST",
        default=",".join(SETUPS),
        help="which of %(default)s; default: all",
    )
    parser.add_argument(
        "-r", "--runs", metavar="N", type=int, default=1, help="default: 1"
    )
    options = parser.parse_args()
    options.names = options.mode.split(",")
    for name in options.names:
        if name not in SETUPS:
            parser.error("--mode: '%s' is none of %s" % (name, ", ".join(SETUPS)))
    if len(options.range) > 2:
        parser.error("FIRST and LAST at most")
    options.last = options.range[-1] if options.range else 300000000
    options.first = options.range[0] if len(options.range) == 2 else 1
    if not 0 <= options.first <= options.last:
        parser.error("the range is reversed or negative")
    if options.runs < 1:
        parser.error("--runs: one at least")
    return options


def main():
    """Round after round over the set-ups, a row as each ends."""
    options = arguments()
    all_right = True
    print("\t".join(COLUMNS), flush=True)
    for run in range(1, options.runs + 1):
        for name in options.names:
            line, right = row(run, name, options.first, options.last)
            print(line, flush=True)
            all_right = all_right and right
    return 0 if all_right else 2


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
