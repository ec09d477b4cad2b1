"""Whole batches that are odd, but right: each must be scored as it is meant."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Callable

from raw_batch import BATCH, READ_AT, comment, instant, many, post, write_batch

# More rows than Sail keeps in one record batch.
CROWD_POSTS = 9_000
CROWD = post(3, age_minutes=600)
CROWD_COMMENTS = 10_000
LATER = instant(READ_AT.replace(minute=2))


def crowd(root: Path) -> None:
    """Many posts without a comment, and one on which all of them fall, a third in one second."""
    posts = [CROWD, *[post(10_000 + n, age_minutes=n % 100) for n in range(CROWD_POSTS - 1)]]
    write_batch(root, posts, [comment(CROWD, n, minutes=max(0, n - 3_000) / 20) for n in range(CROWD_COMMENTS)])


def late(root: Path) -> None:
    """Three parts: the newer readings lie in the first one, and lines of it come again in the others."""
    old, new = post(1, age_minutes=30, views=10), {**post(1, age_minutes=30, views=20), "collected_at": LATER}
    first = {**comment(old, 1, minutes=5, likes=7), "collected_at": LATER}
    write_batch(root, [new, post(2)], [first, comment(new, 2, minutes=31)])
    write_batch(root, [old], [{**first, "collected_at": old["collected_at"], "likes": 1}, comment(old, 3, minutes=6)], part=2)
    write_batch(root, [new], [first, first], part=3)


def orphans(root: Path) -> None:
    """Comments of a post that is not there, and of one whose own line is refused."""
    refused = post(2, views=-1)
    write_batch(root, [post(1, age_minutes=30), refused], [comment(post(9), 1), comment(refused, 2), comment(post(1, age_minutes=30), 3)])


def empty_files(root: Path) -> None:
    """A part that found nothing leaves files without a line."""
    write_batch(root, [post(1)], [])
    for table in ("post", "comment"):
        path = root / f"raw/{table}/batch={BATCH}/site=clien/clien-0002.ndjson.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(b""))


def broken_text(root: Path) -> None:
    """Bytes that are no UTF-8, as no writer of ours leaves them."""
    lines = [post(1, title="x%%"), post(2, post_id="1002%%")]
    write_batch(root, lines, [])
    path = root / f"raw/post/batch={BATCH}/site=clien/clien-0001.ndjson.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"%%", b"\xff\xfe")))


HOSTILE: dict[str, Callable[[Path], None]] = {
    "crowd": crowd,
    "late": late,
    "orphans": orphans,
    "empty_files": empty_files,
    "small": lambda root: write_batch(root, *many(200, 800, seed=3)) and None,
}
