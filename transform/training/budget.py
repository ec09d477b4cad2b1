"""Alarms by budget: the cut of a site from its own latest posts, shrunk to what the model's own table promises. The warehouse has the same rule."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from arrivals import Arrivals
from methods import STREAM_AGES
from stream import Stream, minutes_to_level, stream_figures

PRIOR_POSTS = 100
WINDOW_DAYS = 14
# The record of this repository is sparse, some days without a post: measured too with so many latest posts instead of so many days.
RECENT_POSTS = 200


def cut_of(lowest: np.ndarray, share: float, prior_posts: float = PRIOR_POSTS) -> float:
    """The largest c in (0, 1] with (posts of lowest < c) + prior_posts c <= share (posts + prior_posts); 0 when there is none.

    lowest: the lowest exceedance of each finished post over its looks, in [0, 1]. A look alarms when its exceedance is below the cut.
    prior_posts: weight, in posts, of the table's word that a share c of posts goes below c."""
    rising = np.concatenate([[0.0], np.sort(lowest), [1.0]])
    below = np.arange(len(lowest) + 1)
    cuts = np.minimum(rising[1:], (share * (len(lowest) + prior_posts) - below) / prior_posts)
    valid = cuts[cuts > rising[:-1]]
    return float(valid.max()) if len(valid) else 0.0


class Window(NamedTuple):
    """Which finished posts of a site a cut is taken from, those of the latest days or so many latest ones, and how often a post is looked at."""

    name: str
    days: float | None = None
    posts: int | None = None
    minutes_apart: int = 5


WINDOWS = (
    Window(f"latest {RECENT_POSTS}", posts=RECENT_POSTS),
    Window(f"latest {RECENT_POSTS}, looks 30 minutes apart", posts=RECENT_POSTS, minutes_apart=30),
    Window(f"{WINDOW_DAYS} days", days=WINDOW_DAYS),
)


def stream_by_budget(
    exceedance: np.ndarray, arrivals: Arrivals, level: np.ndarray, later: np.ndarray, share: float, window: Window, weight: np.ndarray
) -> Stream:
    """Posts of `later` as they come, each with the cut of the moment it was written. exceedance: posts x STREAM_AGES, 0 at the level; of posts
    that are not `later`, from a fit on others. A post that first alarms at its level counts as alarmed and not as found.

    weight: weightings x posts of `later`."""
    looks = [place for place, age in enumerate(STREAM_AGES) if age % window.minutes_apart == 0]
    exceedance, ages = exceedance[:, looks], np.asarray(STREAM_AGES)[looks]
    lowest = exceedance.min(axis=1)
    over = STREAM_AGES[-1] * 60
    first = np.full(len(lowest), np.inf)
    for row in np.flatnonzero(later):
        finished = (arrivals.sites == arrivals.sites[row]) & (arrivals.created < arrivals.created[row] - over)
        if window.days is not None:
            finished &= arrivals.created >= arrivals.created[row] - window.days * 86_400
        known = np.flatnonzero(finished)
        if window.posts is not None:
            known = known[np.argsort(arrivals.created[known], kind="stable")][-window.posts :]
        below = exceedance[row] < cut_of(lowest[known], share)
        if below.any():
            first[row] = ages[below.argmax()]
    reached = minutes_to_level(arrivals, level)[later]
    return stream_figures(np.broadcast_to(first[later], weight.shape), reached, weight)
