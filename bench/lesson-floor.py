# SPDX-License-Identifier: GPL-3.0-or-later
"""The lesson as it is taught: lesson-floor.py SETUP LAST MEASURED

One thread, two threads with half of the range each, two processes that hand
their halves to an object of a manager. Writes the time for 1 to LAST. With a
smaller MEASURED that is scaled up from a range of that size, less what the
set-up takes without any work, which is counted once.
"""
import sys
import threading
import time
from multiprocessing import Process
from multiprocessing.managers import BaseManager


class Summer:
    def __init__(self):
        self.total = 0

    def add(self, first, last):
        total = 0
        for i in range(first, last + 1):
            total += i
        self.total += total

    def result(self):
        return self.total


class Manager(BaseManager):
    pass


Manager.register("Summer", Summer)


def in_two(make, summer, last):
    half = last // 2
    workers = [
        make(target=summer.add, args=(1, half)),
        make(target=summer.add, args=(half + 1, last)),
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return summer.result()


def one_thread(last):
    summer = Summer()
    summer.add(1, last)
    return summer.result()


def two_threads(last):
    return in_two(threading.Thread, Summer(), last)


def two_processes(last):
    with Manager() as manager:
        return in_two(Process, manager.Summer(), last)


def elapsed(setup, last):
    start = time.perf_counter_ns()
    total = setup(last)
    ns = time.perf_counter_ns() - start
    if total != last * (last + 1) // 2:
        sys.exit("lesson-floor.py: the sum is wrong")
    return ns


SETUPS = {"one": one_thread, "threads": two_threads, "processes": two_processes}


def main():
    setup = SETUPS[sys.argv[1]]
    last, measured = int(sys.argv[2]), int(sys.argv[3])
    if measured < last:
        fixed = elapsed(setup, 2)
        work = max(0, elapsed(setup, measured) - fixed)
        ns = fixed + work * last // measured
    else:
        ns = elapsed(setup, last)
    print("ns\n%d" % ns)


if __name__ == "__main__":
    main()
