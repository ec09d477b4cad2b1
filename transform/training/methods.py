"""The model and what it must beat, all in one shape: fitted on some posts, a score for every post and age (higher = likelier to become hot)."""

from __future__ import annotations

from typing import Callable

import numpy as np

from arrivals import WINDOW_MINUTES, Arrivals
from densities import corrected_ratio, published_ratio
from early_model import fit, probability_at

AGES = (10, 20, 30, 60, 120, 240)
STREAM_AGES = tuple(range(5, 241, 5))
MODEL = "this model"
# As a stream the model's odds may be weighed with the age: an older post tells more, so it may pass a lower bar.
MODEL_WEIGHED = "this model, odds x age"
# (arrivals, level of each post, posts to learn from) -> posts x STREAM_AGES.
Method = Callable[[Arrivals, np.ndarray, np.ndarray], np.ndarray]


def scores(method: Method, arrivals: Arrivals, level: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """posts x STREAM_AGES; NaN where a post is at its level already: nothing is left to foresee."""
    found = method(arrivals, level, chosen)
    return np.where(_seen(arrivals) < level[:, None], found, np.nan)


def _model(arrivals: Arrivals, level: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    formula = fit(arrivals, level, chosen)
    return np.column_stack([probability_at(formula, arrivals, age, level) for age in STREAM_AGES])


def odds_by_age(probability: np.ndarray) -> np.ndarray:
    """posts x STREAM_AGES: ln(odds x age)."""
    return np.log(probability / (1 - probability)) + np.log(STREAM_AGES)


def _published(arrivals: Arrivals, level: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    hot = arrivals.totals >= level
    return np.column_stack([published_ratio(seen, hot, chosen) for seen in _seen(arrivals).T])


def _corrected(arrivals: Arrivals, level: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    hot = arrivals.totals >= level
    return np.column_stack([corrected_ratio(seen, level, hot, chosen) for seen in _seen(arrivals).T])


def _count(arrivals: Arrivals, level: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    return _seen(arrivals)


def _pace(arrivals: Arrivals, level: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Comments against the mean of the site's posts at that age (0.1 comment where hardly any post has one)."""
    seen = _seen(arrivals)
    found = np.zeros_like(seen)
    for site in sorted(set(arrivals.sites.tolist())):
        of_site = arrivals.sites == site
        # A site that came later than the posts to learn from has no pace of its own yet.
        known = of_site & chosen if (of_site & chosen).any() else chosen
        found[of_site] = seen[of_site] / np.maximum(seen[known].mean(axis=0), 0.1)
    return found


def _extrapolation(arrivals: Arrivals, level: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Where the pace so far leads within 72 hours, as a share of the site's level."""
    return _seen(arrivals) * WINDOW_MINUTES / np.asarray(STREAM_AGES) / level[:, None]


def _seen(arrivals: Arrivals) -> np.ndarray:
    return np.column_stack([arrivals.seen_at(age) for age in STREAM_AGES])


METHODS: dict[str, Method] = {
    MODEL: _model,
    "original densities, as published": _published,
    "original densities, corrected": _corrected,
    "plain count": _count,
    "count against site pace": _pace,
    "linear extrapolation": _extrapolation,
}
