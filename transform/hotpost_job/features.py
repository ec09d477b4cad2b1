"""What had happened around a post by the time it was read."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from hotpost_job.schemas import POST_KEY

# Sites print minutes, so a first comment may seem to come before its post.
EARLY_SECONDS = 60


def without_too_early(comments: DataFrame, posts: DataFrame) -> DataFrame:
    """comments with reason (see quarantine.parse); refuses those that are more than a minute older than their post. posts: one row a key."""
    created = posts.select(*POST_KEY, F.col("created_at").alias("post_created_at"))
    too_early = _seconds(F.col("created_at")) < _seconds(F.col("post_created_at")) - EARLY_SECONDS
    reason = F.coalesce(F.col("reason"), F.when(too_early, F.lit("before_post")))
    return comments.join(created, on=POST_KEY, how="left").withColumn("reason", reason).drop("post_created_at")


def with_arrivals(posts: DataFrame, comments: DataFrame) -> DataFrame:
    """posts, comments: one row a key. Adds to posts age_minutes (whole, from creation to reading), comments_seen (all that were created
    by the reading, replies included), comments_last_10 and comments_last_30 (of those, the ones of the last minutes), comments_stored."""
    read_at = posts.select(*POST_KEY, F.col("collected_at").alias("read_at"))
    age = _seconds(F.col("read_at")) - _seconds(F.col("created_at"))
    arrivals = (
        comments.select(*POST_KEY, "created_at")
        .join(read_at, on=POST_KEY, how="inner")
        .groupBy(*POST_KEY)
        .agg(
            F.count(F.when(age >= 0, 1)).alias("comments_seen"),
            F.count(F.when((age >= 0) & (age < 600), 1)).alias("comments_last_10"),
            F.count(F.when((age >= 0) & (age < 1800), 1)).alias("comments_last_30"),
            F.count(F.lit(1)).alias("comments_stored"),
        )
    )
    counts = ["comments_seen", "comments_last_10", "comments_last_30", "comments_stored"]
    minutes = F.floor((_seconds(F.col("collected_at")) - _seconds(F.col("created_at"))) / 60).cast("int")
    return (
        posts.join(arrivals, on=POST_KEY, how="left")
        .select(*posts.columns, *[F.coalesce(F.col(name), F.lit(0)).cast("bigint").alias(name) for name in counts])
        .withColumn("age_minutes", minutes)
    )


def _seconds(instant: Column) -> Column:
    return F.unix_timestamp(instant)
