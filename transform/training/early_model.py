"""The model of docs/model-card.md: how likely a post is to become hot, from when its comments came. The job's hotpost_job/score.py
computes the same from the same model.json."""

from __future__ import annotations

import hashlib
import json
import math

import numpy as np

from arrivals import HOT_QUANTILE, WINDOW_MINUTES, Arrivals, level_of, site_levels
from logistic import fit_logistic, probability_of

SCHEMA = 2
# Trained on these ages at once: the six that are measured, and two that keep the formula right for posts that are watched longer.
TRAINING_AGES = (10, 20, 30, 60, 120, 240, 480, 1440)
# Hot posts are few: that a post reaches 0.4 K is learnt from too, as a post of a site with that level. Beyond 1 there is nothing to gain.
LEVEL_SHARES = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
RIDGE = 0.1
RECENCY_SHARE = 0.25
LEAST_AGE = 5
IMPACT_LIMIT = 20
BASE_RATE_AGES = (5, 10, 20, 30, 60, 120, 240, 480, 1440, 2880)
TERMS = ("ln_left", "ln_seen", "ln_recent", "a", "a_ln_left", "a_ln_seen", "a_ln_recent", "a_a")
# Sites without a record of their own. bobaedream has none (one comment a post at most was kept): its boards are taken to move like the cafe's.
SITE_ALIASES = {"bobaedream": "naver_cafe"}


def terms_at(age: float, seen: np.ndarray, recent: np.ndarray, level: np.ndarray) -> np.ndarray:
    """posts x TERMS. age: minutes; seen < level: comments so far; recent: their sum S (recent_at); level: the count to reach."""
    a = np.full(len(seen), math.log(max(age, LEAST_AGE) / 60))
    left, ln_seen, ln_recent = np.log(level - seen), np.log1p(seen), np.log1p(recent)
    return np.column_stack([left, ln_seen, ln_recent, a, a * left, a * ln_seen, a * ln_recent, a * a])


def decay_at(age: float) -> float:
    """Minutes in which a comment's part in S falls to 1/e."""
    return RECENCY_SHARE * max(age, LEAST_AGE)


def fit(arrivals: Arrivals, level: np.ndarray, chosen: np.ndarray, *, shares: tuple[float, ...] = LEVEL_SHARES) -> np.ndarray:
    """Intercept and coefficients of TERMS, from the chosen posts (boolean). level: of each post's site."""
    x, y, weight = [], [], []
    for age in TRAINING_AGES:
        seen, recent = arrivals.seen_at(age), arrivals.recent_at(age, decay_at(age))
        for share in shares:
            reach = np.ceil(share * level)
            rows = chosen & (seen < reach)
            x.append(terms_at(age, seen[rows], recent[rows], reach[rows]))
            y.append(arrivals.totals[rows] >= reach[rows])
            weight.append(np.full(rows.sum(), 1 / (len(TRAINING_AGES) * len(shares))))
    return fit_logistic(np.concatenate(x), np.concatenate(y).astype(float), np.concatenate(weight), RIDGE)


def probability_at(coefficients: np.ndarray, arrivals: Arrivals, age: float, level: np.ndarray, trained: tuple[float, float]) -> np.ndarray:
    """By post, from nothing later than `age` minutes; NaN for a post that is at its level already, 0 when its 72 hours are over.

    trained: lowest and highest level that the coefficients were fitted on. A post of a site beyond them is taken for one of the nearest
    level that has the same shares of it: the formula knows nothing of a site on which 5 comments are many."""
    seen, recent = arrivals.seen_at(age), arrivals.recent_at(age, decay_at(age))
    open_ = seen < level
    found = np.full(len(seen), np.nan)
    known = np.clip(level, *trained)[open_]
    scale = known / level[open_]
    terms = terms_at(age, seen[open_] * scale, recent[open_] * scale, known)
    found[open_] = 0.0 if age >= WINDOW_MINUTES else probability_of(coefficients[0] + terms @ coefficients[1:])
    return found


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


def levels_of(model: dict, sites: np.ndarray) -> np.ndarray:
    """The level of each site: its own, its alias's, or the pooled one of a site that the model does not know."""
    own = {**model["site_levels"], **{site: model["site_levels"][same] for site, same in model["site_aliases"].items()}}
    return np.asarray([own.get(site, model["unknown_site_level"]) for site in sites.tolist()], dtype=float)


def coefficients_of(model: dict) -> np.ndarray:
    return np.asarray([model["coefficients"][name] for name in ("intercept", *TERMS)])


def train(arrivals: Arrivals, source: str) -> dict[str, object]:
    """The document model.json without its metrics. source: name of the data set. The same arrivals give the same document.

    Raises ValueError when the arrivals cannot carry a model: no hot post, or a fit in which another comment lowers the probability.
    """
    levels = site_levels(arrivals)
    level = np.asarray([levels[site] for site in arrivals.sites.tolist()], dtype=float)
    found = fit(arrivals, level, np.ones(len(level), dtype=bool))
    aliases = {site: same for site, same in SITE_ALIASES.items() if same in levels and site not in levels}
    document: dict[str, object] = {
        "schema": SCHEMA,
        "model_version": "",
        "method": "logistic in ln(K - n), ln(1 + n), ln(1 + S), a = ln(age / 60), a times each, a squared; S = sum of exp(-(age - minute) / (age / 4))",
        "trained_on": {
            "source": source,
            "sha256": arrivals.sha256,
            "posts": len(level),
            "hot": int((arrivals.totals >= level).sum()),
            "newest": arrivals.newest,
        },
        "hot_quantile": HOT_QUANTILE,
        "window_minutes": WINDOW_MINUTES,
        "least_age_minutes": LEAST_AGE,
        "recency_share": RECENCY_SHARE,
        "impact_limit": IMPACT_LIMIT,
        "coefficients": {name: round(float(value), 6) for name, value in zip(("intercept", *TERMS), found)},
        "site_levels": levels,
        "trained_levels": [min(levels.values()), max(levels.values())],
        "site_aliases": aliases,
        "unknown_site_level": level_of(arrivals.totals),
        "ages": list(BASE_RATE_AGES),
        "base_rates": _rising_from_zero(base_rates(arrivals, level), len(level)),
        "typical_hot_shares": [round(value, 4) for value in typical_hot_shares(arrivals, level)],
    }
    for edge in (min(levels.values()), max(levels.values())):
        check_rising(coefficients_of(document), edge)
    document["model_version"] = f"arrivals-{arrivals.newest[:10].replace('-', '')}-{_fingerprint(document)}"
    return document


def trained_levels_of(model: dict) -> tuple[float, float]:
    lowest, highest = model["trained_levels"]
    return float(lowest), float(highest)


def check_rising(coefficients: np.ndarray, level: int) -> None:
    """Raises ValueError when a new comment would lower the probability anywhere from 5 minutes to 72 hours."""
    seen = np.repeat(np.arange(0.0, level - 1), 4)
    recent = seen * np.tile([0.0, 0.1, 0.5, 1.0], level - 1)
    reach = np.full(len(seen), float(level))
    for age in (*BASE_RATE_AGES, WINDOW_MINUTES):
        before, after = terms_at(age, seen, recent, reach), terms_at(age, seen + 1, recent + 1, reach)
        if ((after - before) @ coefficients[1:] <= 0).any():
            raise ValueError(f"at {age} minutes another comment would lower the probability: too few posts to learn from")


def _rising_from_zero(rates: list[float], posts: int) -> list[float]:
    """A rate of 0 has no logit: half a post stands for none."""
    return [round(max(rate, 0.5 / posts), 6) for rate in rates]


def _fingerprint(document: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:8]
