"""The original team's method, as a baseline: normal densities of a post's comments at each age, for hot and for other posts."""

from __future__ import annotations

import numpy as np


def published_ratio(seen: np.ndarray, hot: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """ln(density among hot posts / density among the others), as published: of plain counts at one age, all sites together."""
    hot_mean, hot_spread = _fitted(seen[chosen & hot])
    cold_mean, cold_spread = _fitted(seen[chosen & ~hot])
    return _log_density(seen, hot_mean, hot_spread) - _log_density(seen, cold_mean, cold_spread)


def corrected_ratio(seen: np.ndarray, level: np.ndarray, hot: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """The same of comments / the site's level, never falling as comments rise: left of its lowest point it keeps that point's value."""
    share = seen / level
    least = 0.5 / level.min()
    hot_mean, hot_spread = _fitted(share[chosen & hot])
    cold_mean, cold_spread = _fitted(share[chosen & ~hot])
    cold_spread = max(cold_spread, least)
    hot_spread = max(hot_spread, cold_spread * 1.05)
    lowest = (cold_mean / cold_spread**2 - hot_mean / hot_spread**2) / (1 / cold_spread**2 - 1 / hot_spread**2)
    at = np.maximum(share, lowest)
    return _log_density(at, hot_mean, hot_spread) - _log_density(at, cold_mean, cold_spread)


def _fitted(values: np.ndarray) -> tuple[float, float]:
    # Where every post has the same count the spread is 0: half a comment keeps the density finite.
    return float(values.mean()), max(float(values.std()), 1e-3)


def _log_density(values: np.ndarray, mean: float, spread: float) -> np.ndarray:
    return -np.log(spread) - ((values - mean) / spread) ** 2 / 2
