"""Holds two results of a batch against each other: compare.py <the job's score folder> <the other's score.parquet>. Prints the posts; ends
with a sentence and status 1 when keys, counts or probabilities (beyond 1e-6) differ."""

from __future__ import annotations

import sys

import pandas as pd

KEY = ["site", "board", "post_id"]


def main(ours: str, other: str) -> None:
    job, sql = [pd.read_parquet(path, columns=[*KEY, "comments_seen", "raw_probability"]).set_index(KEY).sort_index() for path in (ours, other)]
    if not job.index.equals(sql.index):
        sys.exit(f"the results are of different posts: {len(job)} and {len(sql)}")
    counts = int((job["comments_seen"] != sql["comments_seen"]).sum())
    largest = float((job["raw_probability"] - sql["raw_probability"]).abs().max())
    if counts > 0 or largest > 1e-6:
        sys.exit(f"{counts} posts have other counts, probabilities differ by up to {largest}")
    print(len(job))


main(sys.argv[1], sys.argv[2])
