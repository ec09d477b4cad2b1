"""How rare a reading is: the share of the training posts whose highest alarm score, while watched, was at least this reading's."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from arrivals import WINDOW_MINUTES, Arrivals
from early_model import Formula, a_of, fit, logit_at
from folds import FOLDS, folds_of
from methods import STREAM_AGES

POINTS = 30


class AlarmTable(NamedTuple):
    """Alarm scores (rising) and the share of posts that reached each (falling, in (0, 1]); between them ln(share) is a straight line."""

    scores: np.ndarray
    shares: np.ndarray


def alarm_scores_at(formula: Formula, arrivals: Arrivals, age: float, level: np.ndarray) -> np.ndarray:
    """By post, logit + ln(age / 60), "odds x age": an older post tells more, so it may pass a lower bar. NaN for a post at its level."""
    return logit_at(formula, arrivals, age, level) + a_of(age)


def alarm_scores(formula: Formula, arrivals: Arrivals, level: np.ndarray) -> np.ndarray:
    """posts x STREAM_AGES."""
    return np.column_stack([alarm_scores_at(formula, arrivals, age, level) for age in STREAM_AGES])


def folded_alarm_scores(arrivals: Arrivals, level: np.ndarray, among: np.ndarray) -> np.ndarray:
    """posts x STREAM_AGES for the posts of `among`, each from a fit on the other folds of `among`; NaN for the other posts."""
    found = np.full((len(level), len(STREAM_AGES)), np.nan)
    folds = folds_of(arrivals)
    for fold in range(FOLDS):
        rows = among & (folds == fold)
        found[rows] = alarm_scores(fit(arrivals, level, among & (folds != fold)), arrivals, level)[rows]
    return found


def alarm_table(scores: np.ndarray) -> AlarmTable:
    """scores: posts x ages, NaN where a post is at its level; one that is so from the first look counts as the highest. About POINTS points,
    evenly in ln(share), and a last one for half a post. Raises ValueError when no post has a score."""
    highest = np.sort(np.where(np.isnan(scores), -np.inf, scores).max(axis=1))
    finite = highest[np.isfinite(highest)]
    if len(finite) == 0:
        raise ValueError("every post is at its level from the first look: no alarm score to learn from")
    # -infinity, a post without a score, sorts to the front: it belongs to the end.
    highest = np.concatenate([finite, np.full(len(highest) - len(finite), finite[-1])])
    posts = len(highest)
    points: dict[float, float] = {}
    for share in np.geomspace(1, 1 / posts, POINTS):
        score = highest[posts - max(1, round(share * posts))]
        points.setdefault(round(float(score), 4), float((highest >= score).mean()))
    floor = 0.5 / posts
    points[_score_of_share(floor, points)] = floor
    return AlarmTable(np.asarray(list(points)), np.asarray([float(f"{share:.6g}") for share in points.values()]))


def exceedance_at(formula: Formula, table: AlarmTable, arrivals: Arrivals, age: float, level: np.ndarray) -> np.ndarray:
    """By post, as the job writes it: 0 for a post at its level, 1 for one whose time is over."""
    score = alarm_scores_at(formula, arrivals, age, level)
    return np.where(np.isnan(score), 0.0, 1.0 if age >= WINDOW_MINUTES else exceedance_of(score, table))


def exceedance_of(scores: np.ndarray, table: AlarmTable) -> np.ndarray:
    """0 where the score is NaN (a post at its level)."""
    return np.where(np.isnan(scores), 0.0, np.exp(np.interp(scores, table.scores, np.log(table.shares))))


def _score_of_share(share: float, points: dict[float, float]) -> float:
    """Beyond the highest score: the line through the last points goes on (over several: the highest of all is a matter of chance)."""
    scores, shares = list(points), list(points.values())
    first = max(0, len(scores) - 5)
    if first == len(scores) - 1:
        return scores[-1] + 1
    slope = (math.log(shares[-1]) - math.log(shares[first])) / (scores[-1] - scores[first])
    return round(max(scores[-1] + 0.001, scores[-1] + (math.log(share) - math.log(shares[-1])) / slope), 4)
