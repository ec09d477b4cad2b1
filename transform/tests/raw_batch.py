"""Writes a batch as extract does: raw/ by site, and one manifest a part. All text and ids are invented."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import json
import random
from pathlib import Path

BATCH = "20261120T050000Z"
READ_AT = datetime.datetime(2026, 11, 20, 5, 0, 30)
TITLES = ["코나 EV 화재 또 났네요", "오늘 점심 뭐 드셨나요？ 😀", "리콜 통지서 받으신 분", "아이오닉 5 충전 후기?", "주말 드라이브 코스 추천"]
BODIES = ["주차장에서 연기가 났다고 합니다.\n\"확인 부탁\" \\ 드려요", "", "배터리 문제라는 말이 있던데요\u00a0사실인가요", "😀😀 좋아요\t굿"]
KEYWORDS = [["코나", "화재"], [], ["리콜"], ["아이오닉"], []]


def instant(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def author(number: int) -> str:
    return hashlib.md5(f"invented-{number}".encode()).hexdigest()


def post(number: int, *, site: str = "clien", age_minutes: float = 30, **fields: object) -> dict:
    created = READ_AT - datetime.timedelta(minutes=age_minutes)
    record = {
        "site": site,
        "board": "cm_car" if site == "clien" else "national",
        "post_id": str(1000 + number),
        "url": f"https://{site}.example/{1000 + number}",
        "title": TITLES[number % len(TITLES)],
        "body": BODIES[number % len(BODIES)],
        "author_hash": author(number),
        "created_at": instant(created),
        "collected_at": instant(READ_AT),
        "views": number * 17,
        "likes": number % 5,
        "comment_count": number % 9,
        "keywords": KEYWORDS[number % len(KEYWORDS)],
    }
    return {**record, **fields}


def comment(of: dict, number: int, *, minutes: float = 1, **fields: object) -> dict:
    """A comment `minutes` after its post's creation."""
    created = datetime.datetime.strptime(of["created_at"], "%Y-%m-%dT%H:%M:%SZ") + datetime.timedelta(minutes=minutes)
    record = {
        "site": of["site"],
        "board": of["board"],
        "post_id": of["post_id"],
        "comment_id": f"c{number}",
        "is_reply": number % 4 == 3,
        "author_hash": author(number % 40),
        "created_at": instant(created),
        "collected_at": of["collected_at"],
        "body": BODIES[number % len(BODIES)],
        "likes": number % 3,
        "dislikes": None if of["site"] == "clien" else number % 2,
    }
    return {**record, **fields}


def many(posts: int, comments: int, seed: int = 7) -> tuple[list[dict], list[dict]]:
    """A plain batch: posts of three sites and many ages, comments falling more often on the first ones."""
    chance = random.Random(seed)
    sites = ["clien", "bobaedream", "unknown_site"]
    ages = [0, 1, 7, 33, 90, 250, 1500, 9000]
    all_posts = [post(n, site=sites[n % 3], age_minutes=chance.choice(ages), **listing(n)) for n in range(posts)]
    all_comments = []
    for n in range(comments):
        of = all_posts[min(int(chance.expovariate(3 / posts)), posts - 1)]
        age = (READ_AT - datetime.datetime.strptime(of["created_at"], "%Y-%m-%dT%H:%M:%SZ")).total_seconds() / 60
        all_comments.append(comment(of, n, minutes=chance.random() * age))
    return all_posts, all_comments


def listing(number: int) -> dict:
    """The fields that posts did not always have: absent, null, given."""
    return [{}, {"may_alarm": True, "list_rank": None}, {"may_alarm": False, "list_rank": 1 + number}][number % 4 % 3]


def line(record: object) -> str:
    return record if isinstance(record, str) else json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def write_batch(root: Path, posts: list, comments: list, *, batch: str = BATCH, part: int = 1, failed: int = 0, counts: dict | None = None) -> Path:
    """Records or raw lines, dealt to one part a site (raw lines go to clien's). `counts` overrides what the manifest says."""
    for table, records in (("post", posts), ("comment", comments)):
        by_site: dict[str, list[str]] = {}
        for record in records:
            by_site.setdefault(record["site"] if isinstance(record, dict) and isinstance(record.get("site"), str) else "clien", []).append(line(record))
        for site, lines in by_site.items():
            path = root / f"raw/{table}/batch={batch}/site={site}/{site}-{part:04d}.ndjson.gz"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(gzip.compress("".join(f"{text}\n" for text in lines).encode(), mtime=0))
    said = {"posts": len(posts), "comments": len(comments), "gone": 0, "failed": failed, "undone": 0, "quarantined": 0, "requests": 9}
    write_manifest(root, batch, "extract", f"clien-{part:04d}", {**said, **(counts or {})})
    write_manifest(root, batch, "search", "clien-board-cm_car", {"posts": 999})
    return root


def write_arrivals(path: Path, posts: list[dict], comments: list[dict]) -> None:
    """The same posts as the trainer reads them."""
    lines = []
    for of in posts:
        key = [of[name] for name in ("site", "board", "post_id")]
        own = [each for each in comments if [each[name] for name in ("site", "board", "post_id")] == key]
        minutes = [(_moment(each["created_at"]) - _moment(of["created_at"])).total_seconds() / 60 for each in own]
        reading = {"minute": (_moment(of["collected_at"]) - _moment(of["created_at"])).total_seconds() / 60}
        reading.update({name: of.get(name) for name in ("views", "likes", "list_rank")})
        title = {"title_length": len(of["title"]), "title_question": "?" in of["title"] or "？" in of["title"]}
        known = {"readings": [reading], "keyword_count": len(of["keywords"]), **title}
        lines.append(line({"site": of["site"], "post": of["post_id"], "createdAt": of["created_at"], "commentMinutes": minutes, **known}))
    path.write_text("".join(f"{text}\n" for text in lines), encoding="utf-8")


def _moment(text: str) -> datetime.datetime:
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def write_manifest(root: Path, batch: str, stage: str, part: str, counts: dict) -> None:
    path = root / f"manifest/{batch}/{stage}-{part}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"batch": batch, "stage": stage, "part": part, "site": "clien", "counts": counts, "problems": []}), encoding="utf-8")
