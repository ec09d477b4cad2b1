"""Starts the engines as a laptop run does, and reads what they wrote."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[2]
JOB = ROOT / "transform/spark-job-emr.py"
MODEL = ROOT / "transform/model/model.json"
# Generous: a loaded machine takes a minute to start Spark. A hang must still end the test.
MOST_SECONDS = 300


def python_of(engine: str) -> str:
    """Spark is in the environment that runs the tests, Sail in one of its own (their pyspark packages exclude each other)."""
    if engine == "spark":
        return sys.executable
    python = os.environ.get("HOTPOST_SAIL_PYTHON")
    if not python:
        raise RuntimeError("HOTPOST_SAIL_PYTHON is not set: give the path of the Python that has pysail (npm test does)")
    return python


def job_zip(folder: Path) -> Path:
    path = folder / "hotpost_job.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for module in sorted((ROOT / "transform/hotpost_job").glob("*.py")):
            archive.write(module, f"hotpost_job/{module.name}")
    return path


def command(engine: str, script: Path, *arguments: object) -> list[str]:
    return [python_of(engine), str(ROOT / f"local/emr/run_{engine}.py"), str(script), *map(str, arguments)]


def environment(modules: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(modules), "PYTHONDONTWRITEBYTECODE": "1"}


def run_command_line(engine: str, modules: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """spark-job-emr.py as a step would run it."""
    return subprocess.run(
        command(engine, JOB, *arguments), env=environment(modules), stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=MOST_SECONDS
    )


def run_cases(engine: str, modules: Path, cases: dict[str, list[str]], folder: Path) -> dict[str, dict]:
    """Many batches in one process of the engine. Returns status, stdout and stderr of each."""
    cases_file, results_file = folder / f"{engine}-cases.json", folder / f"{engine}-results.json"
    cases_file.write_text(json.dumps(cases), encoding="utf-8")
    done = subprocess.run(
        command(engine, ROOT / "transform/tests/run_cases.py", cases_file, results_file),
        env=environment(modules),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(results_file.read_text(encoding="utf-8"))


def read_table(root: Path, path: str) -> pa.Table | None:
    """All files of a directory, whatever they are called; None when the engine wrote none (Sail, for no row)."""
    files = sorted((root / path).glob("*.parquet"))
    return pa.concat_tables([pq.ParquetFile(file).read() for file in files]) if files else None


def rows(root: Path, path: str) -> list[dict]:
    """Rows in the order of their values from left to right, because engines write in any order."""
    table = read_table(root, path)
    found = [] if table is None else table.to_pylist()
    return sorted(found, key=lambda row: [str(value) for value in row.values()])
