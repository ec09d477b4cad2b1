"""Looking at every post every 5 minutes from 5 to 240, one alarm a post."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from arrivals import Arrivals
from methods import STREAM_AGES

# How many of a site's latest posts the cut is taken from, when outcomes are unknown.
RECENT_POSTS = 200


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
    hot, top = np.isfinite(reached), highest(scores)
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
    return _figures(first, hot, reached, weight)


def stream_above(scores: np.ndarray, reached: np.ndarray, cuts: np.ndarray, weight: np.ndarray) -> Stream:
    """An alarm as soon as a score is above the cut of its age. cuts: by STREAM_AGES."""
    above = np.nan_to_num(scores, nan=-np.inf) > cuts
    first = np.where(above.any(axis=1), np.asarray(STREAM_AGES)[above.argmax(axis=1)], np.inf)
    return _figures(np.broadcast_to(first, weight.shape), np.isfinite(reached), reached, weight)


def stream_without_outcomes(
    scores: np.ndarray, prior: np.ndarray, arrivals: Arrivals, level: np.ndarray, later: np.ndarray, budget: float, recent: int = RECENT_POSTS
) -> dict[str, float]:
    """Posts of `later` as they come: a site's cut is the budget's quantile of the highest scores of its `recent` latest finished posts, at
    first those the model was trained on. No outcome is used. prior: posts x STREAM_AGES, scores of the posts before."""
    top_before, top = highest(prior), highest(scores)
    over = STREAM_AGES[-1] * 60
    first = np.full(len(top), np.inf)
    for row in np.flatnonzero(later):
        finished = (arrivals.sites == arrivals.sites[row]) & (arrivals.created <= arrivals.created[row] - over)
        known = np.flatnonzero(finished)
        window = known[np.argsort(arrivals.created[known], kind="stable")][-recent:]
        if len(window) == 0:
            continue
        cut = np.quantile(np.where(later[window], top[window], top_before[window]), 1 - budget, method="higher")
        above = np.nan_to_num(scores[row], nan=-np.inf) > cut
        if above.any():
            first[row] = STREAM_AGES[int(above.argmax())]
    reached = minutes_to_level(arrivals, level)[later]
    first = first[later]
    figures = _figures(first[None], np.isfinite(reached), reached, np.ones((1, len(first))))
    return {name: float(values[0]) for name, values in figures._asdict().items()}


def _figures(first: np.ndarray, hot: np.ndarray, reached: np.ndarray, weight: np.ndarray) -> Stream:
    """first: weightings x posts, age of the alarm, infinity for none."""
    alarmed = np.isfinite(first)
    caught = alarmed & hot
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
