"""Figures of a score against what came, each for one or many weightings of the posts (a bootstrap is a weighting)."""

from __future__ import annotations

import numpy as np

REPLICATES = 1000
SEED = 20240731
CALIBRATION_BINS = 10


def weightings(posts: int, replicates: int = REPLICATES) -> np.ndarray:
    """(1 + replicates) x posts: first every post once, then how often each was drawn. Always the same draws."""
    draws = np.random.Generator(np.random.PCG64(SEED)).integers(0, posts, size=(replicates, posts))
    counts = np.stack([np.bincount(draw, minlength=posts) for draw in draws])
    return np.concatenate([np.ones((1, posts)), counts]).astype(float)


def interval(values: np.ndarray) -> tuple[float, float, float]:
    """Of the figures by weighting: that of all posts, and the 2.5th and 97.5th percentile of the others."""
    low, high = np.nanpercentile(values[1:], [2.5, 97.5])
    return float(values[0]), float(low), float(high)


class Ranking:
    """Posts by falling score, for one set of weightings (rows)."""

    def __init__(self, hot: np.ndarray, score: np.ndarray, weight: np.ndarray) -> None:
        order = np.argsort(-score, kind="stable")
        ranked = score[order]
        # Posts of equal score come together or not at all.
        last = np.append(ranked[1:] != ranked[:-1], True)
        self._alarmed = np.cumsum(weight[:, order], axis=1)[:, last]
        self._found = np.cumsum(weight[:, order] * hot[order], axis=1)[:, last]

    def recall(self) -> np.ndarray:
        return self._found / np.maximum(self._found[:, -1:], 1)

    def precision(self) -> np.ndarray:
        return self._found / np.maximum(self._alarmed, 1)

    def average_precision(self) -> np.ndarray:
        """Area under the precision-recall curve, as steps (no interpolation)."""
        gained = np.diff(self.recall(), axis=1, prepend=0)
        return (gained * self.precision()).sum(axis=1)

    def recall_at_precision(self, least: float) -> np.ndarray:
        return np.where(self.precision() >= least, self.recall(), 0).max(axis=1)

    def recall_at_share(self, budget: float) -> np.ndarray:
        """The recall when at most this share of the posts is alarmed."""
        affordable = self._alarmed <= budget * self._alarmed[:, -1:]
        return np.where(affordable, self.recall(), 0).max(axis=1)


def brier(hot: np.ndarray, probability: np.ndarray) -> float:
    return float(np.mean((probability - hot) ** 2))


def calibration_bins(hot: np.ndarray, probability: np.ndarray) -> list[tuple[int, float, float]]:
    """(posts, mean probability, share that became hot) of ten bins of equally many posts, by rising probability."""
    order = np.argsort(probability, kind="stable")
    return [(len(rows), float(probability[rows].mean()), float(hot[rows].mean())) for rows in np.array_split(order, CALIBRATION_BINS) if len(rows)]


def calibration_error(hot: np.ndarray, probability: np.ndarray) -> float:
    """Expected calibration error over bins of equally many posts. Most bins hold probabilities near 0."""
    bins = calibration_bins(hot, probability)
    return sum(posts * abs(said - came) for posts, said, came in bins) / len(hot)


def calibration_error_of_widths(hot: np.ndarray, probability: np.ndarray) -> float:
    """The same over ten bins of equal width: the few high probabilities have bins of their own."""
    place = np.minimum((probability * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    gaps = np.bincount(place, weights=probability, minlength=CALIBRATION_BINS) - np.bincount(place, weights=hot, minlength=CALIBRATION_BINS)
    return float(np.abs(gaps).sum() / len(hot))
