"""The model that scores: written by transform/training/train.py, every field explained in docs/model-card.md."""

from __future__ import annotations

import math
import re
from typing import Any, Mapping, NamedTuple

SCHEMA = 3
# A version names the model's file and stands in every score.
SAFE_VERSION = r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}"
# What a term may be made from; optional_terms.py says how.
OPTIONAL_NAMES = ("views", "likes", "list_rank", "keyword_count", "title_length", "title_question")


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


class OptionalTerm(NamedTuple):
    """Adds (coefficient + a_coefficient a) (x - mean) / spread to the logit; a post that lacks x counts as one of the mean."""

    name: str
    coefficient: float
    a_coefficient: float
    mean: float
    spread: float


class Model(NamedTuple):
    """levels: comments within window_minutes from which a post is hot, by site; trained_levels: the lowest and highest the coefficients know.
    base_rates and typical_hot_shares (median comments / level of posts that became hot) are by ages (minutes, rising).
    alarm_shares: share of the training posts that were once at alarm_scores (rising) or above."""

    version: str
    coefficients: Coefficients
    optional_terms: list[OptionalTerm]
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
    alarm_scores: list[float]
    alarm_shares: list[float]


def is_safe_version(version: object) -> bool:
    """Whether it can name a file in any folder or bucket, and no other place."""
    return isinstance(version, str) and re.fullmatch(SAFE_VERSION, version) is not None


def model_of(document: Mapping[str, Any]) -> Model:
    """The model of a document of SCHEMA. Raises KeyError, TypeError, AttributeError or ValueError, which say what is wrong with it."""
    levels = {site: _whole(level, f"level of {site}") for site, level in document["site_levels"].items()}
    for site, same_as in document["site_aliases"].items():
        levels[site] = levels[same_as]
    lowest, highest = _numbers(document, "trained_levels")
    model = Model(
        version=document["model_version"],
        coefficients=Coefficients(**{name: _number(document["coefficients"][name], name) for name in Coefficients._fields}),
        optional_terms=[_optional_term(term) for term in _list(document, "optional_terms")],
        recency_share=_number(document["recency_share"], "recency_share"),
        least_age_minutes=_number(document["least_age_minutes"], "least_age_minutes"),
        window_minutes=_whole(document["window_minutes"], "window_minutes"),
        impact_limit=_number(document["impact_limit"], "impact_limit"),
        levels=levels,
        trained_levels=(lowest, highest),
        unknown_level=_whole(document["unknown_site_level"], "unknown_site_level"),
        ages=_numbers(document, "ages"),
        base_rates=_numbers(document, "base_rates"),
        typical_hot_shares=_numbers(document, "typical_hot_shares"),
        alarm_scores=_numbers(document, "alarm_scores"),
        alarm_shares=_numbers(document, "alarm_shares"),
    )
    _check_formula(model)
    _check_ages(model)
    _check_alarm(model)
    return model


def _check_formula(model: Model) -> None:
    if not is_safe_version(model.version):
        raise ValueError(f"model_version {model.version!r} cannot name a file")
    if not (0 < model.recency_share <= 1 and model.least_age_minutes > 0 and model.window_minutes > 0 and model.impact_limit > 0):
        raise ValueError("recency_share, least_age_minutes, window_minutes or impact_limit is out of range")
    if model.unknown_level < 1 or any(level < 1 for level in model.levels.values()):
        raise ValueError("a site's level is below 1")
    if not 1 < model.trained_levels[0] <= model.trained_levels[1]:
        raise ValueError("trained_levels is out of range")
    names = [term.name for term in model.optional_terms]
    for term in model.optional_terms:
        if term.name not in OPTIONAL_NAMES:
            raise ValueError(f"optional term {term.name!r} is unknown to this job, which knows {', '.join(OPTIONAL_NAMES)}")
        if names.count(term.name) > 1:
            raise ValueError(f"optional term {term.name} comes twice")
        if term.spread <= 0:
            raise ValueError(f"the spread of optional term {term.name} is not above 0")


def _check_ages(model: Model) -> None:
    if not 2 <= len(model.ages) == len(model.base_rates) == len(model.typical_hot_shares):
        raise ValueError("ages, base_rates and typical_hot_shares differ in length or are too few")
    if not (model.ages[0] > 0 and _rise(model.ages)):
        raise ValueError("ages do not rise")
    if not all(0 < rate < 1 for rate in model.base_rates) or not all(share >= 0 for share in model.typical_hot_shares):
        raise ValueError("a base rate or a typical share is out of range")


def _check_alarm(model: Model) -> None:
    if not 2 <= len(model.alarm_scores) == len(model.alarm_shares):
        raise ValueError("alarm_scores and alarm_shares differ in length or are fewer than 2")
    if not _rise(model.alarm_scores):
        raise ValueError("alarm_scores do not rise")
    if not _rise([-share for share in model.alarm_shares]):
        raise ValueError("alarm_shares do not fall")
    if not all(0 < share <= 1 for share in model.alarm_shares):
        raise ValueError("an alarm share is not above 0 and at most 1")


def _optional_term(term: Mapping[str, Any]) -> OptionalTerm:
    numbers = {name: _number(term[name], f"{name} of optional term {term['name']}") for name in OptionalTerm._fields[1:]}
    return OptionalTerm(name=term["name"], **numbers)


def _rise(values: list[float]) -> bool:
    return all(before < after for before, after in zip(values, values[1:]))


def _numbers(document: Mapping[str, Any], name: str) -> list[float]:
    return [_number(value, f"a value of {name}") for value in _list(document, name)]


def _list(document: Mapping[str, Any], name: str) -> list[Any]:
    if not isinstance(document[name], list):
        raise TypeError(f"{name} is no list")
    return document[name]


def _number(value: object, name: str) -> float:
    """JSON of Python has NaN and Infinity, and true counts as 1: none of them is a number here."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise TypeError(f"{name} is {value!r}, no number")
    if not math.isfinite(value):
        raise ValueError(f"{name} is not finite")
    return float(value)


def _whole(value: object, name: str) -> int:
    number = _number(value, name)
    if number != int(number):
        raise ValueError(f"{name} is {value!r}, no whole number")
    return int(number)
