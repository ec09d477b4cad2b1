"""Holds results of a batch against the job's: compare.py <folder of the job's score> <other result> … . Each is a file or folder of Parquet
with site, board, post_id, comments_seen, raw_probability. Prints the posts; ends with a sentence and status 1 when keys, counts or
probabilities (beyond 1e-6) differ, or when there is no post."""

from __future__ import annotations

import sys

import pyarrow.parquet as pq

KEY = ["site", "board", "post_id"]
MOST_DIFFERENCE = 1e-6

Key = tuple[str, str, str]
Row = tuple[Key, int | None, float | None]


def main(ours: str, *others: str) -> None:
    job = read(ours)
    for other in others:
        wrong = difference(job, read(other))
        if wrong is not None:
            sys.exit(f"{other} differs from the job: {wrong}")
    print(f"{len(job)} posts, {len(others)} other results are equal")


def read(path: str) -> list[Row]:
    """Key, comments_seen and raw_probability of each row."""
    table = pq.read_table(path, columns=[*KEY, "comments_seen", "raw_probability"], partitioning=None).to_pydict()
    return list(zip(zip(*[table[name] for name in KEY]), table["comments_seen"], table["raw_probability"]))


def difference(job: list[Row], other: list[Row]) -> str | None:
    """What is wrong, in words; None when nothing is. A value that is missing, or no number, differs from everything."""
    if not job:
        return "the job has no post"
    expected = {key: (count, probability) for key, count, probability in job}
    if len(expected) != len(job) or sorted(key for key, _, _ in other) != sorted(expected):
        return f"the posts are not the same: {len(job)} and {len(other)}"
    counts = sum(count is None or count != expected[key][0] for key, count, _ in other)
    apart = sum(not _is_near(probability, expected[key][1]) for key, _, probability in other)
    return f"{counts} counts and {apart} probabilities" if counts + apart > 0 else None


def _is_near(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= MOST_DIFFERENCE


if __name__ == "__main__":
    main(*sys.argv[1:])
