"""A step's process must not outlive the run that started it, however that ends (kill -9 too)."""

import os
import threading


def die_with_parent() -> None:
    """With HOTPOST_PARENT_PIPE=1 stdin is a pipe that the parent holds open: when it closes, so do we, with status 1."""
    if os.environ.get("HOTPOST_PARENT_PIPE") == "1":
        threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    # Not sys.stdin: a thread that holds its lock when the interpreter ends makes it abort (SIGABRT) after a good run.
    while os.read(0, 4096):
        pass
    os._exit(1)
