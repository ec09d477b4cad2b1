"""Each raw line becomes a typed row or gets the reason why it cannot. The regular expressions keep to what Java and Rust read alike."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from hotpost_job.arguments import batch_instant
from hotpost_job.schemas import MOST_KEYWORD_BYTES, MOST_KEYWORDS, Field, as_text

# extract/template.yaml deletes an upload that waited for 30 days (a day or two may pass until it does) and raw/ after 90: what is further
# from its batch cannot have come on one of these ways.
MOST_DAYS_BEFORE_BATCH = 32
MOST_DAYS_AFTER_BATCH = 90

_SURROGATE_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_SURROGATE = r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
# No community is older, and Spark refuses to write a whole file in which one timestamp is of before 1900.
_INSTANT = r"\A(199[0-9]|2[0-9]{3})-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\z"
_COUNT = r"\A[0-9]{1,15}\z"
_RANK = r"\A[1-9][0-9]{0,14}\z"
# Control characters, blanks, characters without width and the mark of a broken one (not in an id: they would make another post of it,
# or, in the warehouse, which drops a blank at the end, the same).
_UNSEEN = "\0-\x20\x7f-\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufffd"
_KEY = "\\A[^" + _UNSEEN + "]+\\z"
_URL = "\\Ahttps?://[^" + _UNSEEN + "]+\\z"
_STRICT_JSON = {"allowSingleQuotes": "false", "allowNonNumericNumbers": "false"}


def parse(lines: DataFrame, fields: list[Field], batch: str) -> DataFrame:
    """lines: value, of one batch. Returns line, one typed column a field, and reason: null for a good row, else the first thing that is wrong."""
    text = F.trim(_without_lone_surrogates(F.col("value")))
    # In brackets, so that two objects on a line, of which Spark would read the first, are no JSON for either engine.
    found = F.from_json(F.concat(F.lit("["), text, F.lit("]")), T.ArrayType(as_text(fields)), _STRICT_JSON)
    texts = [field.name for field in fields if field.kind in ("key", "text", "filled_text")]
    no_text = F.regexp_extract(text, _no_text_in(texts), 1)
    found = lines.select(F.col("value").alias("line"), found.alias("found"), text.endswith("}").alias("is_closed"), no_text.alias("no_text"))
    raw = F.when(F.col("is_closed") & (F.size("found") == 1), F.element_at("found", 1))
    read = found.select("line", raw.alias("raw"), "no_text")
    typed = {field.name: _typed(F.col("raw")[field.name], field) for field in fields}
    nothing = F.coalesce(*[F.col("raw")[field.name] for field in fields]).isNull()
    reasons = [F.when(nothing, F.lit("malformed_json")), F.when(F.col("no_text") != "", F.concat(F.lit("invalid_"), F.col("no_text")))]
    for field in fields:
        given = F.col("raw")[field.name]
        if not field.is_optional:
            reasons.append(F.when(given.isNull(), F.lit(f"missing_{field.name}")))
        reasons.append(F.when(given.isNotNull() & typed[field.name].isNull(), F.lit(f"invalid_{field.name}")))
    rows = read.select("line", *[column.alias(name) for name, column in typed.items()], F.coalesce(*reasons).alias("reason"))
    return rows.withColumn("reason", F.coalesce(F.col("reason"), _wrong_time(batch)))


def _no_text_in(names: list[str]) -> str:
    """Finds the first of these fields whose value is a number, a list, an object or a boolean, which from_json would give as its text (Sail
    some numbers as others). In a string, a quotation mark stands behind a backslash, so this is found outside of strings only."""
    return f'"({"|".join(names)})"[ \\t]*:[ \\t]*[^" \\tn]'


def _wrong_time(batch: str) -> Column:
    """The batch is the time of reading, but not to the minute: a collector's upload waits for a batch, a person runs an old one again."""
    waited = (F.unix_timestamp(F.lit(batch_instant(batch)).cast("timestamp")) - F.unix_timestamp("collected_at")) / 86400
    return (
        F.when(F.col("created_at") > F.col("collected_at"), F.lit("created_after_collected"))
        .when(waited > MOST_DAYS_BEFORE_BATCH, F.lit("collected_long_before_batch"))
        .when(-waited > MOST_DAYS_AFTER_BATCH, F.lit("collected_long_after_batch"))
    )


def _without_lone_surrogates(text: Column) -> Column:
    """Half an emoji, as a cut in UTF-16 leaves it, is an escape that Rust refuses and Java turns into '?': it becomes U+FFFD."""
    # An escaped backslash before the letters ud83d is no escape: spelt in its other way, it cannot be taken for one.
    plain = F.replace(text, F.lit("\\\\"), F.lit("\\u005c"))
    is_cut = F.regexp_replace(plain, _SURROGATE_PAIR, "").rlike(_SURROGATE)
    return F.when(text.contains("\\u") & is_cut, F.regexp_replace(plain, _SURROGATE, "\ufffd")).otherwise(text)


def _typed(text: Column, field: Field) -> Column:
    """The value of a field in its type, null when it breaks the contract."""
    kind = field.kind
    if kind in ("text", "filled_text"):
        # The warehouse's varchar cannot hold a zero byte.
        clean = F.translate(text, "\0", "")
        return clean if kind == "text" else F.when(clean != "", clean)
    if kind in ("count", "rank"):
        return F.when(text.rlike(_COUNT if kind == "count" else _RANK), text.cast("bigint"))
    if kind == "boolean":
        return F.when(text == "true", F.lit(True)).when(text == "false", F.lit(False))
    if kind == "instant":
        return F.when(text.rlike(_INSTANT), text.cast("timestamp"))
    if kind == "keywords":
        names = F.when(text.startswith("["), F.from_json(text, T.ArrayType(T.StringType())))
        is_wrong = F.exists(names, lambda name: name.isNull() | (name == "") | (F.octet_length(name) > MOST_KEYWORD_BYTES) | name.contains("\0"))
        return F.when(~is_wrong & (F.size(names) <= MOST_KEYWORDS), names)
    return F.when(_fits(text, field), text)


def _fits(text: Column, field: Field) -> Column:
    if field.kind == "site":
        return text.rlike(r"\A[a-z][a-z0-9_]{1,31}\z")
    if field.kind == "hash":
        return text.rlike(r"\A[0-9a-f]{32}\z")
    short = F.octet_length(text) <= field.most_bytes
    if field.kind == "url":
        return short & text.rlike(_URL)
    return short & text.rlike(_KEY)
