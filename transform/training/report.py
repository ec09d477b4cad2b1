"""What the densities find in the data they were trained on (so: an upper bound), by age and as a stream."""

from __future__ import annotations

import numpy as np

from arrivals import Arrivals, counts_at
from densities import SITE_ALIASES, impact

AGES = np.asarray([10, 20, 30, 60, 120, 240])
STREAM_AGES = np.arange(5, 241, 5)


def report(model: dict, arrivals: Arrivals) -> str:
    """A table: hot when impact > 0; posts already at their level are left out (nothing to foresee)."""
    level = np.asarray([model["site_levels"][site] for site in arrivals.sites])
    hot = arrivals.totals >= level
    lines = ["age_min  posts  hot  alarmed  recall  precision  recall_of_cold"]
    for age in AGES:
        count = counts_at(arrivals, np.asarray([age]))[:, 0]
        open_ = count < level
        alarmed = impact(model, np.full(len(count), age), count, level) > 0
        lines.append(f"{age:7d}  " + _row(hot[open_], alarmed[open_]))
    first, at_level = _stream(model, arrivals, level)
    caught = first < at_level
    stream = _row(hot, caught)
    reached = caught & np.isfinite(at_level)
    lead = np.median(at_level[reached] - first[reached])
    lines.append(f" stream  {stream}   (every 5 min to 240, before the level; median lead {lead:.0f} min)")
    lines.append(f"trained on {len(hot)} posts, {int(hot.sum())} hot; the same posts are scored here. Aliases: {SITE_ALIASES}")
    return "\n".join(lines)


def _stream(model: dict, arrivals: Arrivals, level: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Minutes of the first alarm, and of the comment that reached the level; infinity for never."""
    counts = counts_at(arrivals, STREAM_AGES)
    alarmed = np.stack([impact(model, np.full(len(level), age), counts[:, i], level) > 0 for i, age in enumerate(STREAM_AGES)], axis=1)
    first = np.where(alarmed.any(axis=1), STREAM_AGES[alarmed.argmax(axis=1)], np.inf)
    reached = [each[k - 1] if len(each) >= k else np.inf for each, k in zip(arrivals.minutes, level)]
    return first, np.asarray(reached)


def _row(hot: np.ndarray, alarmed: np.ndarray) -> str:
    found = int((hot & alarmed).sum())
    recall, precision = found / max(1, hot.sum()), found / max(1, alarmed.sum())
    cold = float((~alarmed[~hot]).mean())
    return f"{len(hot):5d}  {int(hot.sum()):3d}  {int(alarmed.sum()):7d}  {recall:6.2f}  {precision:9.2f}  {cold:14.2f}"
