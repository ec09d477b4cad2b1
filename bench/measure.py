"""Runs a command and prints, as one line of JSON, what it and all its descendants cost; what it says goes to the error stream.

Python, because os.wait4 tells the resources of one child with those it waited for itself; Node has no such call. A child that nobody waits
for (the JVM of PySpark) is only seen while it lives: on Linux the tree is looked at five times a second.
Usage: measure.py <time limit in seconds> <command> [argument ...]
"""

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

LOOK_SECONDS = 0.2
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    limit, command = int(sys.argv[1]), sys.argv[2:]
    started = time.monotonic()
    pid = os.posix_spawnp(command[0], command, os.environ, setsigmask=[], file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
    signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
    signal.alarm(limit)
    seen: dict[int, tuple[float, int]] = {}
    ended = threading.Event()
    watcher = threading.Thread(target=watch, args=(pid, seen, ended))
    watcher.start()
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - started
    ended.set()
    watcher.join()
    # Linux counts the peak in KiB, macOS in bytes; it is that of the largest process.
    unit = 1 if sys.platform == "darwin" else 1024
    figures = {
        "status": os.waitstatus_to_exitcode(status),
        "cpuSeconds": max(usage.ru_utime + usage.ru_stime, sum(cpu for cpu, _ in seen.values())),
        "wallSeconds": wall,
        "peakBytes": max([usage.ru_maxrss * unit, *(peak for _, peak in seen.values())]),
    }
    print(json.dumps(figures))


def watch(root: int, seen: dict[int, tuple[float, int]], ended: threading.Event) -> None:
    """Keeps of each process of the tree its CPU seconds and the peak of its memory, as last seen."""
    while sys.platform == "linux" and not ended.wait(LOOK_SECONDS):
        for pid in tree_of(root):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                peak = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM"))
                seen[pid] = ((int(fields[11]) + int(fields[12])) / TICKS, int(peak.split()[1]) * 1024)
            except (OSError, StopIteration, IndexError):
                continue  # it has just ended


def tree_of(root: int) -> list[int]:
    """The process and its descendants."""
    found = [root]
    for pid in found:
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                found += [int(child) for child in Path(f"/proc/{pid}/task/{thread}/children").read_text().split()]
        except OSError:
            continue
    return found


main()
