"""Whole batches that are odd, but right, on both engines."""

import json
import math
import re

import pytest

from engines import ROOT, rows
from hostile_batches import CROWD, CROWD_COMMENTS, CROWD_POSTS, LATER
from hotpost_job import quarantine
from raw_batch import BATCH

SPARK_WRITES, SAIL_WRITES_AT_MOST = 1, 4
TABLES = ("post", "comment", "score", "summary")


@pytest.fixture(params=["sail", "spark"])
def engine(request):
    return request.getfixturevalue(request.param)


def table(engine, case, name):
    return rows(engine.folder / case, f"processed/{name}/batch={BATCH}")


def counts(engine, case):
    return json.loads(engine.results[case]["stdout"])


def test_ten_thousand_comments_on_one_post_are_counted_once_each(engine):
    scores = table(engine, "crowd", "score")

    (crowded,) = [row for row in scores if row["post_id"] == CROWD["post_id"]]
    recent = sum(math.exp(-(600 - max(0, n - 3_000) / 20) / 150) for n in range(CROWD_COMMENTS))
    assert (crowded["comments_seen"], crowded["raw_probability"], crowded["exceedance"]) == (CROWD_COMMENTS, 1, 0)
    assert abs(crowded["recent"] - recent) <= 1e-6
    assert len(scores) == CROWD_POSTS
    assert len(table(engine, "crowd", "comment")) == CROWD_COMMENTS
    assert sum(row["comments_seen"] for row in scores) == CROWD_COMMENTS


def test_an_older_reading_and_a_repeated_line_change_nothing(engine):
    posts, comments = table(engine, "late", "post"), table(engine, "late", "comment")

    assert [(row["post_id"], row["views"]) for row in posts] == [("1001", 20), ("1002", 34)]
    assert posts[0]["collected_at"].strftime("%Y-%m-%dT%H:%M:%SZ") == LATER
    assert [(row["comment_id"], row["likes"]) for row in comments] == [("c1", 7), ("c2", 2), ("c3", 0)]
    assert counts(engine, "late")["duplicates"] == {"post": 2, "comment": 3}
    assert [row["comments_seen"] for row in table(engine, "late", "score")] == [3, 0]


def test_comments_without_their_post_are_kept_and_score_nothing(engine):
    assert {row["comment_id"] for row in table(engine, "orphans", "comment")} == {"c1", "c2", "c3"}
    assert [(row["post_id"], row["comments_seen"]) for row in table(engine, "orphans", "score")] == [("1001", 1)]
    assert [row["comments"] for row in table(engine, "orphans", "summary")] == [1]


def test_a_part_without_a_line_is_no_fault(engine):
    assert (counts(engine, "empty_files")["posts"], counts(engine, "empty_files")["comments"]) == (1, 0)


def test_bytes_that_are_no_text_never_make_an_id(spark):
    """Sail refuses the whole file (test_engines_agree.py); Spark puts U+FFFD in their place."""
    assert [(row["post_id"], row["title"]) for row in table(spark, "broken_text", "post")] == [("1001", "x\ufffd\ufffd")]
    assert counts(spark, "broken_text")["quarantined"]["post"] == {"invalid_post_id": 1}


@pytest.mark.parametrize("name", TABLES)
def test_a_small_batch_is_one_file_a_table(engine, name):
    assert len(files(engine, "small", name)) == 1


@pytest.mark.parametrize("name", TABLES)
def test_a_large_batch_is_few_files(sail, spark, name):
    assert 1 <= len(files(sail, "crowd", name)) <= SAIL_WRITES_AT_MOST
    assert len(files(spark, "crowd", name)) == SPARK_WRITES


def test_what_is_far_from_its_batch_is_beyond_what_the_buckets_keep():
    template = (ROOT / "extract/template.yaml").read_text(encoding="utf-8")
    kept = {prefix: int(days) for prefix, days in re.findall(r"Prefix: (\S+)/, ExpirationInDays: ([0-9]+)", template)}

    assert kept["collected"] < quarantine.MOST_DAYS_BEFORE_BATCH <= kept["collected"] + 3
    assert quarantine.MOST_DAYS_AFTER_BATCH == kept["raw"]


def files(engine, case, name):
    return sorted((engine.folder / case / f"processed/{name}/batch={BATCH}").glob("*.parquet"))
