"""The job as a step runs it: the entry point, the zip, the launcher, the exit status."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from engines import JOB, command, environment, rows, run_command_line
from models import write_model
from raw_batch import BATCH, many, post, write_batch

OTHER = "20261120T053000Z"


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return write_batch(tmp_path_factory.mktemp("data"), *many(6, 20))


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> Path:
    return write_model(tmp_path_factory.mktemp("model"))


def test_prints_one_line_of_counts_and_nothing_else(data, model, modules):
    done = run_command_line("sail", modules, "--batch", BATCH, "--data", f"{data}/", "--model", model)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["posts"] == 6
    assert done.stderr == ""


def test_a_batch_run_again_changes_no_row_and_no_other_batch(data, model, modules):
    write_batch(data, *many(4, 10, seed=8), batch=OTHER)
    run_command_line("sail", modules, "--batch", OTHER, "--data", data, "--model", model)
    places = [f"processed/{table}/batch={batch}" for table in ("post", "comment", "score", "summary") for batch in (BATCH, OTHER)]
    before = [rows(data, place) for place in places]

    done = run_command_line("sail", modules, "--batch", BATCH, "--data", data, "--model", model)

    assert done.returncode == 0
    assert [rows(data, place) for place in places] == before
    assert all(before)


def test_a_missing_model_is_one_sentence_with_a_remedy(data, modules, tmp_path):
    done = run_command_line("sail", modules, "--batch", BATCH, "--data", data, "--model", tmp_path / "model.json")

    assert done.returncode == 1
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith(f"JobError: model {tmp_path / 'model.json'} does not exist") and "train.py" in line


def test_a_wrong_batch_names_itself(data, model, modules):
    done = run_command_line("sail", modules, "--batch", "20261320T050000Z", "--data", data, "--model", model)

    assert done.returncode == 1
    assert done.stderr.startswith('JobError: batch "20261320T050000Z" is no UTC time')


def test_without_its_modules_the_script_says_what_to_give(data, model, tmp_path):
    done = run_command_line("sail", tmp_path, "--batch", BATCH, "--data", data, "--model", model)

    assert done.returncode == 1
    assert "--py-files" in done.stderr


def test_the_real_spark_runs_the_same_command(modules, tmp_path):
    data = write_batch(tmp_path, [post(1)], [])

    done = run_command_line("spark", modules, "--batch", BATCH, "--data", data, "--model", tmp_path / "absent.json")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("JobError: model ")


@pytest.mark.parametrize("engine", ["sail", "spark"])
def test_the_engine_dies_with_its_parent(engine, modules, tmp_path):
    script = tmp_path / "wait.py"
    script.write_text(
        "import os, time\nfrom pyspark.sql import SparkSession\nSparkSession.builder.getOrCreate().range(1).count()\n"
        "print('ready', flush=True)\ntime.sleep(120)\n"
    )
    child = subprocess.Popen(
        command(engine, script), env={**environment(modules), "HOTPOST_PARENT_PIPE": "1"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True, start_new_session=True,
    )
    try:
        assert child.stdout.readline().strip() == "ready"
        child.stdin.close()
        assert child.wait(timeout=10) == 1
        assert _empty_soon(child.pid)
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)


def _empty_soon(group: int) -> bool:
    """Whether every process of the group is gone within 10 s (Spark's Java notices a moment later)."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
