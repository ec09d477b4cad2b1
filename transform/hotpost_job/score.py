"""How likely a post is to become hot, from when its comments came and from what the model takes besides. The formula, its
figures and its limits: docs/model-card.md."""

from __future__ import annotations

import math

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F

from hotpost_job.exceedance import exceedance_of
from hotpost_job.model import Model
from hotpost_job.optional_terms import from_optional
from hotpost_job.reasons import features_text, reasons_text


def with_score(posts: DataFrame, model: Model) -> DataFrame:
    """posts: with_arrivals. Adds hot_threshold (the site's level), raw_probability of reaching it within the window (1 for a post that has,
    0 for one whose time is over), impact (its logit less that of the base rate at this age, cut at the model's limit; above 0 = likelier
    than a post of that age), exceedance (share of the training posts that were once as alarming; 0 for a post at its level, 1 for one whose
    time is over), features, reasons and reasons_en (JSON text), model_version, is_hot (it is at its level). Rounded to 9 places, recent
    too: engines differ in the last digits."""
    limit = F.lit(model.impact_limit)
    impact = F.greatest(-limit, F.least(limit, F.col("logit") - F.col("base_logit")))
    return (
        _with_terms(posts.withColumn("hot_threshold", _level(model)), model)
        .withColumn("is_hot", F.col("comments_in_window") >= F.col("hot_threshold"))
        .withColumn("is_over", F.col("age") >= model.window_minutes)
        .withColumn("logit", F.col("start") + F.col("from_left") + F.col("from_seen") + F.col("from_recent") + F.col("from_optional"))
        .withColumn("raw_probability", _unless_known(F.round(1 / (1 + F.exp(-F.col("logit"))), 9), F.lit(1.0), F.lit(0.0)))
        .withColumn("impact", _unless_known(F.round(impact, 9), limit, -limit))
        .withColumn("alarm_share", exceedance_of(F.col("logit") + F.col("a"), model))
        .withColumn("exceedance", _unless_known(F.round(F.col("alarm_share"), 9), F.lit(0.0), F.lit(1.0)))
        .withColumn("features", features_text())
        .withColumn("reasons", reasons_text("ko", model))
        .withColumn("reasons_en", reasons_text("en", model))
        .withColumn("recent", F.round(F.col("recent"), 9))
        .withColumn("model_version", F.lit(model.version))
    )


def _with_terms(posts: DataFrame, model: Model) -> DataFrame:
    """Adds start (the logit of a post without comments) and what is added to it by comments seen (from_seen), by the comments they leave to
    reach the level (from_left), by how recent they are (from_recent) and by the model's optional terms (from_optional); base_logit;
    typical_hot, comments of hot posts at this age."""
    of = model.coefficients
    level, a = F.col("hot_threshold"), F.col("a")
    lowest, highest = model.trained_levels
    known = F.least(F.lit(highest), F.greatest(F.lit(lowest), level.cast("double")))
    scale = F.col("known_level") / level
    # At or above the level nothing is left, and the probability is not taken from here: 1 keeps the logarithm finite.
    left = F.greatest(level - F.col("comments_seen"), F.lit(1)) * scale
    of_left, of_seen, of_recent = of.ln_left + of.a_ln_left * a, of.ln_seen + of.a_ln_seen * a, of.ln_recent + of.a_ln_recent * a
    return (
        posts.withColumn("a", F.log(F.greatest(F.col("age"), F.lit(model.least_age_minutes)) / 60))
        .withColumn("known_level", known)
        .withColumn("start", of.intercept + of.a * a + of.a_a * a * a + of_left * F.log(F.col("known_level")))
        .withColumn("from_left", of_left * (F.log(left) - F.log(F.col("known_level"))))
        .withColumn("from_seen", of_seen * F.log1p(F.col("comments_seen") * scale))
        .withColumn("from_recent", of_recent * F.log1p(F.col("recent") * scale))
        .withColumn("from_optional", from_optional(model.optional_terms))
        .withColumn("base_logit", _by_age(model, [math.log(rate / (1 - rate)) for rate in model.base_rates]))
        .withColumn("typical_hot", _by_age(model, model.typical_hot_shares) * level)
    )


def _unless_known(open_: Column, hot: Column, over: Column) -> Column:
    return F.when(F.col("is_hot"), hot).when(F.col("is_over"), over).otherwise(open_)


def _by_age(model: Model, values: list[float]) -> Column:
    """Straight lines between the values at the model's ages, over ln(age); the first and the last value beyond them."""
    places = [math.log(age / 60) for age in model.ages]
    found = F.lit(values[0])
    for start, end, low, high in zip(places, places[1:], values, values[1:]):
        passed = F.least(F.lit(end - start), F.greatest(F.lit(0.0), F.col("a") - F.lit(start)))
        found = found + passed * F.lit((high - low) / (end - start))
    return found


def _level(model: Model) -> Column:
    level = F.lit(model.unknown_level)
    for site, value in sorted(model.levels.items()):
        level = F.when(F.col("site") == site, F.lit(value)).otherwise(level)
    return level.cast("bigint")
