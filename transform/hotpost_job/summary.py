"""Counts of the batch by site and keyword."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F


def summarise(scored: DataFrame) -> DataFrame:
    """scored: one row a post with site, keywords (JSON text), comments_stored, is_hot. One row a site and matched keyword, and one with
    '*' for all posts of the site; a post that matches two keywords counts in both. hot_posts: those that have reached their site's level."""
    names = F.array_distinct(F.concat(F.array(F.lit("*")), F.from_json("keywords", "array<string>")))
    return (
        scored.select("site", F.explode(names).alias("keyword"), "comments_stored", "is_hot")
        .groupBy("site", "keyword")
        .agg(
            F.count(F.lit(1)).alias("posts"),
            F.sum("comments_stored").alias("comments"),
            F.count(F.when(F.col("is_hot"), 1)).alias("hot_posts"),
        )
    )
