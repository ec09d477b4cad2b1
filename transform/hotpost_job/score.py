"""How likely a post is to become hot, and why, from the densities of the model. The formula and its limits: docs/model-card.md."""

from __future__ import annotations

import json
import math

from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F

from hotpost_job.model import DENSITIES, Model


def with_score(posts: DataFrame, model: Model, spark: SparkSession) -> DataFrame:
    """posts: with_arrivals. Adds hot_threshold, impact (log likelihood ratio hot : cold, 0 = no more likely than any post, cut at the
    model's limit), raw_probability (0-1), features, reasons (JSON text), model_version. Rounded to 6 places: engines differ in the last digits."""
    x = F.col("comments_seen") / F.col("hot_threshold")
    impact = F.greatest(F.lit(-model.impact_limit), F.least(F.lit(model.impact_limit), _log_ratio(x)))
    prior = math.log(model.base_rate / (1 - model.base_rate))
    scored = (
        posts.withColumn("hot_threshold", _level(model))
        .withColumn("bin", _bin(model))
        .crossJoin(_densities(model, spark))
        .withColumn("share", x)
        .withColumn("impact", F.round(impact, 6))
        .withColumn("raw_probability", F.round(1 / (1 + F.exp(-(F.col("impact") + F.lit(prior)))), 6))
    )
    return (
        scored.withColumn("features", _features())
        .withColumn("reasons", _reasons())
        .withColumn("model_version", F.lit(model.version))
    )


def _log_ratio(x: Column) -> Column:
    """ln(hot density / cold density) of a count's share of the level.

    Hot counts spread wider than cold ones, so the plain ratio rises again below its lowest point (an empty post would look hotter
    than one with a comment): left of that point it keeps the point's value, which makes it rise with the count everywhere.
    """
    hot_mean, hot_sd, cold_mean, cold_sd = [F.element_at(F.col(name), F.col("bin")) for name in DENSITIES]
    hot_precision, cold_precision = 1 / (hot_sd * hot_sd), 1 / (cold_sd * cold_sd)
    lowest = (cold_mean * cold_precision - hot_mean * hot_precision) / (cold_precision - hot_precision)
    at = F.greatest(x, lowest)
    cold_distance, hot_distance = (at - cold_mean) / cold_sd, (at - hot_mean) / hot_sd
    return F.log(cold_sd / hot_sd) + cold_distance * cold_distance / 2 - hot_distance * hot_distance / 2


def _level(model: Model) -> Column:
    level = F.lit(model.unknown_level)
    for site, value in sorted(model.levels.items()):
        level = F.when(F.col("site") == site, F.lit(value)).otherwise(level)
    return level.cast("bigint")


def _bin(model: Model) -> Column:
    """1-based place of the nearest bin: a bin describes the counts at its end, so the first serves from 0 minutes, the last for ever."""
    nearest = F.floor((F.col("age_minutes") + F.lit(model.bin_minutes / 2)) / F.lit(model.bin_minutes))
    return F.least(F.lit(len(model.bins["hot_mean"])), F.greatest(F.lit(1), nearest)).cast("int")


def _densities(model: Model, spark: SparkSession) -> DataFrame:
    """One row with an array a density: joined, so that no row parses them again."""
    text = json.dumps({name: model.bins[name] for name in DENSITIES})
    schema = ", ".join(f"{name} array<double>" for name in DENSITIES)
    return spark.range(1).select(F.from_json(F.lit(text), schema).alias("bins")).select("bins.*")


def _decimal_text(value: Column) -> Column:
    """Engines write a double in two ways (1.0E-4), a decimal in one."""
    return value.cast("decimal(18,4)").cast("string")


def _features() -> Column:
    return F.concat(
        F.lit('{"age_minutes":'),
        F.col("age_minutes").cast("string"),
        F.lit(',"comments_seen":'),
        F.col("comments_seen").cast("string"),
        F.lit(',"comments_last_10":'),
        F.col("comments_last_10").cast("string"),
        F.lit(',"comments_last_30":'),
        F.col("comments_last_30").cast("string"),
        F.lit(',"share_of_threshold":'),
        _decimal_text(F.col("share")),
        F.lit("}"),
    )


def _reasons() -> Column:
    """Three sentences, numbers only, so that nothing in them needs escaping."""
    threshold = F.col("hot_threshold")
    percent = F.floor(F.col("comments_seen") * 100 / threshold).cast("string")
    usual = [(F.element_at(F.col(name), F.col("bin")) * threshold).cast("decimal(18,1)").cast("string") for name in ("cold_mean", "hot_mean")]
    age = F.col("age_minutes")
    age_text = F.when(age < 120, F.concat(age.cast("string"), F.lit("분"))).otherwise(
        F.concat(F.floor(age / 60).cast("string"), F.lit("시간 "), (age % 60).cast("string"), F.lit("분"))
    )
    return F.concat(
        *[F.lit('["작성 '), age_text, F.lit(" 만에 댓글 "), F.col("comments_seen").cast("string")],
        *[F.lit("개: 이 사이트 화제글 기준 "), threshold.cast("string"), F.lit("개의 "), percent, F.lit('%","')],
        *[F.lit("이 시점의 댓글 수는 보통 글이 평균 "), usual[0], F.lit("개, 화제가 된 글이 평균 "), usual[1], F.lit('개","')],
        *[F.lit("최근 10분에 댓글 "), F.col("comments_last_10").cast("string"), F.lit("개, 최근 30분에 ")],
        *[F.col("comments_last_30").cast("string"), F.lit('개"]')],
    )
