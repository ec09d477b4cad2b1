"""The way that the original team published, on the same input: original_way.py <folder> <output file> filter|index.

pandas reads posts and comments and drops duplicates. Then a Python loop takes one post after the other, looks its comments up in the frame,
counts them in each 5-minute bin of its age up to 720 minutes, and keeps the highest ln(hot density / cold density) of two normal densities a
bin. Two ways to look up:

filter  selects the rows of the frame whose post id is this one, once a post, as the original did: work grows with posts times comments
index   the kindest reading of it: the frame is sorted and indexed by post once, and a look-up is a search in that index

Kinder than the original in both: the densities' means and spreads are constants instead of fitted ones, and a post's comments are selected
once instead of once a bin. Nothing is validated but what is no JSON; one Parquet file is written.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

BIN_MINUTES = 5
LAST_BIN = 720

LookUp = Callable[[str, str], pd.Series]


def main(folder: Path, output: Path, way: str) -> None:
    posts = read(folder / "raw/post", ["site", "post_id", "created_at", "collected_at", "comment_count"], ["site", "post_id"])
    columns = ["site", "post_id", "comment_id", "created_at", "collected_at", "body", "likes"]
    comments = read(folder / "raw/comment", columns, ["site", "post_id", "comment_id"])
    look_up = {"filter": by_filter, "index": by_index}[way](comments)
    scores = [score_of(post.created_at, post.collected_at, look_up(post.site, post.post_id)) for post in posts.itertuples()]
    posts.assign(impact=scores).to_parquet(output)


def read(folder: Path, columns: list[str], key: list[str]) -> pd.DataFrame:
    rows = []
    for path in sorted(folder.rglob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for text in lines:
                try:
                    record = json.loads(text)
                except ValueError:
                    continue
                rows.append([record[name] for name in columns])
    frame = pd.DataFrame(rows, columns=columns).sort_values("collected_at", kind="stable").drop_duplicates(key, keep="last")
    return frame.assign(created_at=pd.to_datetime(frame["created_at"]), collected_at=pd.to_datetime(frame["collected_at"]))


def by_filter(comments: pd.DataFrame) -> LookUp:
    return lambda _site, post_id: comments[comments["post_id"] == post_id]["created_at"]


def by_index(comments: pd.DataFrame) -> LookUp:
    by_post = comments.set_index(["site", "post_id"]).sort_index()
    none = comments["created_at"].iloc[:0]

    def look_up(site: str, post_id: str) -> pd.Series:
        try:
            return by_post.loc[[(site, post_id)], "created_at"]
        except KeyError:
            return none

    return look_up


def score_of(created: pd.Timestamp, read_at: pd.Timestamp, arrived: pd.Series) -> float:
    """The highest ln(hot density / cold density) of the post's bins until it was read; -inf for one that is younger than a bin."""
    minutes = ((arrived - created).dt.total_seconds() / 60).to_numpy()
    age = (read_at - created).total_seconds() / 60
    ends = range(BIN_MINUTES, int(min(age, LAST_BIN)) + 1, BIN_MINUTES)
    return max((ratio_of(end, int(np.count_nonzero(minutes <= end))) for end in ends), default=-math.inf)


def ratio_of(end: int, count: int) -> float:
    """Of so many comments by the end of a bin (minutes): the means and spreads grow with it, roughly as those of the published arrivals."""
    hot = density(count, 0.35 * end**0.7, 4 + 0.2 * end**0.7)
    cold = density(count, 0.05 * end**0.7, 1 + 0.06 * end**0.7)
    return math.log(max(hot, 1e-300) / max(cold, 1e-300))


def density(count: int, mean: float, spread: float) -> float:
    return math.exp(-(((count - mean) / spread) ** 2) / 2) / (spread * math.sqrt(2 * math.pi))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
