"""What keeps one text running on EMR's Python and on both engines (the traps do not show on small data)."""

import ast
import re

import pytest

from engines import JOB, ROOT

FILES = [JOB, *sorted((ROOT / "transform/hotpost_job").glob("*.py"))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_is_python_3_9_as_on_emr_7(file):
    tree = ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 9))

    imported = {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= {"__future__", "typing", "collections", "pyspark", "hotpost_job"}


BANNED = [r"\budf\b", r"pandas", r"\.rdd\b", r"sparkContext", r"input_file_name", r"partitionBy\(.batch", r"\\[swd]\b", r"\(\?[=!<]"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_uses_nothing_on_which_the_engines_differ(file):
    text = file.read_text(encoding="utf-8")

    assert [banned for banned in BANNED if re.search(banned, text)] == []
