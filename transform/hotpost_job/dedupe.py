"""One row a key: the latest reading."""

from __future__ import annotations

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F


def with_outcome(rows: DataFrame, key: list[str]) -> DataFrame:
    """rows: the key, collected_at, line, reason. Replaces reason by outcome: 'kept', 'duplicate' (an older reading, or the same line
    twice) or the reason of the refusal. Readings of the same second are ordered by their text, so that every run keeps the same one."""
    latest_first = Window.partitionBy("reason", *key).orderBy(F.desc_nulls_last("collected_at"), F.desc_nulls_last("line"))
    place = F.row_number().over(latest_first)
    outcome = F.when(F.col("reason").isNotNull(), F.col("reason")).when(F.col("place") == 1, F.lit("kept")).otherwise(F.lit("duplicate"))
    return rows.withColumn("place", place).withColumn("outcome", outcome).drop("place", "reason")


def kept(rows: DataFrame) -> DataFrame:
    """rows: with_outcome. The good rows, one a key, in the columns of their table."""
    return rows.where(F.col("outcome") == "kept").drop("outcome", "line")


def refused(rows: DataFrame, kind: str) -> DataFrame:
    """kind, reason, line of what no table may hold."""
    is_refused = ~F.col("outcome").isin("kept", "duplicate")
    return rows.where(is_refused).select(F.lit(kind).alias("kind"), F.col("outcome").alias("reason"), "line")
