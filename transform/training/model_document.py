"""model.json, schema 3: what training writes and what scoring reads of it. Every field is explained in docs/model-card.md."""

from __future__ import annotations

import hashlib
import json

import numpy as np

from alarm_table import AlarmTable, alarm_table, folded_alarm_scores
from arrivals import HOT_QUANTILE, WINDOW_MINUTES, Arrivals, level_of, site_levels
from early_model import BASE_RATE_AGES, LEAST_AGE, RECENCY_SHARE, TERMS, Formula, OptionalTerm, base_rates, check_rising, fit, typical_hot_shares

SCHEMA = 3
IMPACT_LIMIT = 20
# Sites without a record of their own. bobaedream has none (one comment a post at most was kept): its boards are taken to move like the cafe's.
SITE_ALIASES = {"bobaedream": "naver_cafe"}


def train(arrivals: Arrivals, source: str) -> dict[str, object]:
    """The document model.json without its metrics. source: name of the data set. The same arrivals give the same document.

    Raises ValueError when the arrivals cannot carry a model: no hot post, or a fit in which another comment lowers the probability.
    """
    levels = site_levels(arrivals)
    level = np.asarray([levels[site] for site in arrivals.sites.tolist()], dtype=float)
    everyone = np.ones(len(level), dtype=bool)
    found = fit(arrivals, level, everyone)
    # From folds: a model knows the posts it was fitted on too well, and new ones would pass the scores of those too rarely.
    table = alarm_table(folded_alarm_scores(arrivals, level, everyone))
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
        "coefficients": {name: round(float(value), 6) for name, value in zip(("intercept", *TERMS), found.coefficients)},
        "optional_terms": [{name: value if name == "name" else round(value, 6) for name, value in term._asdict().items()} for term in found.optional],
        "site_levels": levels,
        "trained_levels": [min(levels.values()), max(levels.values())],
        "site_aliases": aliases,
        "unknown_site_level": level_of(arrivals.totals),
        "ages": list(BASE_RATE_AGES),
        "base_rates": _rising_from_zero(base_rates(arrivals, level), len(level)),
        "typical_hot_shares": [round(value, 4) for value in typical_hot_shares(arrivals, level)],
        "alarm_scores": table.scores.tolist(),
        "alarm_shares": table.shares.tolist(),
    }
    for edge in (min(levels.values()), max(levels.values())):
        check_rising(formula_of(document), edge)
    document["model_version"] = f"arrivals-{arrivals.newest[:10].replace('-', '')}-{_fingerprint(document)}"
    return document


def levels_of(model: dict, sites: np.ndarray) -> np.ndarray:
    """The level of each site: its own, its alias's, or the pooled one of a site that the model does not know."""
    own = {**model["site_levels"], **{site: model["site_levels"][same] for site, same in model["site_aliases"].items()}}
    return np.asarray([own.get(site, model["unknown_site_level"]) for site in sites.tolist()], dtype=float)


def formula_of(model: dict) -> Formula:
    lowest, highest = model["trained_levels"]
    coefficients = np.asarray([model["coefficients"][name] for name in ("intercept", *TERMS)])
    return Formula(coefficients, (float(lowest), float(highest)), tuple(OptionalTerm(**term) for term in model["optional_terms"]))


def alarm_table_of(model: dict) -> AlarmTable:
    """Raises ValueError when the table is none."""
    table = AlarmTable(np.asarray(model["alarm_scores"], dtype=float), np.asarray(model["alarm_shares"], dtype=float))
    if not (len(table.scores) == len(table.shares) >= 2 and (np.diff(table.scores) > 0).all() and (np.diff(table.shares) < 0).all()):
        raise ValueError("alarm_scores do not rise, or alarm_shares do not fall with them")
    if not (np.isfinite(table.scores).all() and 0 < table.shares[-1] and table.shares[0] <= 1):
        raise ValueError("an alarm score is not finite, or an alarm share is out of range")
    return table


def _rising_from_zero(rates: list[float], posts: int) -> list[float]:
    """A rate of 0 has no logit: half a post stands for none."""
    return [round(max(rate, 0.5 / posts), 6) for rate in rates]


def _fingerprint(document: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:8]
