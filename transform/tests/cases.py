"""The inputs that both engines get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Callable

from bad_lines import BAD_COMMENTS, BAD_POSTS, FAR_BUT_RIGHT, GOOD_POST
from hostile_batches import HOSTILE, broken_text
from models import OPTIONAL
from raw_batch import BATCH, READ_AT, comment, instant, many, post, write_batch, write_manifest

# Odd, but right: these must come through.
ODD_POSTS = [
    post(2, views="12"),
    post(3, added_later={"unknown": True}),
    post(4, title="줄\u2028바꿈 \u0085 \"따옴표\" \\ \\ud83d", body="널\0문자와 탭\t, 이모지 😀"),
    json.dumps(post(5, title="반쪽"), ensure_ascii=False).replace("반쪽", "잘린 이모지 \\ud83d 끝"),
    json.dumps(post(6, title="온전한 😀 이모지")),
    post(7, body="가" * 30_000, title="나" * 1_500),
    post(8, body="😀" * 20_000),
    post(9, body="a" * 70_000, keywords=["코나", "코나", "따옴표\" \\ /"]),
    post(10, age_minutes=0),
    post(11, age_minutes=0.9, site="bobaedream"),
    json.dumps(post(15, title="반쪽")).replace('"\\ubc18\\ucabd"', '"\\ude00\\ud83d \\uD83D\\uDE00 \\ud83d"'),
    post(16, title="폭\u200b없는\u2060 글자\ufeff", body="\0\0", may_alarm=True, list_rank=3),
    post(17, keywords=["코나"], may_alarm=False, list_rank=None),
    post(18, keywords=[], may_alarm=None),
    post(22, added_later=1, **{"작성자 이름": "x"}),
    post(19, views=10**15 - 1, likes=0, list_rank=10**15 - 1),
    *FAR_BUT_RIGHT,
]
# The same post read twice (the later wins), once more in the same second, and a line that came twice.
LATER = {**post(12), "collected_at": instant(READ_AT.replace(second=50)), "views": 999}
SAME_SECOND = {**LATER, "views": 998}
TWICE = [post(12), LATER, SAME_SECOND, post(13), post(13)]
# Another board with the same id is another post.
OTHER_BOARD = [post(14, post_id="same"), post(14, post_id="same", board="another")]

GOOD_COMMENTS = [
    comment(GOOD_POST, 1, minutes=-0.5),
    comment(GOOD_POST, 2, minutes=39.9),
    comment(GOOD_POST, 3, minutes=35),
    comment(GOOD_POST, 4, minutes=12),
    comment(GOOD_POST, 4, minutes=12),
    {**comment(GOOD_POST, 5, minutes=41), "collected_at": instant(READ_AT.replace(minute=3))},
    comment(post(930), 6, reactions=[1, 2]),
    json.dumps(comment(GOOD_POST, 7, minutes=12, body="반쪽")).replace("\\ubc18\\ucabd", "\\udfff 뒤 😀"),
]


def flat(groups: dict[str, list]) -> list:
    return [line for lines in groups.values() for line in lines]


def dirty(root: Path) -> None:
    posts = [GOOD_POST, *ODD_POSTS, *TWICE, *OTHER_BOARD, *flat(BAD_POSTS)]
    write_batch(root, posts, [*GOOD_COMMENTS, *flat(BAD_COMMENTS)])


def two_parts(root: Path) -> None:
    """Manifests add up, and one of them is spread over lines."""
    posts, comments = many(6, 40)
    write_batch(root, posts, comments, counts={"posts": 5, "comments": 0})
    write_manifest(root, BATCH, "extract", "bobaedream-0001", {"posts": 1, "comments": 40})
    path = root / f"manifest/{BATCH}/extract-bobaedream-0001.json"
    path.write_text(json.dumps(json.loads(path.read_text()), indent=2))


# Parts as small as a slow site makes them: 1,000 files of posts, 1,000 of comments, and a manifest each.
SMALL_PARTS = 1000


def small_files(root: Path) -> None:
    for number in range(SMALL_PARTS):
        of = post(number)
        write_batch(root, [of], [comment(of, number)], part=number)


# Batches that go through.
GOOD: dict[str, Callable[[Path], None]] = {
    "clean": lambda root: write_batch(root, *many(60, 1500)) and None,
    "dirty": dirty,
    "two_parts": two_parts,
    "small_files": small_files,
    "no_comment": lambda root: write_batch(root, [post(1), post(2)], []) and None,
    "only_bad": lambda root: write_batch(root, ["{bad"], []) and None,
    "nothing_due": lambda root: root.mkdir() or write_manifest(root, BATCH, "search", "x", {"found": 0}),
    "no_manifest": lambda root: root.mkdir(),
    # The same posts for other models.
    "with_terms": lambda root: write_batch(root, *many(60, 1500)) and None,
    "ends": lambda root: write_batch(root, *many(60, 1500)) and None,
    **HOSTILE,
}

# What the model of a case has otherwise: it looks at more than comments; every post is beyond the ends of its alarm scores.
MODEL_OF: dict[str, dict] = {
    "with_terms": {"optional_terms": OPTIONAL, "model_version": "with-terms"},
    "ends": {"alarm_scores": [-4.0, -3.9999], "alarm_shares": [0.5, 0.25]},
}

# Spark takes seconds a case: these hold everything in which the engines are known to differ (dirty text, missing paths, no row).
ON_SPARK_TOO = ["clean", "dirty", "small_files", "only_bad", "nothing_due", "with_terms", *HOSTILE]
REFUSED_ON_SPARK_TOO = ["comments_lost", "cut_file"]
# Sail refuses it, Spark does not (test_hostile_batches.py).
ONLY_READ_BY_SPARK = ["broken_text"]

# Batches that must not be written, with what the one sentence must hold.
REFUSED: dict[str, tuple[Callable[[Path], object], list[str]]] = {
    "comments_lost": (lambda root: write_batch(root, [post(1)], [], counts={"comments": 3}), [BATCH, "1 posts and 0 comments", "1 and 3"]),
    "posts_lost": (lambda root: write_batch(root, [post(1)], [], counts={"posts": 2}), [BATCH, "1 posts", "2 and 0"]),
    "unannounced": (lambda root: write_batch(root, [post(1)], [], counts={"posts": 0}), [BATCH, "1 posts", "0 and 0"]),
    "all_failed": (lambda root: write_batch(root, [], [], failed=4), [BATCH, "nothing could be read", "4 posts failed"]),
    "no_part_extracted": (
        lambda root: root.mkdir() or write_manifest(root, BATCH, "plan", "all", {"posts": 25, "parts": 2}),
        [BATCH, "none of its 2 parts was extracted", "startAt extract"],
    ),
    "broken_manifest": (lambda root: (write_batch(root, [post(1)], []).joinpath(f"manifest/{BATCH}/extract-x-0002.json").write_text("{")), [BATCH, "no manifest"]),
    "broken_text": (broken_text, [BATCH, "UTF-8"]),
    "cut_file": (lambda root: cut(write_batch(root, *many(30, 10))), [BATCH, "stream"]),
}


def cut(root: Path) -> None:
    """A gzip file of which the end is missing."""
    path = next((root / f"raw/post/batch={BATCH}").rglob("*.gz"))
    path.write_bytes(path.read_bytes()[:-200])
