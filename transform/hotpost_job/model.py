"""model.json: written by transform/training/train_densities.py, explained in docs/model-card.md."""

from __future__ import annotations

import json
import math
from typing import Any, Mapping, NamedTuple

from pyspark.sql import SparkSession

from hotpost_job.errors import JobError
from hotpost_job.read_raw import read_documents

SCHEMA = 1
DENSITIES = ("hot_mean", "hot_sd", "cold_mean", "cold_sd")


class Model(NamedTuple):
    """Normal densities of (comments / the site's level) by age, one bin every bin_minutes; levels are comments within window_minutes."""

    version: str
    bin_minutes: int
    base_rate: float
    impact_limit: float
    levels: Mapping[str, int]
    unknown_level: int
    bins: Mapping[str, list[float]]


def read_model(spark: SparkSession, path: str) -> Model:
    """Raises JobError, with what to do, when there is no model, when it is damaged, or when it is for another version of the job."""
    texts = read_documents(spark, path)
    remedy = "put transform/model/model.json there (deploy again: the Assets resource writes it), or train one with transform/training/train_densities.py"
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
    except (ValueError, KeyError, TypeError) as error:
        raise JobError(f"model {path} is damaged ({error!r}); {remedy}") from error


def _model_of(document: Mapping[str, Any]) -> Model:
    levels = {site: int(level) for site, level in document["site_levels"].items()}
    for site, same_as in document["site_aliases"].items():
        levels[site] = levels[same_as]
    bins = {name: [float(value) for value in document["bins"][name]] for name in DENSITIES}
    model = Model(
        version=str(document["model_version"]),
        bin_minutes=int(document["bin_minutes"]),
        base_rate=float(document["base_rate"]),
        impact_limit=float(document["impact_limit"]),
        levels=levels,
        unknown_level=int(document["unknown_site_level"]),
        bins=bins,
    )
    _check(model)
    return model


def _check(model: Model) -> None:
    length = len(model.bins["hot_mean"])
    if length == 0 or any(len(values) != length for values in model.bins.values()):
        raise ValueError("the bins differ in length or are empty")
    if not all(math.isfinite(value) for values in model.bins.values() for value in values):
        raise ValueError("a density is not finite")
    if not all(0 < cold < hot for hot, cold in zip(model.bins["hot_sd"], model.bins["cold_sd"])):
        raise ValueError("hot_sd must be greater than cold_sd, and both greater than 0")
    if not 0 < model.base_rate < 1 or model.bin_minutes < 1 or not model.impact_limit > 0:
        raise ValueError("base_rate, bin_minutes or impact_limit is out of range")
    if model.unknown_level < 1 or any(level < 1 for level in model.levels.values()):
        raise ValueError("a site's level is below 1")
