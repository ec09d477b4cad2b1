"""What had happened around a post by the time it was read."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from hotpost_job.model import Model
from hotpost_job.schemas import POST_KEY

# Sites print minutes, so a first comment may seem to come before its post.
EARLY_SECONDS = 60


def without_too_early(comments: DataFrame, posts: DataFrame) -> DataFrame:
    """comments with reason (see quarantine.parse); refuses those that are more than a minute older than their post. posts: one row a key."""
    created = posts.select(*POST_KEY, F.col("created_at").alias("post_created_at"))
    too_early = _seconds(F.col("created_at")) < _seconds(F.col("post_created_at")) - EARLY_SECONDS
    reason = F.coalesce(F.col("reason"), F.when(too_early, F.lit("before_post")))
    return comments.join(created, on=POST_KEY, how="left").withColumn("reason", reason).drop("post_created_at")


def with_arrivals(posts: DataFrame, comments: DataFrame, model: Model) -> DataFrame:
    """posts, comments: one row a key. Adds to posts, from the comments that were created by the reading, replies included:

    age (minutes, with fraction) and age_minutes (whole), from creation to reading; comments_seen, and of these comments_in_window (of the
    model's window), comments_last_10, comments_last_30 and comments_lately (of the last lately_minutes, the model's share of the age);
    recent, the sum of exp(-minutes since the comment / decay); comments_stored, later ones too."""
    aged = posts.withColumn("age", (_seconds(F.col("collected_at")) - _seconds(F.col("created_at"))) / 60)
    decay = F.greatest(F.col("age"), F.lit(model.least_age_minutes)) * F.lit(model.recency_share)
    aged = aged.withColumn("decay", decay).withColumn("lately_minutes", F.greatest(F.lit(1), F.floor(decay)).cast("int"))
    read = aged.select(*POST_KEY, F.col("collected_at").alias("read_at"), "age", "decay", "lately_minutes")
    since = (_seconds(F.col("read_at")) - _seconds(F.col("created_at"))) / 60
    has_come = F.col("since") >= 0
    arrivals = (
        comments.select(*POST_KEY, "created_at")
        .join(read, on=POST_KEY, how="inner")
        .withColumn("since", since)
        .groupBy(*POST_KEY)
        .agg(
            F.count(F.when(has_come, 1)).alias("comments_seen"),
            F.count(F.when(has_come & (F.col("age") - F.col("since") <= model.window_minutes), 1)).alias("comments_in_window"),
            F.count(F.when(has_come & (F.col("since") < 10), 1)).alias("comments_last_10"),
            F.count(F.when(has_come & (F.col("since") < 30), 1)).alias("comments_last_30"),
            F.count(F.when(has_come & (F.col("since") < F.col("lately_minutes")), 1)).alias("comments_lately"),
            F.sum(F.when(has_come, F.exp(-F.col("since") / F.col("decay"))).otherwise(F.lit(0.0))).alias("recent"),
            F.count(F.lit(1)).alias("comments_stored"),
        )
    )
    counts = ["comments_seen", "comments_in_window", "comments_last_10", "comments_last_30", "comments_lately", "comments_stored"]
    return (
        aged.join(arrivals, on=POST_KEY, how="left")
        .select(
            *[*posts.columns, "age", "lately_minutes"],
            *[F.coalesce(F.col(name), F.lit(0)).cast("bigint").alias(name) for name in counts],
            F.coalesce(F.col("recent"), F.lit(0.0)).alias("recent"),
        )
        .withColumn("age_minutes", F.floor(F.col("age")).cast("int"))
    )


def _seconds(instant: Column) -> Column:
    return F.unix_timestamp(instant)
