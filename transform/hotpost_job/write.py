"""Writing, and reading back: always the directory of the batch itself, because Sail would delete the other batches with partitionBy and overwrite."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

from hotpost_job.schemas import shaped


def write_table(frame: DataFrame, table: list[tuple[str, str]], path: str) -> None:
    """Replaces what lies at path. A batch without rows may leave no directory at all (Sail): readers must accept that."""
    shaped(frame, table).write.mode("overwrite").option("compression", "snappy").parquet(path)


def read_table(spark: SparkSession, table: list[tuple[str, str]], path: str) -> DataFrame:
    """What write_table left at path; no row when it left nothing (the schema is given, so that Sail need not find a file)."""
    return spark.read.schema(", ".join(f"{name} {kind}" for name, kind in table)).parquet(path)
