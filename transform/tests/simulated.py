"""Invented posts of which we know what made them hot: for the optional columns, which no recording holds yet."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from arrivals import Arrivals, read_arrivals
from folds import folds_of
from measures import Ranking
from methods import AGES, METHODS, MODEL, STREAM_AGES, scores

READ_AT = (5, 10, 20, 30, 60, 120, 240)


def simulated_lines(posts: int, seed: int, *, views: str) -> list[dict]:
    """Posts with a hidden interest that brings the comments, most of them after hours. views: "telling" (they follow the interest from the
    first minutes on), "noise" (they follow nothing) or "none" (no reading)."""
    draws = np.random.Generator(np.random.PCG64(seed))
    interest = draws.normal(size=posts)
    totals = draws.poisson(np.exp(1.2 + 1.1 * interest))
    viewers = 200 * np.exp(1.1 * (interest if views == "telling" else draws.normal(size=posts)) + 0.3 * draws.normal(size=posts))
    return [
        {
            "site": "clien",
            "post": n,
            "createdAt": f"{np.datetime64('2026-01-01T00:00') + np.timedelta64(47 * n, 'm')}Z",
            "commentMinutes": np.round(np.exp(draws.normal(5, 1.3, size=totals[n])), 1).tolist(),
            **({} if views == "none" else {"readings": [_reading(minute, viewers[n], draws) for minute in READ_AT]}),
        }
        for n in range(posts)
    ]


def _reading(minute: int, viewers: float, draws: np.random.Generator) -> dict:
    return {"minute": minute, "views": int(draws.poisson(viewers * minute / (minute + 60))), "likes": None, "list_rank": None}


def arrivals_of_lines(path: Path, lines: list[dict]) -> Arrivals:
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return read_arrivals(path)


def without_columns(lines: list[dict]) -> list[dict]:
    return [{name: value for name, value in line.items() if name in ("site", "post", "createdAt", "commentMinutes")} for line in lines]


def mean_pr_auc(arrivals: Arrivals, level: np.ndarray) -> float:
    """Of the model over AGES, in cross-validation."""
    folds = folds_of(arrivals)
    found = np.full((len(level), len(STREAM_AGES)), np.nan)
    for fold in sorted(set(folds.tolist())):
        found[folds == fold] = scores(METHODS[MODEL], arrivals, level, folds != fold)[folds == fold]
    hot = arrivals.totals >= level
    columns = [(found[:, STREAM_AGES.index(age)], ~np.isnan(found[:, STREAM_AGES.index(age)])) for age in AGES]
    return float(np.mean([Ranking(hot[rest], said[rest], np.ones((1, rest.sum()))).average_precision()[0] for said, rest in columns]))
