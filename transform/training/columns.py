"""Optional columns of recorded arrivals: what each reading of a post showed besides its comments, and what is known from its title.

A line may carry readings: [{minute, views, likes, list_rank}] (each value a number or null), title_length (characters), title_question
(true or false) and keyword_count. What it does not carry is missing."""

from __future__ import annotations

import json
import math
from typing import NamedTuple, Sequence

import numpy as np

OF_READING = ("views", "likes", "list_rank")
OF_POST = ("keyword_count", "title_length", "title_question")
OPTIONAL_COLUMNS = (*OF_READING, *OF_POST)
# The others are taken as they are: few keywords match, and a question is one or is none.
LOGARITHMIC = ("views", "likes", "list_rank", "title_length")
LEAST = {"views": 0, "likes": -math.inf, "list_rank": 1, "keyword_count": 0, "title_length": 0}


class PostColumns(NamedTuple):
    """Of one post. readings: (minute, then OF_READING) by rising minute; of_post: by OF_POST; NaN where nothing is known."""

    readings: list[tuple[float, ...]]
    of_post: tuple[float, ...]


class Columns(NamedTuple):
    """Of many posts. minutes and owners: one entry a reading, post after post, rising inside a post; of_reading: readings x OF_READING;
    of_post: posts x OF_POST."""

    minutes: np.ndarray
    owners: np.ndarray
    of_reading: np.ndarray
    of_post: np.ndarray

    def known_at(self, name: str, age: float) -> np.ndarray:
        """By post, the column as the formula takes it, from the latest reading at or before an age (minutes); NaN where it is missing there."""
        if name in OF_POST:
            value = self.of_post[:, OF_POST.index(name)]
        else:
            posts = len(self.of_post)
            sizes = np.bincount(self.owners, minlength=posts)
            read = np.bincount(self.owners[self.minutes <= age], minlength=posts)
            value = np.full(posts, np.nan)
            value[read > 0] = self.of_reading[(np.cumsum(sizes) - sizes + read - 1)[read > 0], OF_READING.index(name)]
        # More people may dislike a post than like it: below 0 is taken for 0.
        return np.log1p(np.maximum(value, 0)) if name in LOGARITHMIC else value


def columns_of(posts: Sequence[PostColumns]) -> Columns:
    readings = [reading for post in posts for reading in post.readings]
    table = np.asarray(readings, dtype=float).reshape(len(readings), 1 + len(OF_READING))
    return Columns(
        minutes=table[:, 0],
        owners=np.repeat(np.arange(len(posts)), [len(post.readings) for post in posts]),
        of_reading=table[:, 1:],
        of_post=np.asarray([post.of_post for post in posts], dtype=float).reshape(len(posts), len(OF_POST)),
    )


def parsed_columns(record: dict) -> PostColumns:
    """record: one line of arrivals. Raises ValueError for what is no reading and no number."""
    readings = record.get("readings")
    if readings is not None and not isinstance(readings, list):
        raise ValueError(f"readings is {json.dumps(readings)[:60]}, not a list")
    return PostColumns(sorted(map(_reading, readings or []), key=lambda reading: reading[0]), tuple(_value(record, name) for name in OF_POST))


def _reading(reading: object) -> tuple[float, ...]:
    if not isinstance(reading, dict):
        raise ValueError(f"readings holds {json.dumps(reading)[:60]}, not an object")
    minute = _value(reading, "minute")
    if math.isnan(minute):
        raise ValueError("a reading has no minute")
    return (minute, *(_value(reading, name) for name in OF_READING))


def _value(record: dict, name: str) -> float:
    value = record.get(name)
    if value is None:
        return math.nan
    right = isinstance(value, bool) if name == "title_question" else not isinstance(value, bool) and isinstance(value, (int, float)) and math.isfinite(value)
    if not right or value < LEAST.get(name, -1):
        raise ValueError(f"{name} is {json.dumps(value)[:60]}, which it cannot be")
    return float(value)
