"""Writing: always the directory of the batch itself, because Sail would delete the other batches with partitionBy and overwrite."""

from __future__ import annotations

from pyspark.sql import DataFrame

from hotpost_job.schemas import shaped


def write_table(frame: DataFrame, table: list[tuple[str, str]], path: str) -> None:
    """Replaces what lies at path. A batch without rows may leave no directory at all (Sail): readers must accept that."""
    shaped(frame, table).write.mode("overwrite").option("compression", "snappy").parquet(path)
