"""Looking at every post every 5 minutes from 5 to 240, one alarm a post."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from arrivals import Arrivals
from methods import STREAM_AGES


class Stream(NamedTuple):
    """By weighting: share of the posts that were alarmed, recall, precision, median minutes from alarm to the level (posts that reached it)."""

    volume: np.ndarray
    recall: np.ndarray
    precision: np.ndarray
    lead: np.ndarray


def minutes_to_level(arrivals: Arrivals, level: np.ndarray) -> np.ndarray:
    """Minute of the comment with which a post became hot; infinity for the others."""
    return np.where(arrivals.totals >= level, arrivals.minute_of(level), np.inf)


def highest(scores: np.ndarray) -> np.ndarray:
    """The highest score a post had before it was at its level; -infinity when it was so from the first look."""
    return np.where(np.isnan(scores), -np.inf, scores).max(axis=1)


def stream_at_budget(scores: np.ndarray, sites: np.ndarray, reached: np.ndarray, budget: float, weight: np.ndarray) -> Stream:
    """Each site's cut alarms its share `budget` of posts (at least; posts of equal score come together), found afterwards.

    scores: posts x STREAM_AGES; reached: minutes_to_level; weight: weightings x posts."""
    top = highest(scores)
    first = np.full(weight.shape, np.inf)
    for site in sorted(set(sites.tolist())):
        rows = np.flatnonzero(sites == site)
        order = rows[np.argsort(-top[rows], kind="stable")]
        running = np.cumsum(weight[:, order], axis=1)
        place = (running < budget * running[:, -1:]).sum(axis=1)
        cuts = top[order][place]
        for cut in np.unique(cuts):
            above = np.nan_to_num(scores[rows], nan=-np.inf) >= cut
            at = np.where(above.any(axis=1), np.asarray(STREAM_AGES)[above.argmax(axis=1)], np.inf)
            which = np.flatnonzero(cuts == cut)
            first[np.ix_(which, rows)] = at
    return stream_figures(first, reached, weight)


def stream_above(scores: np.ndarray, reached: np.ndarray, cuts: np.ndarray, weight: np.ndarray) -> Stream:
    """An alarm as soon as a score is above the cut of its age. cuts: by STREAM_AGES."""
    above = np.nan_to_num(scores, nan=-np.inf) > cuts
    first = np.where(above.any(axis=1), np.asarray(STREAM_AGES)[above.argmax(axis=1)], np.inf)
    return stream_figures(np.broadcast_to(first, weight.shape), reached, weight)


def stream_figures(first: np.ndarray, reached: np.ndarray, weight: np.ndarray) -> Stream:
    """first: weightings x posts, age of the alarm, infinity for none. A post is found when the alarm came before its level."""
    alarmed, hot = np.isfinite(first), np.isfinite(reached)
    caught = hot & (first < reached)
    found = (weight * caught).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return Stream(
            volume=(weight * alarmed).sum(axis=1) / weight.sum(axis=1),
            recall=found / (weight * hot).sum(axis=1),
            precision=found / (weight * alarmed).sum(axis=1),
            lead=np.asarray([_weighted_median(reached[rows] - at[rows], w[rows]) for at, rows, w in zip(first, caught, weight)]),
        )


def _weighted_median(values: np.ndarray, weight: np.ndarray) -> float:
    if weight.sum() == 0:
        return float("nan")
    order = np.argsort(values, kind="stable")
    place = np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)
    return float(values[order][place])
