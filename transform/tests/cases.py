"""The inputs that both engines get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Callable

from raw_batch import BATCH, READ_AT, comment, instant, many, post, write_batch, write_manifest

# One a reason: what a quarantined line looks like, and the reason it must get.
BAD_POSTS = {
    "malformed_json": [
        '{"site":"clien","board":"cm_car","post_id":"7',
        "null",
        "[1,2]",
        '"text"',
        "{}",
        "",
        json.dumps(post(900)) + " trailing",
        "\ufeff" + json.dumps(post(901)),
    ],
    "missing_title": [{k: v for k, v in post(902).items() if k != "title"}],
    "invalid_title": [post(903, title="")],
    "invalid_site": [post(904, site="Clien!")],
    "invalid_post_id": [post(905, post_id="9" * 33)],
    "invalid_url": [post(906, url="javascript:alert(1)")],
    "invalid_author_hash": [post(907, author_hash="nickname"), post(908, author_hash="a" * 32 + "\n")],
    "invalid_created_at": [post(909, created_at="2026-02-30T00:00:00Z"), post(910, created_at="2026-11-20 05:00"), post(911, created_at=[1])],
    "invalid_views": [post(912, views="many"), post(913, views=-1), post(914, views=1.5), post(915, views=10**20)],
    "missing_likes": [post(916, likes=None)],
    "invalid_keywords": [post(917, keywords="코나"), post(918, keywords={"a": 1}), post(919, keywords=["코나", None]), post(920, keywords=[""])],
    "created_after_collected": [post(921, age_minutes=-1)],
}
GOOD_POST = post(1, site="bobaedream", age_minutes=40, keywords=["화재"])
BAD_COMMENTS = {
    "malformed_json": ["{bad"],
    "invalid_is_reply": [comment(GOOD_POST, 901, is_reply="yes")],
    "missing_comment_id": [comment(GOOD_POST, 902, comment_id=None)],
    "invalid_dislikes": [comment(GOOD_POST, 903, dislikes="-")],
    "invalid_board": [comment(GOOD_POST, 904, board="")],
    "before_post": [comment(GOOD_POST, 905, minutes=-1.5)],
    "created_after_collected": [comment(GOOD_POST, 906, minutes=41)],
}
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
    comment(post(930), 6),
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


# Batches that go through.
GOOD: dict[str, Callable[[Path], None]] = {
    "clean": lambda root: write_batch(root, *many(60, 1500)) and None,
    "dirty": dirty,
    "two_parts": two_parts,
    "no_comment": lambda root: write_batch(root, [post(1), post(2)], []) and None,
    "only_bad": lambda root: write_batch(root, ["{bad"], []) and None,
    "nothing_due": lambda root: root.mkdir() or write_manifest(root, BATCH, "search", "x", {"found": 0}),
    "no_manifest": lambda root: root.mkdir(),
}

# Spark takes seconds a case: these hold everything in which the engines are known to differ (dirty text, missing paths, no row).
ON_SPARK_TOO = ["clean", "dirty", "only_bad", "nothing_due"]
REFUSED_ON_SPARK_TOO = ["comments_lost", "cut_file"]

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
    "cut_file": (lambda root: cut(write_batch(root, *many(30, 10))), [BATCH, "stream"]),
}


def cut(root: Path) -> None:
    """A gzip file of which the end is missing."""
    path = next((root / f"raw/post/batch={BATCH}").rglob("*.gz"))
    path.write_bytes(path.read_bytes()[:-200])
