from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "training")]

from cases import GOOD, MODEL_OF, ON_SPARK_TOO, ONLY_READ_BY_SPARK, REFUSED, REFUSED_ON_SPARK_TOO  # noqa: E402
from engines import job_zip, run_cases  # noqa: E402
from models import write_model  # noqa: E402
from raw_batch import BATCH  # noqa: E402


class Runs(NamedTuple):
    """What one engine made of its cases: results by name (status, stdout, stderr), the folder of each case, the model of each case."""

    results: dict[str, dict]
    folder: Path
    models: dict[str, Path]


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return job_zip(tmp_path_factory.mktemp("zip"))


@pytest.fixture(scope="session")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    for name, write in GOOD.items():
        write(folder / name)
    for name, (write, _) in REFUSED.items():
        write(folder / name)
    return folder


@pytest.fixture(scope="session")
def sail(inputs: Path, modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return _run_all("sail", [*GOOD, *REFUSED], inputs, modules, tmp_path_factory.mktemp("sail"))


@pytest.fixture(scope="session")
def spark(inputs: Path, modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    return _run_all("spark", [*ON_SPARK_TOO, *REFUSED_ON_SPARK_TOO, *ONLY_READ_BY_SPARK], inputs, modules, tmp_path_factory.mktemp("spark"))


def _run_all(engine: str, names: list[str], inputs: Path, modules: Path, folder: Path) -> Runs:
    data = folder / "data"
    shutil.copytree(inputs, data)
    models = {name: write_model(folder / f"model-of-{name}", **MODEL_OF.get(name, {})) for name in names}
    cases = {name: ["--batch", BATCH, "--data", str(data / name), "--model", str(model)] for name, model in models.items()}
    return Runs(run_cases(engine, modules, cases, folder), data, models)
