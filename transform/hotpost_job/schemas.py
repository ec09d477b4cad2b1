"""What goes in and what comes out.

Input: common/contracts/records.ts. A raw line is read with every field as text (a wrong type would fail a whole file on Sail)
and each field is checked by its kind in quarantine.py.
Output: the order and the types of the columns are those of the warehouse tables (load/sql/migrations), because COPY of Parquet
goes by position.
"""

from __future__ import annotations

from typing import NamedTuple

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T


class Field(NamedTuple):
    """kind: key, site, url, text, filled_text, hash, instant, count, rank, boolean or keywords; most_bytes as UTF-8.
    is_optional: null or absent is right."""

    name: str
    kind: str
    most_bytes: int = 0
    is_optional: bool = False


KEY = [Field("site", "site"), Field("board", "key", 64), Field("post_id", "key", 32)]
POST_KEY = [field.name for field in KEY]
COMMENT_KEY = [*POST_KEY, "comment_id"]

RAW_POST = [
    *KEY,
    Field("url", "url", 2048),
    Field("title", "filled_text"),
    Field("body", "text"),
    Field("author_hash", "hash"),
    Field("created_at", "instant"),
    Field("collected_at", "instant"),
    Field("views", "count"),
    Field("likes", "count"),
    Field("comment_count", "count"),
    Field("keywords", "keywords"),
    Field("may_alarm", "boolean", is_optional=True),
    Field("list_rank", "rank", is_optional=True),
]

RAW_COMMENT = [
    *KEY,
    Field("comment_id", "key", 32),
    Field("is_reply", "boolean"),
    Field("author_hash", "hash"),
    Field("created_at", "instant"),
    Field("collected_at", "instant"),
    Field("body", "text"),
    Field("likes", "count"),
    Field("dislikes", "count", is_optional=True),
]

POST = [
    ("site", "string"),
    ("board", "string"),
    ("post_id", "string"),
    ("url", "string"),
    ("title", "string"),
    ("body", "string"),
    ("author_hash", "string"),
    ("created_at", "timestamp"),
    ("collected_at", "timestamp"),
    ("views", "bigint"),
    ("likes", "bigint"),
    ("comment_count", "bigint"),
    ("keywords", "string"),
    ("may_alarm", "boolean"),
    ("list_rank", "bigint"),
]

COMMENT = [
    ("site", "string"),
    ("board", "string"),
    ("post_id", "string"),
    ("comment_id", "string"),
    ("is_reply", "boolean"),
    ("author_hash", "string"),
    ("created_at", "timestamp"),
    ("collected_at", "timestamp"),
    ("body", "string"),
    ("likes", "bigint"),
    ("dislikes", "bigint"),
]

SCORE = [
    ("site", "string"),
    ("board", "string"),
    ("post_id", "string"),
    ("collected_at", "timestamp"),
    ("age_minutes", "int"),
    ("comments_seen", "bigint"),
    ("hot_threshold", "bigint"),
    ("features", "string"),
    ("raw_probability", "double"),
    ("impact", "double"),
    ("reasons", "string"),
    ("model_version", "string"),
    ("exceedance", "double"),
    ("recent", "double"),
    ("reasons_en", "string"),
]

SUMMARY = [
    ("site", "string"),
    ("keyword", "string"),
    ("posts", "bigint"),
    ("comments", "bigint"),
    ("hot_posts", "bigint"),
]

OUTCOME = [("kind", "string"), ("outcome", "string"), ("lines", "bigint")]

QUARANTINE = [("kind", "string"), ("reason", "string"), ("line", "string")]

MOST_TITLE_BYTES = 2000
MOST_BODY_BYTES = 65535
# A keyword set holds at most 40 names (common/contracts/keyword-sets.ts); the warehouse keeps a name in 128 bytes.
MOST_KEYWORDS = 40
MOST_KEYWORD_BYTES = 128


def as_text(fields: list[Field]) -> T.StructType:
    """The schema that a raw line is read with."""
    return T.StructType([T.StructField(field.name, T.StringType()) for field in fields])


def shaped(frame: DataFrame, table: list[tuple[str, str]]) -> DataFrame:
    """Exactly the table's columns, in its order and with its types."""
    return frame.select(*[F.col(name).cast(kind).alias(name) for name, kind in table])


def cut_to_bytes(text: Column, most: int) -> Column:
    """The longest of a few beginnings of the text that fits; never cuts inside a character (at most 4 bytes each)."""
    lengths = [most * 60 // sixtieths for sixtieths in (60, 75, 90, 105, 120, 140, 160, 180, 210, 240)]
    cut = F.when(F.octet_length(text) <= most, text)
    for length in lengths[:-1]:
        beginning = F.substring(text, 1, length)
        cut = cut.when(F.octet_length(beginning) <= most, beginning)
    return cut.otherwise(F.substring(text, 1, lengths[-1]))
