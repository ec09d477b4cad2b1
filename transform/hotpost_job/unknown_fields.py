"""Fields of raw lines that the contract does not know: a newer reader wrote them. They are left out of every table, and counted."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from hotpost_job.schemas import Field

MOST_NAMES = 20
# What else stands in a key is not a field of a reader of ours: it is counted under one name, so that no text of a page becomes one.
_FIELD_NAME = r"\A[a-z][a-z0-9_]{0,39}\z"
OTHER = "other"


def unknown_fields(lines: DataFrame, fields: list[Field]) -> dict[str, int]:
    """lines: value. Lines by the unknown field that they have, of the 20 most frequent fields; empty when there is none."""
    known = [field.name for field in fields]
    found = lines.select(F.explode(F.json_object_keys("value")).alias("name")).where(~F.col("name").isin(known))
    named = found.select(F.when(F.col("name").rlike(_FIELD_NAME), F.col("name")).otherwise(F.lit(OTHER)).alias("name"))
    counts = named.groupBy("name").agg(F.count(F.lit(1)).alias("lines")).orderBy(F.desc("lines"), "name").limit(MOST_NAMES)
    return {row.name: row.lines for row in counts.collect()}
