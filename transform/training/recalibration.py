"""Odds corrected by a site's own outcomes, shrunk to the shipped model, as the warehouse does it; played over the newer posts in their order."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from arrivals import WINDOW_MINUTES, Arrivals
from measures import calibration_error
from methods import AGES, STREAM_AGES

# Ages (minutes) from which a band goes to the next.
BANDS = (0, 30, 120)
WEIGHTS = (5, 10, 20, 50)


class Recalibrated(NamedTuple):
    """By AGES: expected calibration error, and the mean log loss."""

    error: list[float]
    log_loss: list[float]


def factors_before(probability: np.ndarray, arrivals: Arrivals, level: np.ndarray, later: np.ndarray, weight: float) -> np.ndarray:
    """posts x BANDS: what a post's odds are multiplied by, (weight + O) / (weight + E) over the posts of its site and of `later` whose 72 hours
    were over when it was written; O: those that became hot, E: the sum of their probabilities, one reading a post and band (the last before its
    level). probability: posts x STREAM_AGES, NaN at the level."""
    hot = arrivals.totals >= level
    factors = np.ones((len(level), len(BANDS)))
    for band in range(len(BANDS)):
        looks = [place for place, age in enumerate(STREAM_AGES) if band_of(age) == band]
        said = _last_known(probability[:, looks])
        for row in np.flatnonzero(later):
            over = arrivals.created <= arrivals.created[row] - WINDOW_MINUTES * 60
            known = later & over & (arrivals.sites == arrivals.sites[row]) & ~np.isnan(said)
            factors[row, band] = (weight + hot[known].sum()) / (weight + said[known].sum())
    return factors


def recalibrated(probability: np.ndarray, arrivals: Arrivals, level: np.ndarray, later: np.ndarray, weight: float) -> Recalibrated:
    """Of the posts of `later`; an infinite weight leaves the probabilities as they are."""
    factors = np.ones((len(level), len(BANDS))) if math.isinf(weight) else factors_before(probability, arrivals, level, later, weight)
    hot = arrivals.totals >= level
    errors, losses = [], []
    for age in AGES:
        said = probability[:, STREAM_AGES.index(age)]
        rows = later & ~np.isnan(said)
        odds = said[rows] / (1 - said[rows]) * factors[rows, band_of(age)]
        changed = odds / (1 + odds)
        errors.append(calibration_error(hot[rows], changed))
        losses.append(float(-np.log(np.where(hot[rows], changed, 1 - changed)).mean()))
    return Recalibrated(errors, losses)


def band_of(age: float) -> int:
    return sum(age >= start for start in BANDS) - 1


def _last_known(values: np.ndarray) -> np.ndarray:
    """By row, the last value that is not NaN; NaN when all are."""
    known = ~np.isnan(values)
    place = values.shape[1] - 1 - known[:, ::-1].argmax(axis=1)
    return values[np.arange(len(values)), place]
