"""Each raw line becomes a typed row or gets the reason why it cannot. The regular expressions keep to what Java and Rust read alike."""

from __future__ import annotations

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

from hotpost_job.schemas import MOST_KEYWORD_BYTES, MOST_KEYWORDS, Field, as_text

_SURROGATE_PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_SURROGATE = r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
_INSTANT = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\z"
_COUNT = r"\A[0-9]{1,15}\z"
_STRICT_JSON = {"allowSingleQuotes": "false", "allowNonNumericNumbers": "false"}


def parse(lines: DataFrame, fields: list[Field]) -> DataFrame:
    """lines: value. Returns line, one typed column a field, and reason: null for a good row, else the first thing that is wrong."""
    text = F.trim(_without_lone_surrogates(F.col("value")))
    read = lines.select(
        F.col("value").alias("line"),
        # Spark reads an object with text behind it, Sail does not: both refuse it here.
        (text.startswith("{") & text.endswith("}")).alias("is_object"),
        F.from_json(text, as_text(fields), _STRICT_JSON).alias("raw"),
    )
    typed = {field.name: _typed(F.col("raw")[field.name], field) for field in fields}
    nothing = F.coalesce(*[F.col("raw")[field.name] for field in fields]).isNull()
    reasons = [F.when(~F.col("is_object") | nothing, F.lit("malformed_json"))]
    for field in fields:
        given = F.col("raw")[field.name]
        if field.kind != "count_or_null":
            reasons.append(F.when(given.isNull(), F.lit(f"missing_{field.name}")))
        reasons.append(F.when(given.isNotNull() & typed[field.name].isNull(), F.lit(f"invalid_{field.name}")))
    rows = read.select("line", *[column.alias(name) for name, column in typed.items()], F.coalesce(*reasons).alias("reason"))
    from_the_future = F.when(F.col("created_at") > F.col("collected_at"), F.lit("created_after_collected"))
    return rows.withColumn("reason", F.coalesce(F.col("reason"), from_the_future))


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
    if kind in ("count", "count_or_null"):
        return F.when(text.rlike(_COUNT), text.cast("bigint"))
    if kind == "boolean":
        return F.when(text == "true", F.lit(True)).when(text == "false", F.lit(False))
    if kind == "instant":
        return F.when(text.rlike(_INSTANT), text.cast("timestamp"))
    if kind == "keywords":
        names = F.when(text.startswith("["), F.from_json(text, T.ArrayType(T.StringType())))
        is_wrong = F.exists(names, lambda name: name.isNull() | (name == "") | (F.octet_length(name) > MOST_KEYWORD_BYTES))
        return F.when(~is_wrong & (F.size(names) <= MOST_KEYWORDS), names)
    return F.when(_fits(text, field), text)


def _fits(text: Column, field: Field) -> Column:
    if field.kind == "site":
        return text.rlike(r"\A[a-z][a-z0-9_]{1,31}\z")
    if field.kind == "hash":
        return text.rlike(r"\A[0-9a-f]{32}\z")
    short = F.octet_length(text) <= field.most_bytes
    if field.kind == "url":
        return short & text.rlike(r"\Ahttps?://[^ ]+\z")
    return short & (text != "") & ~text.contains("\0")
