"""The measurement as Markdown for the model card, and in short for model.json."""

from __future__ import annotations

import math

from budget import WINDOWS
from measure import BUDGETS, Figure, Measured, Measurement
from methods import AGES, MODEL

BEGIN, END = "<!-- evaluate: begin -->", "<!-- evaluate: end -->"


def markdown(measurement: Measurement) -> str:
    """Tables of both splits, of the unseen stream and of recalibration."""
    parts = []
    for name, measured in (
        ("Cross-validation: five folds by hash of the post", measurement.cross_validation),
        ("Split by time: trained on the older half, measured on the newer", measurement.by_time),
    ):
        parts += [f"### {name}", f"{measured.posts} posts, {measured.hot} hot.", *_ranking(measured), *_at_one_age(measured), *_calibration(measured)]
        parts += _streams(measured)
    return "\n\n".join([*parts, *_unseen(measurement), *_recalibrated(measurement)]) + "\n"


def placed(card: str, text: str) -> str:
    """The card with the text between its two marks. Raises ValueError when it has none."""
    if card.count(BEGIN) != 1 or card.count(END) != 1 or card.index(BEGIN) > card.index(END):
        raise ValueError(f"it must hold {BEGIN} and {END}, once each, in this order")
    return card[: card.index(BEGIN) + len(BEGIN)] + "\n" + text + card[card.index(END) :]


def metrics(measurement: Measurement) -> dict[str, object]:
    """For model.json: [figure, lower, upper] with 95 % intervals."""
    return {
        "ages": list(AGES),
        **{name: _short(measured) for name, measured in measurement._asdict().items() if isinstance(measured, Measured)},
        "unseen_stream": _by_budget(measurement.unseen[WINDOWS[0].name]),
    }


def _short(measured: Measured) -> dict[str, object]:
    of_model = measured.methods[MODEL]
    return {
        "posts": measured.posts,
        "hot": measured.hot,
        "mean_pr_auc": [_rounded(value) for value in of_model.mean],
        "mean_pr_auc_of": {name: _rounded(each.mean[0]) for name, each in measured.methods.items() if name != MODEL},
        "pr_auc": [[_rounded(value) for value in figure] for figure in of_model.average_precision],
        "calibration_error": [_rounded(each["error"]) for each in measured.calibration],
        "stream": _by_budget(measured.streams[MODEL]),
    }


def _by_budget(streams: list[dict[str, Figure]]) -> dict[str, object]:
    return {f"{budget:g}": {name: [_rounded(value) for value in figure] for name, figure in each.items()} for budget, each in zip(BUDGETS, streams)}


def _rounded(value: float) -> float | None:
    return round(value, 3) if math.isfinite(value) else None


def _ranking(measured: Measured) -> list[str]:
    rows = [
        [name, _with_interval(each.mean), "" if name == MODEL else _with_interval(each.lead_of_model), *[f"{f[0]:.3f}" for f in each.average_precision]]
        for name, each in measured.methods.items()
    ]
    random = [hot / posts for posts, hot in measured.open]
    rows.append(["random", f"{sum(random) / len(random):.3f}", "", *[f"{share:.3f}" for share in random]])
    heads = ["PR-AUC by age (min)", "mean [95 %]", "this model more by", *map(str, AGES)]
    return [_table(heads, rows)]


def _at_one_age(measured: Measured) -> list[str]:
    rows = []
    for name, each in measured.methods.items():
        cells = [f"{half[0]:.2f} / {budget[0]:.2f}" for half, budget in zip(each.recall_at_half, each.recall_at_budget)]
        rows.append([name, *cells])
    return [_table(["recall at precision 0.5 / with 5 % alarmed", *map(str, AGES)], rows)]


def _calibration(measured: Measured) -> list[str]:
    names = {
        "posts not at K (hot)": [f"{posts} ({hot})" for posts, hot in measured.open],
        "mean probability": [f"{each['said']:.4f}" for each in measured.calibration],
        "share that became hot": [f"{each['came']:.4f}" for each in measured.calibration],
        "expected calibration error, bins of equally many posts": [f"{each['error']:.4f}" for each in measured.calibration],
        "the same, bins of equal width": [f"{each['error_of_widths']:.4f}" for each in measured.calibration],
        "Brier score": [f"{each['brier']:.4f}" for each in measured.calibration],
        "Brier score of the base rate": [f"{each['brier_of_base_rate']:.4f}" for each in measured.calibration],
    }
    return [_table(["this model's probability", *map(str, AGES)], [[name, *cells] for name, cells in names.items()])]


def _streams(measured: Measured) -> list[str]:
    rows = []
    for name, by_budget in measured.streams.items():
        for budget, each in zip(BUDGETS, by_budget):
            rows.append([name, f"{budget:.0%}", *_stream_cells(each)])
    rows += [[f"this model, impact above {impact}", "none", *_stream_cells(each)] for impact, each in measured.above_impact.items()]
    return [_table(["stream, each site's own cut", "budget", "alarmed", "recall", "precision", "median lead (min)"], rows)]


def _stream_cells(each: dict[str, Figure]) -> list[str]:
    return [f"{each['volume'][0]:.1%}", _with_interval(each["recall"], 2), _with_interval(each["precision"], 2), _with_interval(each["lead"], 0)]


def _unseen(measurement: Measurement) -> list[str]:
    rows = [
        [window, f"{budget:.0%}", _percent(each["volume"]), *_stream_cells(each)[1:]]
        for window, by_budget in measurement.unseen.items()
        for budget, each in zip(BUDGETS, by_budget)
    ]
    heads = ["newer half as it comes, finished posts that a cut is taken from", "budget", "alarmed", "recall", "precision", "median lead (min)"]
    return ["### Unseen: the rule of the budget, no outcome used", _table(heads, rows)]


def _recalibrated(measurement: Measurement) -> list[str]:
    rows = []
    for weight, each in measurement.recalibrated.items():
        cells = [f"{error:.4f} / {loss:.4f}" for error, loss in zip([_mean(each.error), *each.error], [_mean(each.log_loss), *each.log_loss])]
        rows.append(["not at all" if math.isinf(weight) else f"k = {weight}", *cells])
    heads = ["calibration error / log loss by age (min), recalibrated", "mean", *map(str, AGES)]
    return ["### Recalibration by a site's own outcomes, newer half in its order", _table(heads, rows)]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _percent(figure: Figure) -> str:
    value, low, high = figure
    return f"{value:.1%} [{low:.1%}, {high:.1%}]"


def _with_interval(figure: Figure, digits: int = 3) -> str:
    value, low, high = (f"{each:.{digits}f}" for each in figure)
    return f"{value} [{low}, {high}]"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [heads, ["---"] * len(heads), *rows])
