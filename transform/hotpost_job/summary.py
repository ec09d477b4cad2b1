"""Counts of the batch by site and keyword."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


# As in alarm/sql/due_alerts.sql and load/sql/load/fill_hours.sql; docs/model-card.md says how many posts come there.
HOT_IMPACT = 3


def summarise(scored: DataFrame) -> DataFrame:
    """scored: one row a post with site, keywords (JSON text), comments_stored, impact. One row a site and matched keyword, and one with
    '*' for all posts of the site; a post that matches two keywords counts in both."""
    names = F.array_distinct(F.concat(F.array(F.lit("*")), F.from_json("keywords", "array<string>")))
    return (
        scored.select("site", F.explode(names).alias("keyword"), "comments_stored", "impact")
        .groupBy("site", "keyword")
        .agg(
            F.count(F.lit(1)).alias("posts"),
            F.sum("comments_stored").alias("comments"),
            F.count(F.when(F.col("impact") > HOT_IMPACT, 1)).alias("hot_posts"),
        )
    )
