"""Which posts a model may learn from when it is measured on others."""

from __future__ import annotations

import hashlib

import numpy as np

from arrivals import Arrivals

FOLDS = 5


def folds_of(arrivals: Arrivals) -> np.ndarray:
    """0 to FOLDS - 1 by the hash of site and post: a post keeps its fold whatever else the file holds."""
    names = [f"{site}/{post}" for site, post in zip(arrivals.sites.tolist(), arrivals.posts)]
    return np.asarray([int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS for name in names])


def older_half(arrivals: Arrivals) -> np.ndarray:
    order = np.argsort(arrivals.created, kind="stable")
    older = np.zeros(len(order), dtype=bool)
    older[order[: len(order) // 2]] = True
    return older
