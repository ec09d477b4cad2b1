"""Runs a Spark script on Sail, an embedded engine without Java: python run_sail.py spark-job-emr.py --batch … (PYTHONPATH=hotpost_job.zip).

The script ends this process's status. S3 is reached with AWS_ENDPOINT_URL, AWS_ALLOW_HTTP, AWS_REGION and the two keys from the
environment; they must be set before Sail starts.
"""

import os
import runpy
import sys
import traceback

from die_with_parent import die_with_parent

# Sail tells of each no-op and of its own end after the script's last line; that last line is what a failed step is judged by.
os.environ.setdefault("RUST_LOG", "error")


def main() -> None:
    die_with_parent()
    try:
        from pysail.spark import SparkConnectServer
    except ModuleNotFoundError as error:
        sys.exit(f"{error}: this Python has no Sail; run npm start, which sets one up")
    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    os.environ["SPARK_REMOTE"] = f"sc://127.0.0.1:{server.listening_address[1]}"
    sys.argv = sys.argv[1:]
    status = run_script(sys.argv[0])
    sys.stdout.flush()
    sys.stderr.flush()
    # Not server.stop(): the Spark client releases its last query from a thread, and when the server is gone by then it tries again
    # for ten minutes before the process may end (seen 2026-11-20). Every write was answered by now, so ending at once loses nothing.
    os._exit(status)


def run_script(path: str) -> int:
    """The status that python would end with."""
    try:
        runpy.run_path(path, run_name="__main__")
        return 0
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1


main()
