"""The gate: what Sail writes is what Spark writes, row by row, on clean and on dirty input."""

import json

import pyarrow as pa
import pytest

from cases import GOOD, ON_SPARK_TOO, REFUSED, REFUSED_ON_SPARK_TOO, SMALL_PARTS
from engines import read_table, rows
from raw_batch import BATCH

PLACES = [f"processed/{table}/batch={BATCH}" for table in ("post", "comment", "score", "summary")] + [f"quarantine/transform/batch={BATCH}"]


@pytest.mark.parametrize("case", ON_SPARK_TOO)
@pytest.mark.parametrize("place", PLACES)
def test_same_rows(sail, spark, case, place):
    assert rows(sail.folder / case, place) == rows(spark.folder / case, place)


@pytest.mark.parametrize("place", PLACES)
def test_same_columns(sail, spark, place):
    from_sail, from_spark = read_table(sail.folder / "dirty", place), read_table(spark.folder / "dirty", place)

    assert [(field.name, field.type) for field in from_sail.schema] == [(field.name, field.type) for field in from_spark.schema]


@pytest.mark.parametrize("case", ON_SPARK_TOO)
def test_same_counts(sail, spark, case):
    assert json.loads(sail.results[case]["stdout"]) == json.loads(spark.results[case]["stdout"])


def test_thousands_of_small_files_are_read_whole(spark):
    folder = spark.folder / "small_files"
    assert len(list(folder.glob("raw/*/**/*.gz"))) == 2 * SMALL_PARTS

    counts = json.loads(spark.results["small_files"]["stdout"])

    assert (counts["posts"], counts["comments"]) == (SMALL_PARTS, SMALL_PARTS)


@pytest.mark.parametrize("case", GOOD)
def test_good_batches_go_through(sail, case):
    assert sail.results[case]["status"] == 0, sail.results[case]["stderr"]


@pytest.mark.parametrize("case", REFUSED)
def test_refused_on_sail(sail, case):
    _assert_refused(sail, case)


@pytest.mark.parametrize("case", REFUSED_ON_SPARK_TOO)
def test_refused_on_spark(spark, case):
    _assert_refused(spark, case)


def _assert_refused(engine, case):
    result = engine.results[case]
    last_line = result["stderr"].strip().splitlines()[-1]
    assert result["status"] == 1
    assert last_line.startswith("JobError: ")
    assert all(part in last_line for part in REFUSED[case][1]), last_line
    assert not (engine.folder / case / "processed").exists()


def test_columns_are_those_of_the_warehouse(sail):
    utc, text, big = pa.timestamp("us", tz="UTC"), pa.string(), pa.int64()
    key = [("site", text), ("board", text), ("post_id", text)]
    expected = {
        "post": [*key, ("url", text), ("title", text), ("body", text), ("author_hash", text), ("created_at", utc), ("collected_at", utc)]
        + [("views", big), ("likes", big), ("comment_count", big), ("keywords", text), ("may_alarm", pa.bool_()), ("list_rank", big)],
        "comment": [*key, ("comment_id", text), ("is_reply", pa.bool_()), ("author_hash", text), ("created_at", utc), ("collected_at", utc)]
        + [("body", text), ("likes", big), ("dislikes", big)],
        "score": [*key, ("collected_at", utc), ("age_minutes", pa.int32()), ("comments_seen", big), ("hot_threshold", big)]
        + [("features", text), ("raw_probability", pa.float64()), ("impact", pa.float64()), ("reasons", text), ("model_version", text)]
        + [("exceedance", pa.float64()), ("recent", pa.float64()), ("reasons_en", text)],
        "summary": [("site", text), ("keyword", text), ("posts", big), ("comments", big), ("hot_posts", big)],
    }
    for table, columns in expected.items():
        schema = read_table(sail.folder / "clean", f"processed/{table}/batch={BATCH}").schema
        assert [(field.name, field.type) for field in schema] == columns
