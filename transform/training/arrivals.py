"""Recorded comment arrivals: one JSON object a line, {case?, site, post, createdAt, commentMinutes}, as data/comment-arrivals/README.md says.
A line may carry the optional columns of columns.py besides."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
import math
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from columns import Columns, PostColumns, columns_of, parsed_columns

# Hot means: comments within this many minutes of creation reach the site's level.
WINDOW_MINUTES = 4320
HOT_QUANTILE = 0.97


class ArrivalsError(Exception):
    """The file cannot be used; the message names it, the line, and what to do."""


class Arrivals(NamedTuple):
    """One entry a post, in file order. created: seconds since 1970; totals: comments within WINDOW_MINUTES; newest: the latest createdAt as
    written; sha256: of the uncompressed text, or of those of several files. minutes and owners: one entry a comment, post after post,
    ascending inside a post; columns: what else is known of the posts."""

    cases: list[str]
    sites: np.ndarray
    posts: list[str]
    created: np.ndarray
    minutes: np.ndarray
    owners: np.ndarray
    totals: np.ndarray
    newest: str
    sha256: str
    columns: Columns

    def seen_at(self, age: float) -> np.ndarray:
        """Comments that had arrived by an age (minutes), per post."""
        return np.bincount(self.owners[self.minutes <= age], minlength=len(self.posts)).astype(float)

    def recent_at(self, age: float, decay: float) -> np.ndarray:
        """Sum of exp(-(age - minute) / decay) over the comments that had arrived: the recent ones count, older ones fade."""
        arrived = self.minutes <= age
        faded = np.exp((self.minutes[arrived] - age) / decay)
        return np.bincount(self.owners[arrived], weights=faded, minlength=len(self.posts))

    def minute_of(self, number: np.ndarray) -> np.ndarray:
        """Minute of each post's comment of that number (1 = the first); infinity for a post that has fewer."""
        sizes = np.bincount(self.owners, minlength=len(self.posts))
        starts = np.cumsum(sizes) - sizes
        has = number <= sizes
        found = np.full(len(sizes), np.inf)
        found[has] = self.minutes[(starts + number.astype(int) - 1)[has]]
        return found


class Post(NamedTuple):
    case: str
    site: str
    post: str
    created_at: str
    created: float
    minutes: list[float]
    columns: PostColumns


def read_arrivals(path: Path) -> Arrivals:
    """path: ndjson, or ndjson.gz. Raises ArrivalsError for a missing or damaged file, for a malformed line (with its number) and for no line."""
    text = _text_of(path)
    return _arrivals_of(_posts_of(path, text), hashlib.sha256(text).hexdigest())


def read_sources(paths: Sequence[Path]) -> Arrivals:
    """One record of one or several files. Of several, the case of a post is the name of its file (source_of); sha256: of their own, in order.
    Raises ArrivalsError as read_arrivals, and for two files of one name."""
    if len(paths) == 1:
        return read_arrivals(paths[0])
    if len({source_of(path) for path in paths}) < len(paths):
        raise ArrivalsError(f"{' and '.join(map(str, paths))} have the same name; a post's source is told by it")
    texts = [_text_of(path) for path in paths]
    posts = [post._replace(case=source_of(path)) for path, text in zip(paths, texts) for post in _posts_of(path, text)]
    return _arrivals_of(posts, hashlib.sha256("".join(hashlib.sha256(text).hexdigest() for text in texts).encode()).hexdigest())


def source_of(path: Path) -> str:
    return path.name.split(".")[0]


def _posts_of(path: Path, text: bytes) -> list[Post]:
    posts = [_parsed(path, number, line) for number, line in enumerate(text.split(b"\n"), start=1) if line.strip()]
    if not posts:
        raise ArrivalsError(f"{path} has no post; give a file with one JSON object a line")
    return posts


def _arrivals_of(posts: list[Post], sha256: str) -> Arrivals:
    minutes = np.asarray([minute for post in posts for minute in post.minutes], dtype=float)
    owners = np.repeat(np.arange(len(posts)), [len(post.minutes) for post in posts])
    created = np.asarray([post.created for post in posts])
    return Arrivals(
        cases=[post.case for post in posts],
        sites=np.asarray([post.site for post in posts]),
        posts=[post.post for post in posts],
        created=created,
        minutes=minutes,
        owners=owners,
        totals=np.bincount(owners[minutes <= WINDOW_MINUTES], minlength=len(posts)),
        newest=posts[int(created.argmax())].created_at,
        sha256=sha256,
        columns=columns_of([post.columns for post in posts]),
    )


def site_levels(arrivals: Arrivals) -> dict[str, int]:
    """By site, the 97th percentile ("higher") of comments a post: the count from which a post is hot."""
    return {site: level_of(arrivals.totals[arrivals.sites == site]) for site in sorted(set(arrivals.sites.tolist()))}


def level_of(totals: np.ndarray) -> int:
    """At least 1: a site on which hardly anybody comments still needs a comment for a hot post."""
    return max(1, int(np.quantile(totals, HOT_QUANTILE, method="higher")))


def _text_of(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
        # By its first bytes, not by its name: a file that a browser has unpacked keeps its name.
        return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
    except FileNotFoundError as error:
        raise ArrivalsError(f"{path} does not exist; give the path of recorded arrivals (ndjson or ndjson.gz)") from error
    except (OSError, EOFError, zlib.error) as error:
        raise ArrivalsError(f"{path} cannot be read ({error}); fetch it again") from error


def _parsed(path: Path, number: int, line: bytes) -> Post:
    try:
        record = json.loads(line)
        if not isinstance(record, dict):
            raise ValueError("not an object")
        case = record.get("case")
        created_at = _filled(record, "createdAt")
        case = "" if case is None else str(case)
        site, post = _filled(record, "site"), _filled(record, "post")
        return Post(case, site, post, created_at, _seconds(created_at), _minutes(record), parsed_columns(record))
    except (ValueError, RecursionError) as error:
        raise ArrivalsError(f"{path} line {number}: {error}; a line is {{case?, site, post, createdAt, commentMinutes: [...]}}") from error


def _filled(record: dict, name: str) -> str:
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, (str, int)) or value == "":
        raise ValueError(f"{name} is {json.dumps(value)[:60]}, not a text or a whole number")
    return str(value)


def _seconds(text: str) -> float:
    try:
        moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise ValueError(f"createdAt is {text[:60]!r}, not a time like 2026-11-20T14:00+09:00") from None
    if moment.tzinfo is None:
        raise ValueError(f"createdAt {text!r} has no zone; write +09:00 or Z")
    return moment.timestamp()


def _minutes(record: dict) -> list[float]:
    values = record.get("commentMinutes")
    if not isinstance(values, list):
        raise ValueError(f"commentMinutes is {json.dumps(values)[:60]}, not a list of minutes")
    for value in values:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise ValueError(f"commentMinutes holds {json.dumps(value)[:60]}, not a number of minutes")
        # Sites print minutes, so a first comment may seem to come before its post; the job allows one minute too.
        if value < -1:
            raise ValueError(f"commentMinutes holds {value}, before the post")
    return sorted(float(value) for value in values)
