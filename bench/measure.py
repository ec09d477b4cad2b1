"""Runs a command and prints, as one line of JSON, what it and all its descendants cost; what it says goes to the error stream.

Python, because os.wait4 tells the resources of one child with those it waited for itself; Node has no such call.
Usage: measure.py <time limit in seconds> <command> [argument ...]
"""

import json
import os
import signal
import sys
import time


def main() -> None:
    limit, command = int(sys.argv[1]), sys.argv[2:]
    started = time.monotonic()
    pid = os.posix_spawnp(command[0], command, os.environ, setsigmask=[], file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
    signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
    signal.alarm(limit)
    _, status, usage = os.wait4(pid, 0)
    # Linux counts the peak in KiB, macOS in bytes; it is that of the largest process.
    unit = 1 if sys.platform == "darwin" else 1024
    figures = {
        "status": os.waitstatus_to_exitcode(status),
        "cpuSeconds": usage.ru_utime + usage.ru_stime,
        "wallSeconds": time.monotonic() - started,
        "peakBytes": usage.ru_maxrss * unit,
    }
    print(json.dumps(figures))


main()
