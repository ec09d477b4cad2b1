"""Logistic regression with a ridge penalty, by Newton's method. Numpy only."""

from __future__ import annotations

import numpy as np

MOST_STEPS = 50


def fit_logistic(x: np.ndarray, y: np.ndarray, weight: np.ndarray, ridge: float | np.ndarray) -> np.ndarray:
    """Coefficients, the intercept first. x: rows x terms, without a column of ones; y: 0 or 1; weight: of each row.

    The penalty is ridge / 2 (one for all terms, or one a term) times the squares of the coefficients of the standardised terms; the
    intercept is free. Raises ValueError when the rows are all of one kind or no step converges.
    """
    if not 0 < np.average(y, weights=weight) < 1:
        raise ValueError("every row has the same outcome: nothing to learn from")
    mean = np.average(x, axis=0, weights=weight)
    spread = np.sqrt(np.average((x - mean) ** 2, axis=0, weights=weight))
    spread[spread == 0] = 1
    terms = np.column_stack([np.ones(len(x)), (x - mean) / spread])
    penalty = np.zeros(terms.shape[1])
    penalty[1:] = ridge
    found = np.zeros(terms.shape[1])
    for _ in range(MOST_STEPS):
        p = probability_of(terms @ found)
        slope = terms.T @ (weight * (p - y)) + penalty * found
        curvature = (terms * (weight * p * (1 - p))[:, None]).T @ terms + np.diag(penalty)
        step = np.linalg.solve(curvature, slope)
        found = found - step
        if np.abs(step).max() < 1e-10:
            scaled = found[1:] / spread
            return np.concatenate([[found[0] - scaled @ mean], scaled])
    raise ValueError(f"no convergence within {MOST_STEPS} steps")


def probability_of(logit: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-logit))."""
    return 1 / (1 + np.exp(-np.clip(logit, -500, 500)))
