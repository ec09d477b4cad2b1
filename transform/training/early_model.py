"""The formula of docs/model-card.md: how likely a post is to become hot, from when its comments came (and, where the record carries them, from
its optional columns). The job's hotpost_job/score.py computes the same from the same model.json."""

from __future__ import annotations

import math
from typing import NamedTuple, Sequence

import numpy as np

from arrivals import WINDOW_MINUTES, Arrivals
from columns import OPTIONAL_COLUMNS
from logistic import fit_logistic, probability_of

# Trained on these ages at once: the six that are measured, and two that keep the formula right for posts that are watched longer.
TRAINING_AGES = (10, 20, 30, 60, 120, 240, 480, 1440)
# Hot posts are few: that a post reaches 0.4 K is learnt from too, as a post of a site with that level. Beyond 1 there is nothing to gain.
LEVEL_SHARES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
RIDGE = 0.1
# Two more terms a column, and as few hot posts: a column has to show that it tells something.
OPTIONAL_RIDGE = 3.0
RECENCY_SHARE = 0.25
LEAST_AGE = 5
BASE_RATE_AGES = (5, 10, 20, 30, 60, 120, 240, 480, 1440, 2880)
TERMS = ("ln_left", "ln_seen", "ln_recent", "a", "a_ln_left", "a_ln_seen", "a_ln_recent", "a_a")
# A column is fitted when one source of this many posts knows it of so large a share of them at this age (minutes): by then the crawl, which
# reads young posts with every batch, has read a post; a column that most posts lack would only tell which posts were read.
LEAST_POSTS, LEAST_COVERED, COVERED_AGE = 300, 0.8, 60


class OptionalTerm(NamedTuple):
    """The logit gains (coefficient + a_coefficient a) (x - mean) / spread; nothing where x is missing."""

    name: str
    coefficient: float
    a_coefficient: float
    mean: float
    spread: float


class Formula(NamedTuple):
    """coefficients: the intercept, then TERMS; trained: lowest and highest level that they were fitted on."""

    coefficients: np.ndarray
    trained: tuple[float, float]
    optional: tuple[OptionalTerm, ...] = ()


def a_of(age: float) -> float:
    return math.log(max(age, LEAST_AGE) / 60)


def terms_at(age: float, seen: np.ndarray, recent: np.ndarray, level: np.ndarray) -> np.ndarray:
    """posts x TERMS. age: minutes; seen < level: comments so far; recent: their sum S (recent_at); level: the count to reach."""
    a = np.full(len(seen), a_of(age))
    left, ln_seen, ln_recent = np.log(level - seen), np.log1p(seen), np.log1p(recent)
    return np.column_stack([left, ln_seen, ln_recent, a, a * left, a * ln_seen, a * ln_recent, a * a])


def decay_at(age: float) -> float:
    """Minutes in which a comment's part in S falls to 1/e."""
    return RECENCY_SHARE * max(age, LEAST_AGE)


def usable_columns(arrivals: Arrivals) -> list[str]:
    """The optional columns that are known of enough posts to be learnt from."""
    cases = np.asarray(arrivals.cases)
    sources = [cases == case for case in sorted(set(arrivals.cases)) if (cases == case).sum() >= LEAST_POSTS]
    known = {name: ~np.isnan(arrivals.columns.known_at(name, COVERED_AGE)) for name in OPTIONAL_COLUMNS}
    return [name for name in OPTIONAL_COLUMNS if any(known[name][source].mean() >= LEAST_COVERED for source in sources)]


def fit(arrivals: Arrivals, level: np.ndarray, chosen: np.ndarray, *, shares: tuple[float, ...] = LEVEL_SHARES) -> Formula:
    """Fitted on the chosen posts (boolean). level: of each post's site."""
    scales = [scale for name in usable_columns(arrivals) if (scale := _scale_of(name, arrivals, chosen)) is not None]
    x, y, weight = [], [], []
    for age in TRAINING_AGES:
        seen, recent = arrivals.seen_at(age), arrivals.recent_at(age, decay_at(age))
        besides = [column * factor for column in _scaled_at(scales, arrivals, age) for factor in (1, a_of(age))]
        for share in shares:
            reach = np.ceil(share * level)
            rows = chosen & (seen < reach)
            x.append(np.column_stack([terms_at(age, seen[rows], recent[rows], reach[rows]), *[column[rows] for column in besides]]))
            y.append(arrivals.totals[rows] >= reach[rows])
            weight.append(np.full(rows.sum(), 1 / (len(TRAINING_AGES) * len(shares))))
    ridge = np.asarray([RIDGE] * len(TERMS) + [OPTIONAL_RIDGE] * (2 * len(scales)))
    found = fit_logistic(np.concatenate(x), np.concatenate(y).astype(float), np.concatenate(weight), ridge)
    pairs = found[1 + len(TERMS) :].reshape(len(scales), 2).tolist()
    optional = tuple(OptionalTerm(name, *pair, mean, spread) for (name, mean, spread), pair in zip(scales, pairs))
    return Formula(found[: 1 + len(TERMS)], (float(level.min()), float(level.max())), optional)


def _scale_of(name: str, arrivals: Arrivals, chosen: np.ndarray) -> tuple[str, float, float] | None:
    """(name, mean, spread) over the chosen posts at all TRAINING_AGES; None for a column that never differs."""
    known = np.concatenate([arrivals.columns.known_at(name, age)[chosen] for age in TRAINING_AGES])
    known = known[~np.isnan(known)]
    return (name, float(known.mean()), float(known.std())) if len(known) and known.std() > 0 else None


def _scaled_at(scales: Sequence[tuple[str, float, float]], arrivals: Arrivals, age: float) -> list[np.ndarray]:
    return [np.nan_to_num((arrivals.columns.known_at(name, age) - mean) / spread) for name, mean, spread in scales]


def logit_at(formula: Formula, arrivals: Arrivals, age: float, level: np.ndarray) -> np.ndarray:
    """By post, from nothing later than `age` minutes; NaN for a post that is at its level already.

    A post of a site beyond the trained levels is taken for one of the nearest level that has the same shares of it: the formula knows
    nothing of a site on which 5 comments are many."""
    seen, recent = arrivals.seen_at(age), arrivals.recent_at(age, decay_at(age))
    open_ = seen < level
    found = np.full(len(seen), np.nan)
    known = np.clip(level, *formula.trained)[open_]
    scale = known / level[open_]
    terms = terms_at(age, seen[open_] * scale, recent[open_] * scale, known)
    found[open_] = formula.coefficients[0] + terms @ formula.coefficients[1:]
    columns = _scaled_at([(term.name, term.mean, term.spread) for term in formula.optional], arrivals, age)
    for term, column in zip(formula.optional, columns):
        found[open_] += (term.coefficient + term.a_coefficient * a_of(age)) * column[open_]
    return found


def probability_at(formula: Formula, arrivals: Arrivals, age: float, level: np.ndarray) -> np.ndarray:
    """By post; NaN for a post that is at its level already, 0 when its 72 hours are over."""
    logit = logit_at(formula, arrivals, age, level)
    return np.where(np.isnan(logit), np.nan, 0.0 if age >= WINDOW_MINUTES else probability_of(logit))


def base_rates(arrivals: Arrivals, level: np.ndarray) -> list[float]:
    """By BASE_RATE_AGES, the share of posts not yet at their level that will reach it."""
    hot = arrivals.totals >= level
    return [float(hot[arrivals.seen_at(age) < level].mean()) for age in BASE_RATE_AGES]


def base_rate_at(age: float, rates: list[float]) -> float:
    """Between BASE_RATE_AGES a straight line of the logit over ln(age), as the job has it."""
    odds = np.asarray(rates) / (1 - np.asarray(rates))
    return float(probability_of(np.interp(math.log(age), np.log(BASE_RATE_AGES), np.log(odds))))


def typical_hot_shares(arrivals: Arrivals, level: np.ndarray) -> list[float]:
    """By BASE_RATE_AGES, the median of comments / level over the posts that became hot: what the reasons compare with."""
    hot = arrivals.totals >= level
    return [float(np.median(arrivals.seen_at(age)[hot] / level[hot])) for age in BASE_RATE_AGES]


def check_rising(formula: Formula, level: int) -> None:
    """Raises ValueError when a new comment would lower the probability anywhere from 5 minutes to 72 hours (a comment changes no optional term)."""
    seen = np.repeat(np.arange(0.0, level - 1), 4)
    recent = seen * np.tile([0.0, 0.1, 0.5, 1.0], level - 1)
    reach = np.full(len(seen), float(level))
    for age in (*BASE_RATE_AGES, WINDOW_MINUTES):
        before, after = terms_at(age, seen, recent, reach), terms_at(age, seen + 1, recent + 1, reach)
        if ((after - before) @ formula.coefficients[1:] <= 0).any():
            raise ValueError(f"at {age} minutes another comment would lower the probability: too few posts to learn from")
