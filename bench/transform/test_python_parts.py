"""The made batch, the comparison of results and the two look-ups of the original's way."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from compare import difference
from make_batch import BATCH, COMMENTS_A_POST, READ_AT, instant, main, shares_of

COMMENTS = 20_000


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("batch")
    main(folder, COMMENTS)
    return folder


def lines_of(folder: Path, table: str) -> list[str]:
    return [text for path in sorted((folder / f"raw/{table}").rglob("*.gz")) for text in gzip.decompress(path.read_bytes()).decode().splitlines()]


def test_the_same_number_of_comments_gives_the_same_bytes(batch: Path, tmp_path: Path) -> None:
    main(tmp_path, COMMENTS)

    files = [path.relative_to(batch) for path in sorted(batch.rglob("*")) if path.is_file()]
    assert len(files) > 3
    assert all((tmp_path / name).read_bytes() == (batch / name).read_bytes() for name in files)


def test_the_manifests_count_every_line(batch: Path) -> None:
    counts = [json.loads(path.read_text())["counts"] for path in (batch / f"manifest/{BATCH}").glob("*.json")]

    assert sum(each["comments"] for each in counts) == len(lines_of(batch, "comment"))
    assert sum(each["posts"] for each in counts) == len(lines_of(batch, "post"))


def test_a_batch_holds_duplicates_older_readings_and_lines_to_refuse(batch: Path) -> None:
    lines = lines_of(batch, "comment")
    whole = [json.loads(text) for text in lines if text.endswith("}")]

    assert len({(each["post_id"], each["comment_id"]) for each in whole}) == COMMENTS
    assert len(set(lines)) < len(lines)
    assert any(each["collected_at"] < instant(READ_AT) for each in whole)
    assert any(each["likes"] < 0 for each in whole) and any(each["created_at"] > instant(READ_AT) for each in whole)
    assert len(whole) < len(lines)


def test_few_posts_have_most_of_the_comments() -> None:
    chance = random.Random(1)

    sizes = sorted(shares_of(100_000, [chance.paretovariate(1.2) for _ in range(7_692)]))

    assert sum(sizes) == 100_000
    assert sizes[-1] > 100 * sizes[len(sizes) // 2]


def test_both_look_ups_of_the_original_way_give_the_same_impacts(batch: Path, tmp_path: Path) -> None:
    # pandas is in Sail's environment, pytest in Spark's.
    script = Path(__file__).parent / "original_way.py"
    for way in ("filter", "index"):
        subprocess.run([os.environ["HOTPOST_SAIL_PYTHON"], script, batch, tmp_path / way, way], check=True, timeout=120)

    filtered, indexed = [pq.read_table(tmp_path / way).to_pydict() for way in ("filter", "index")]
    assert filtered == indexed
    assert len(filtered["impact"]) == COMMENTS // COMMENTS_A_POST
    assert max(filtered["impact"]) > 0


@pytest.mark.parametrize(
    ("other", "wrong"),
    [
        ([("b", 2, 0.2 + 9e-7), ("a", 1, 0.1)], None),
        ([("a", 1, 0.1), ("b", 3, 0.2)], "1 counts and 0 probabilities"),
        ([("a", 1, 0.1), ("b", 2, 0.21)], "0 counts and 1 probabilities"),
        ([("a", 1, 0.1), ("b", None, None)], "1 counts and 1 probabilities"),
        ([("a", 1, 0.1), ("b", 2, float("nan"))], "0 counts and 1 probabilities"),
        ([("a", 1, 0.1)], "the posts are not the same: 2 and 1"),
        ([("a", 1, 0.1), ("b", 2, 0.2), ("b", 2, 0.2)], "the posts are not the same: 2 and 3"),
    ],
)
def test_a_result_is_held_against_the_job(other: list[tuple[str, int | None, float | None]], wrong: str | None) -> None:
    job = [(("clien", "board", "a"), 1, 0.1), (("clien", "board", "b"), 2, 0.2)]

    assert difference(job, [(("clien", "board", post), count, probability) for post, count, probability in other]) == wrong


def test_a_job_without_posts_is_equal_to_nothing() -> None:
    assert difference([], []) == "the job has no post"
