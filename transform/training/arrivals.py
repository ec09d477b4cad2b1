"""The recorded comment arrivals, as data/comment-arrivals/README.md describes them."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np

# Hot means: comments within this many minutes of creation reach the site's level.
WINDOW_MINUTES = 4320
HOT_QUANTILE = 0.97


class Arrivals(NamedTuple):
    """One entry a post, in file order: its site, the minutes of its comments (ascending), and the count within WINDOW_MINUTES."""

    sites: list[str]
    minutes: list[np.ndarray]
    totals: np.ndarray
    sha256: str


def read_arrivals(path: Path) -> Arrivals:
    """path: ndjson.gz with site and commentMinutes a line. The fingerprint is of the uncompressed text."""
    text = gzip.decompress(path.read_bytes())
    posts = [json.loads(line) for line in text.splitlines()]
    minutes = [np.asarray(post["commentMinutes"], dtype=float) for post in posts]
    totals = np.asarray([int(np.searchsorted(each, WINDOW_MINUTES, side="right")) for each in minutes])
    return Arrivals([post["site"] for post in posts], minutes, totals, hashlib.sha256(text).hexdigest())


def site_levels(arrivals: Arrivals) -> dict[str, int]:
    """By site, the 97th percentile ("higher") of comments a post: the count from which a post is hot."""
    sites = np.asarray(arrivals.sites)
    return {site: level_of(arrivals.totals[sites == site]) for site in sorted(set(arrivals.sites))}


def level_of(totals: np.ndarray) -> int:
    return int(np.quantile(totals, HOT_QUANTILE, method="higher"))


def counts_at(arrivals: Arrivals, ages: np.ndarray) -> np.ndarray:
    """posts x ages: comments that had arrived by each age (minutes)."""
    return np.stack([np.searchsorted(each, ages, side="right") for each in arrivals.minutes])
