"""What a model may add to the logit besides when comments came. The formula: docs/model-card.md."""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F

from hotpost_job.model import OptionalTerm


def from_optional(terms: list[OptionalTerm]) -> Column:
    """Their part of the logit, relative to a post that has the mean of each. Needs the columns of POST, and a = ln(age in minutes / 60)."""
    total = F.lit(0.0)
    for term in terms:
        weight = F.lit(term.coefficient) + F.lit(term.a_coefficient) * F.col("a")
        distance = (F.coalesce(_value_of(term.name), F.lit(term.mean)) - F.lit(term.mean)) / F.lit(term.spread)
        total = total + weight * distance
    return total


def _value_of(name: str) -> Column:
    """x of a term as a double, null where the post lacks it."""
    if name == "keyword_count":
        return F.size(F.from_json("keywords", "array<string>")).cast("double")
    if name == "title_length":
        return F.log1p(F.length("title"))
    if name == "title_question":
        return F.when(F.col("title").contains("?") | F.col("title").contains("？"), F.lit(1.0)).otherwise(F.lit(0.0))
    return F.log1p(F.col(name))
