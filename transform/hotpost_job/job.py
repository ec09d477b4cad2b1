"""The job as a story: read, prove complete, refuse what is wrong, keep the latest, score, write."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Sequence

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from hotpost_job.arguments import Arguments, parse_arguments
from hotpost_job.dedupe import kept, refused, with_outcome
from hotpost_job.errors import JobError
from hotpost_job.features import with_arrivals, without_too_early
from hotpost_job.quarantine import parse
from hotpost_job.read_model import read_model
from hotpost_job.read_raw import check_complete, expected_of, read_documents, read_lines
from hotpost_job.schemas import (
    COMMENT,
    COMMENT_KEY,
    MOST_BODY_BYTES,
    MOST_TITLE_BYTES,
    OUTCOME,
    POST,
    POST_KEY,
    QUARANTINE,
    RAW_COMMENT,
    RAW_POST,
    SCORE,
    SUMMARY,
    cut_to_bytes,
)
from hotpost_job.score import with_score
from hotpost_job.summary import summarise
from hotpost_job.unknown_fields import unknown_fields
from hotpost_job.write import read_table, write_table

# Both engines then agree on time zones, on bad casts (null) and on the Parquet type of a timestamp.
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "false",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}


def main(argv: Sequence[str]) -> int:
    """Prints the counts as one JSON line and returns 0; prints one sentence on stderr and returns 1 when the batch cannot be processed."""
    try:
        arguments = parse_arguments(argv)
        spark = SparkSession.builder.appName(f"hotpost-{arguments.batch}").getOrCreate()
        print(json.dumps(run(arguments, spark), ensure_ascii=False, sort_keys=True), flush=True)
        return 0
    except JobError as error:
        print(f"JobError: {error}", file=sys.stderr, flush=True)
        return 1
    except Exception as error:  # the engine's own errors are many and long: the last line says which batch and what
        traceback.print_exc()
        name, reason = type(error).__name__, _reason_of(error)
        print(f"JobError: {' '.join(argv)}: the engine stopped, {name}: {reason}; run it again, or extract the batch again", file=sys.stderr, flush=True)
        return 1


def _reason_of(error: Exception) -> str:
    """One line of an engine's error: Spark's first line only names a Java call, what went wrong stands in its last cause."""
    lines = str(error).strip().splitlines() or [""]
    causes = [line.split("Caused by:", 1)[1] for line in lines if "Caused by:" in line]
    return (causes[-1] if causes else lines[0]).strip()[:300]


def run(arguments: Arguments, spark: SparkSession) -> dict[str, object]:
    """Processes one batch. Raises JobError when it must not be written. Returns the counts: batch, posts, comments, duplicates, quarantined, unknown_fields."""
    batch, data = arguments.batch, arguments.data
    for name, value in SETTINGS.items():
        spark.conf.set(name, value)
    model = read_model(spark, arguments.model)
    expected = expected_of(batch, read_documents(spark, f"{data}/manifest/{batch}/"))

    post_lines, comment_lines = (read_lines(spark, f"{data}/raw/{kind}/batch={batch}") for kind in ("post", "comment"))
    all_posts = with_outcome(parse(post_lines, RAW_POST, batch), POST_KEY).cache()
    posts = kept(all_posts)
    raw_comments = parse(comment_lines, RAW_COMMENT, batch)
    all_comments = with_outcome(without_too_early(raw_comments, posts), COMMENT_KEY).cache()
    comments = kept(all_comments)

    counts = _count_outcomes(all_posts, all_comments)
    check_complete(batch, expected, sum(counts["post"].values()), sum(counts["comment"].values()))
    unknown = {"post": unknown_fields(post_lines, RAW_POST), "comment": unknown_fields(comment_lines, RAW_COMMENT)}
    posts_kept, comments_kept = counts["post"].get("kept", 0), counts["comment"].get("kept", 0)
    if counts["post"]:
        processed = {table: f"{data}/processed/{table}/batch={batch}" for table in ("post", "comment", "score", "summary", "outcome")}
        write_table(_post_rows(posts), POST, processed["post"], posts_kept)
        write_table(_comment_rows(comments), COMMENT, processed["comment"], comments_kept)
        # Sail has no cache: from the files just written, the rest costs a tenth of doing everything above again.
        stored_posts, stored_comments = read_table(spark, POST, processed["post"]), read_table(spark, COMMENT, processed["comment"])
        scored = with_score(with_arrivals(stored_posts, stored_comments, model), model)
        write_table(scored, SCORE, processed["score"], posts_kept)
        write_table(summarise(scored), SUMMARY, processed["summary"])
        fields = {f"{kind}_field": by for kind, by in unknown.items()}
        write_table(_outcome_rows(spark, {**counts, **fields}), OUTCOME, processed["outcome"])
    quarantined = {kind: {name: n for name, n in sorted(by.items()) if name not in ("kept", "duplicate")} for kind, by in counts.items()}
    if any(quarantined.values()):
        both = refused(all_posts, "post").unionByName(refused(all_comments, "comment"))
        lines = sum(sum(by.values()) for by in quarantined.values())
        write_table(both, QUARANTINE, f"{data}/quarantine/transform/batch={batch}", lines)
    return {
        "batch": batch,
        "posts": posts_kept,
        "comments": comments_kept,
        "duplicates": {kind: by.get("duplicate", 0) for kind, by in counts.items()},
        "quarantined": quarantined,
        "unknown_fields": unknown,
        "model_version": model.version,
    }


def _count_outcomes(posts: DataFrame, comments: DataFrame) -> dict[str, dict[str, int]]:
    """Lines by kind and outcome, in one pass over both."""
    both = posts.select(F.lit("post").alias("kind"), "outcome").unionByName(comments.select(F.lit("comment").alias("kind"), "outcome"))
    counts: dict[str, dict[str, int]] = {"post": {}, "comment": {}}
    for row in both.groupBy("kind", "outcome").agg(F.count(F.lit(1)).alias("lines")).collect():
        counts[row.kind][row.outcome] = row.lines
    return counts


def _outcome_rows(spark: SparkSession, counts: dict[str, dict[str, int]]) -> DataFrame:
    """What became of the batch's lines, and which unknown fields they had: the load holds the rows that it copies against them."""
    rows = [(kind, outcome, lines) for kind, by in counts.items() for outcome, lines in sorted(by.items())]
    return spark.createDataFrame(rows, ", ".join(f"{name} {kind}" for name, kind in OUTCOME))


def _post_rows(posts: DataFrame) -> DataFrame:
    return posts.select(
        *[name for name in posts.columns if name not in ("title", "body", "keywords", "may_alarm")],
        cut_to_bytes(F.col("title"), MOST_TITLE_BYTES).alias("title"),
        cut_to_bytes(F.col("body"), MOST_BODY_BYTES).alias("body"),
        F.to_json(F.col("keywords")).alias("keywords"),
        # Lines of before the field existed: only posts that match a keyword could alarm.
        F.coalesce(F.col("may_alarm"), F.size("keywords") > 0).alias("may_alarm"),
    )


def _comment_rows(comments: DataFrame) -> DataFrame:
    cut = cut_to_bytes(F.col("body"), MOST_BODY_BYTES)
    return comments.withColumn("body", cut)
