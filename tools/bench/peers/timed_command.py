#!/usr/bin/env python3
"""The time and the peak memory of a command, as a line of JSON.

    timed_command.py COMMAND...

A program of its own because Linux counts the memory that the parent had at the fork as the child's:
that of a parent with NumPy and PyTorch would hide the command's.
"""

import json
import os
import subprocess
import sys
import time


def timed(command):
    """Nanoseconds of a process, and the most memory that it had."""
    start = time.perf_counter_ns()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{command} failed")
    return {
        "processor_ns": (usage.ru_utime + usage.ru_stime) * 1e9,
        "wall_ns": time.perf_counter_ns() - start,
        "peak_bytes": usage.ru_maxrss * 1024,
    }


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    print(json.dumps(timed(sys.argv[1:])))
