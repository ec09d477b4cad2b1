"""Everything that the model card says, in one run. The protocol is in docs/model-card.md under Measurement."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from alarm_table import alarm_scores, alarm_table, exceedance_of, folded_alarm_scores
from arrivals import Arrivals, site_levels
from budget import WINDOWS, stream_by_budget
from early_model import base_rate_at, base_rates, fit
from folds import FOLDS, folds_of, older_half
from measures import Ranking, brier, calibration_bins, calibration_error, calibration_error_of_widths, interval, weightings
from methods import AGES, METHODS, MODEL, MODEL_WEIGHED, STREAM_AGES, odds_by_age, scores
from recalibration import WEIGHTS, Recalibrated, recalibrated
from stream import Stream, minutes_to_level, stream_above, stream_at_budget

BUDGETS = (0.03, 0.05, 0.10)
IMPACTS = (0, 3)
Figure = tuple[float, float, float]


class Split(NamedTuple):
    """Scores by method (posts x STREAM_AGES) of posts that the method was not fitted on: those of `measured`."""

    measured: np.ndarray
    by_method: dict[str, np.ndarray]


class ByMethod(NamedTuple):
    """Figures with their 95 % intervals, by AGES; mean: average precision over them; lead_of_model: the model's mean less this one's."""

    mean: Figure
    lead_of_model: Figure
    average_precision: list[Figure]
    recall_at_half: list[Figure]
    recall_at_budget: list[Figure]


class Measured(NamedTuple):
    """One split. open: posts not yet at their level and those of them that became hot, by AGES; streams: by method and BUDGETS;
    above_impact: the model's stream when it alarms as soon as its logit exceeds that of the age's base rate by so much; calibration by
    AGES: Brier score, that of the base rate, and both calibration errors of the model; bins and curves for the plots."""

    posts: int
    hot: int
    open: list[tuple[int, int]]
    methods: dict[str, ByMethod]
    streams: dict[str, list[dict[str, Figure]]]
    above_impact: dict[int, dict[str, Figure]]
    calibration: list[dict[str, float]]
    bins: list[list[tuple[int, float, float]]]
    curves: dict[str, list[tuple[np.ndarray, np.ndarray]]]


class Measurement(NamedTuple):
    """cross_validation: folds by hash of the post; by_time: trained on the older half, measured on the newer; unseen: alarms on the
    newer half without its outcomes, by name of the window that a cut is taken from and by BUDGETS; recalibrated: the newer half, by weight of
    the shipped model (infinity: as it is)."""

    cross_validation: Measured
    by_time: Measured
    unseen: dict[str, list[dict[str, Figure]]]
    recalibrated: dict[float, Recalibrated]


def measure(arrivals: Arrivals) -> Measurement:
    levels = site_levels(arrivals)
    level = np.asarray([levels[site] for site in arrivals.sites.tolist()], dtype=float)
    everyone = np.ones(len(level), dtype=bool)
    older = older_half(arrivals)
    folded = Split(everyone, {name: folded_scores(name, arrivals, level, everyone) for name in METHODS})
    timed = Split(~older, {name: scores(method, arrivals, level, older) for name, method in METHODS.items()})
    return Measurement(
        cross_validation=_measured(folded, arrivals, level),
        by_time=_measured(timed, arrivals, level),
        unseen=_unseen(arrivals, level, older),
        recalibrated={weight: recalibrated(timed.by_method[MODEL], arrivals, level, ~older, weight) for weight in (math.inf, *WEIGHTS)},
    )


def _unseen(arrivals: Arrivals, level: np.ndarray, older: np.ndarray) -> dict[str, list[dict[str, Figure]]]:
    """The model and its exceedances are of the older half; so are the first posts that a cut is taken from, scored in folds."""
    before = folded_alarm_scores(arrivals, level, older)
    table = alarm_table(before[older])
    scores_ = np.where(older[:, None], before, alarm_scores(fit(arrivals, level, older), arrivals, level))
    exceedance, weight = exceedance_of(scores_, table), weightings(int((~older).sum()))
    return {
        window.name: [_with_intervals(stream_by_budget(exceedance, arrivals, level, ~older, budget, window, weight)) for budget in BUDGETS]
        for window in WINDOWS
    }


def folded_scores(name: str, arrivals: Arrivals, level: np.ndarray, among: np.ndarray) -> np.ndarray:
    """Scores of the posts of `among`, each from a fit on the other folds of `among`."""
    found = np.full((len(level), len(STREAM_AGES)), np.nan)
    folds = folds_of(arrivals)
    for fold in range(FOLDS):
        rows = among & (folds == fold)
        found[rows] = scores(METHODS[name], arrivals, level, among & (folds != fold))[rows]
    return found


def _measured(split: Split, arrivals: Arrivals, level: np.ndarray) -> Measured:
    rows = np.flatnonzero(split.measured)
    hot = (arrivals.totals >= level)[rows]
    weight = weightings(len(rows))
    reached, sites = minutes_to_level(arrivals, level)[rows], arrivals.sites[rows]
    by_method = {name: found[rows] for name, found in split.by_method.items()}
    places = [STREAM_AGES.index(age) for age in AGES]
    open_ = [~np.isnan(by_method[MODEL][:, place]) for place in places]
    rankings = {
        name: [Ranking(hot[rest], found[rest, place], weight[:, rest]) for place, rest in zip(places, open_)] for name, found in by_method.items()
    }
    means = {name: np.mean([ranking.average_precision() for ranking in each], axis=0) for name, each in rankings.items()}
    methods = {
        name: ByMethod(
            mean=interval(means[name]),
            lead_of_model=interval(means[MODEL] - means[name]),
            average_precision=[interval(ranking.average_precision()) for ranking in each],
            recall_at_half=[interval(ranking.recall_at_precision(0.5)) for ranking in each],
            recall_at_budget=[interval(ranking.recall_at_share(0.05)) for ranking in each],
        )
        for name, each in rankings.items()
    }
    probabilities = [(hot[rest], by_method[MODEL][rest, place]) for place, rest in zip(places, open_)]
    rates = base_rates(arrivals, level)
    base = np.asarray([base_rate_at(age, rates) for age in STREAM_AGES])
    above = {impact: stream_above(by_method[MODEL], reached, 1 / (1 + (1 / base - 1) * np.exp(-impact)), weight) for impact in IMPACTS}
    streamed = {**by_method, MODEL_WEIGHED: odds_by_age(by_method[MODEL])}
    return Measured(
        posts=len(rows),
        hot=int(hot.sum()),
        open=[(len(came), int(came.sum())) for came, _ in probabilities],
        methods=methods,
        streams={name: [_stream(found, sites, reached, budget, weight) for budget in BUDGETS] for name, found in streamed.items()},
        above_impact={impact: _with_intervals(each) for impact, each in above.items()},
        calibration=[_calibration(came, said) for came, said in probabilities],
        bins=[calibration_bins(came, said) for came, said in probabilities],
        curves={name: [(r.recall()[0], r.precision()[0]) for r in each] for name, each in rankings.items()},
    )


def _stream(found: np.ndarray, sites: np.ndarray, reached: np.ndarray, budget: float, weight: np.ndarray) -> dict[str, Figure]:
    return _with_intervals(stream_at_budget(found, sites, reached, budget, weight))


def _with_intervals(stream: Stream) -> dict[str, Figure]:
    return {name: interval(values) for name, values in stream._asdict().items()}


def _calibration(hot: np.ndarray, probability: np.ndarray) -> dict[str, float]:
    return {
        "brier": brier(hot, probability),
        "brier_of_base_rate": brier(hot, np.full(len(hot), hot.mean())),
        "error": calibration_error(hot, probability),
        "error_of_widths": calibration_error_of_widths(hot, probability),
        "said": float(probability.mean()),
        "came": float(hot.mean()),
    }
