"""Runs the job's main() once a case in one process, so that an engine starts only once: python run_sail.py run_cases.py cases.json results.json.

cases.json: {name: [argument, …]}; results.json: {name: {status, stdout, stderr}}.
"""

import contextlib
import io
import json
import sys

from hotpost_job.job import main

with open(sys.argv[1], encoding="utf-8") as file:
    cases = json.load(file)
results = {}
for name, argv in cases.items():
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(argv)
    results[name] = {"status": status, "stdout": out.getvalue(), "stderr": err.getvalue()}
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump(results, file, ensure_ascii=False)
