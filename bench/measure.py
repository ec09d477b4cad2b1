"""Runs a command and prints, as one line of JSON, what it and all its descendants cost; what it says goes to the error stream.

Python, because os.wait4 tells the resources of one child with those it waited for itself; Node has no such call. A child that nobody waits
for (the JVM of PySpark) is only seen while it lives: on Linux the tree is looked at five times a second. The peak is the highest sum of the
tree's resident memory at such a look, and at least the exact peak of the largest process; pages that processes share count in each.
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
MOST_SECONDS_TO_END = 20
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    limit, command = int(sys.argv[1]), sys.argv[2:]
    started = time.monotonic()
    pid = os.posix_spawnp(command[0], command, os.environ, setsigmask=[], file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
    signal.signal(signal.SIGALRM, lambda *_: os.kill(pid, signal.SIGKILL))
    signal.alarm(limit)
    seen: dict[int, float] = {}
    sums = [0]
    ended = threading.Event()
    watcher = threading.Thread(target=watch, args=(pid, seen, sums, ended))
    watcher.start()
    _, status, usage = os.wait4(pid, 0)
    wall = time.monotonic() - started
    signal.alarm(0)
    ended.set()
    watcher.join()
    # Linux counts the peak in KiB, macOS in bytes; it is that of the largest process that was waited for.
    unit = 1 if sys.platform == "darwin" else 1024
    figures = {
        "status": os.waitstatus_to_exitcode(status),
        "cpuSeconds": max(usage.ru_utime + usage.ru_stime, sum(seen.values())),
        "wallSeconds": wall,
        "peakBytes": max(usage.ru_maxrss * unit, *sums),
    }
    wait_for_end_of([each for each in seen if each != pid])
    print(json.dumps(figures))


def watch(root: int, seen: dict[int, float], sums: list[int], ended: threading.Event) -> None:
    """Keeps of each process of the tree its CPU seconds, as last seen, and of each look the resident bytes of the whole tree."""
    while sys.platform == "linux" and not ended.wait(LOOK_SECONDS):
        resident = 0
        for pid in tree_of(root):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue  # it has just ended
            seen[pid] = (int(fields[11]) + int(fields[12])) / TICKS
            resident += int(fields[21]) * PAGE
        sums.append(resident)


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


def wait_for_end_of(pids: list[int]) -> None:
    """A JVM ends a moment after its Python: not counted, but what is measured next must not share the machine with it."""
    for _ in range(int(MOST_SECONDS_TO_END / LOOK_SECONDS)):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return
        time.sleep(LOOK_SECONDS)


main()
