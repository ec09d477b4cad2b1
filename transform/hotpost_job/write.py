"""Writing, and reading back: always the directory of the batch itself, because Sail would delete the other batches with partitionBy and overwrite."""

from __future__ import annotations

from pyspark.sql import DataFrame, SparkSession

from hotpost_job.schemas import shaped

# With full texts some 25 MB: COPY opens few files, and a large batch is still loaded side by side.
ROWS_A_FILE = 50_000


def write_table(frame: DataFrame, table: list[tuple[str, str]], path: str, rows: int = 0) -> None:
    """Replaces what lies at path, by a file for each ROWS_A_FILE of the (about) `rows` rows; Sail makes up to four of more than a few
    thousand. A batch without rows may leave no directory at all (Sail): readers must accept that."""
    # By ranges: coalesce(1) and repartition(1) are nothing to Sail, which would write a file for each of its tasks.
    first = [name for name, _ in table[:3]]
    files = max(1, -(-rows // ROWS_A_FILE))
    few = shaped(frame, table).repartitionByRange(files, *first).sortWithinPartitions(*first)
    few.write.mode("overwrite").option("compression", "snappy").parquet(path)


def read_table(spark: SparkSession, table: list[tuple[str, str]], path: str) -> DataFrame:
    """What write_table left at path; no row when it left nothing (the schema is given, so that Sail need not find a file)."""
    return spark.read.schema(", ".join(f"{name} {kind}" for name, kind in table)).parquet(path)
