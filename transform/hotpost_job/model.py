"""model.json: written by transform/training/train.py, every field explained in docs/model-card.md."""

from __future__ import annotations

import json
import math
from typing import Any, Mapping, NamedTuple

from pyspark.sql import SparkSession

from hotpost_job.errors import JobError
from hotpost_job.read_raw import read_documents

SCHEMA = 2


class Coefficients(NamedTuple):
    """Of the logit; a = ln(age in minutes / 60)."""

    intercept: float
    ln_left: float
    ln_seen: float
    ln_recent: float
    a: float
    a_ln_left: float
    a_ln_seen: float
    a_ln_recent: float
    a_a: float


class Model(NamedTuple):
    """levels: comments within window_minutes from which a post is hot, by site; trained_levels: the lowest and highest the coefficients know.
    base_rates and typical_hot_shares (median comments / level of posts that became hot) are by ages (minutes, rising)."""

    version: str
    coefficients: Coefficients
    recency_share: float
    least_age_minutes: float
    window_minutes: int
    impact_limit: float
    levels: Mapping[str, int]
    trained_levels: tuple[float, float]
    unknown_level: int
    ages: list[float]
    base_rates: list[float]
    typical_hot_shares: list[float]


def read_model(spark: SparkSession, path: str) -> Model:
    """Raises JobError, with what to do, when there is no model, when it is damaged, or when it is for another version of the job."""
    texts = read_documents(spark, path)
    remedy = "put transform/model/model.json there (deploy again: the Assets resource writes it), or train one with transform/training/train.py"
    if not texts:
        raise JobError(f"model {path} does not exist; {remedy}")
    if len(texts) > 1:
        raise JobError(f"model {path} is {len(texts)} files; give the path of one model.json")
    try:
        document = json.loads(texts[0])
        schema = document["schema"]
    except (ValueError, KeyError, TypeError) as error:
        raise JobError(f"model {path} is no model ({error!r}); {remedy}") from error
    if schema != SCHEMA:
        raise JobError(f"model {path} has schema {schema!r}, this job reads {SCHEMA}; {remedy}")
    try:
        return _model_of(document)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise JobError(f"model {path} is damaged ({error!r}); {remedy}") from error


def _model_of(document: Mapping[str, Any]) -> Model:
    levels = {site: int(level) for site, level in document["site_levels"].items()}
    for site, same_as in document["site_aliases"].items():
        levels[site] = levels[same_as]
    lowest, highest = document["trained_levels"]
    model = Model(
        version=str(document["model_version"]),
        coefficients=Coefficients(**{name: float(document["coefficients"][name]) for name in Coefficients._fields}),
        recency_share=float(document["recency_share"]),
        least_age_minutes=float(document["least_age_minutes"]),
        window_minutes=int(document["window_minutes"]),
        impact_limit=float(document["impact_limit"]),
        levels=levels,
        trained_levels=(float(lowest), float(highest)),
        unknown_level=int(document["unknown_site_level"]),
        ages=[float(age) for age in document["ages"]],
        base_rates=[float(rate) for rate in document["base_rates"]],
        typical_hot_shares=[float(share) for share in document["typical_hot_shares"]],
    )
    _check(model)
    return model


def _check(model: Model) -> None:
    if not all(math.isfinite(value) for value in model.coefficients):
        raise ValueError("a coefficient is not finite")
    if not (0 < model.recency_share <= 1 and model.least_age_minutes > 0 and model.window_minutes > 0 and model.impact_limit > 0):
        raise ValueError("recency_share, least_age_minutes, window_minutes or impact_limit is out of range")
    if model.unknown_level < 1 or any(level < 1 for level in model.levels.values()):
        raise ValueError("a site's level is below 1")
    if not 1 < model.trained_levels[0] <= model.trained_levels[1]:
        raise ValueError("trained_levels is out of range")
    if not 2 <= len(model.ages) == len(model.base_rates) == len(model.typical_hot_shares):
        raise ValueError("ages, base_rates and typical_hot_shares differ in length or are too few")
    if not (model.ages[0] > 0 and all(early < late for early, late in zip(model.ages, model.ages[1:]))):
        raise ValueError("ages do not rise")
    if not all(0 < rate < 1 for rate in model.base_rates) or not all(share >= 0 for share in model.typical_hot_shares):
        raise ValueError("a base rate or a typical share is out of range")
