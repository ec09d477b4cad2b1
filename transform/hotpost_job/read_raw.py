"""Reading what the scrape left, and proving that nothing of it is missing."""

from __future__ import annotations

import json
from typing import NamedTuple

from pyspark.errors import AnalysisException
from pyspark.sql import DataFrame, SparkSession

from hotpost_job.errors import JobError


class Expected(NamedTuple):
    """What the manifests of a batch say: lines that extract wrote to raw/, posts that could not be read, parts planned and extracted."""

    posts: int
    comments: int
    failed: int
    planned_parts: int
    parts: int


def read_lines(spark: SparkSession, path: str) -> DataFrame:
    """Column value: one row a line of every file below path; none when there is no such path.

    Spark refuses a missing path, Sail silently reads nothing: both become no row here, and the manifests tell which it should be.
    """
    try:
        lines = spark.read.text(path)
        lines.schema  # Spark Connect looks at the path only now
        return lines.select("value")
    except AnalysisException as error:
        if "PATH_NOT_FOUND" not in str(error):
            raise
        return spark.sql("select cast(null as string) as value where false")


def read_documents(spark: SparkSession, path: str) -> list[str]:
    """The whole text of each file below path; empty when there is none."""
    try:
        return [row.value for row in spark.read.text(path, wholetext=True).select("value").collect()]
    except AnalysisException as error:
        if "PATH_NOT_FOUND" not in str(error):
            raise
        return []


def expected_of(batch: str, manifests: list[str]) -> Expected:
    """Adds up the manifests of stages plan and extract (common/contracts/manifest.ts). Raises JobError for a document that is none."""
    totals = {"posts": 0, "comments": 0, "failed": 0}
    planned_parts = parts = 0
    for text in manifests:
        try:
            manifest = json.loads(text)
            if manifest["stage"] == "plan":
                planned_parts += int(manifest["counts"].get("parts", 0))
            if manifest["stage"] == "extract":
                parts += 1
                for name in totals:
                    totals[name] += int(manifest["counts"].get(name, 0))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise JobError(f"batch {batch}: a file in manifest/{batch}/ is no manifest ({error!r}); delete it and extract its part again") from error
    return Expected(**totals, planned_parts=planned_parts, parts=parts)


def check_complete(batch: str, expected: Expected, posts: int, comments: int) -> None:
    """Raises JobError when raw/ holds more or fewer lines than extract wrote, or when no part or no post could be read at all."""
    if (posts, comments) != (expected.posts, expected.comments):
        raise JobError(
            f"batch {batch}: raw/ holds {posts} posts and {comments} comments, but its extract manifests say {expected.posts} and"
            f" {expected.comments}; nothing was written. Extract the batch again (startAt extract)"
        )
    if expected.planned_parts > 0 and expected.parts == 0:
        raise JobError(
            f"batch {batch}: none of its {expected.planned_parts} parts was extracted; the history of the execution says why each Extract failed."
            " Extract the batch again (startAt extract)"
        )
    if posts == 0 and expected.failed > 0:
        raise JobError(
            f"batch {batch}: nothing could be read, {expected.failed} posts failed and none arrived; see the problems in manifest/{batch}/"
        )
