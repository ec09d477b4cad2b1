"""Writes a batch in the job's input format with so many invented comments: make_batch.py <folder> <comments>.

Seeded. About 13 comments a post with a heavy tail, three sites, ages to 72 hours, Korean text of real lengths. Besides, one line in a hundred
comes twice, one in a hundred again as an older reading, and three in a thousand must be refused (cut off, a count below 0, a time that cannot
be), so that no contender gets by without validating and keeping the latest.
"""

from __future__ import annotations

import datetime
import gzip
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

BATCH = "20261120T050000Z"
READ_AT = datetime.datetime(2026, 11, 20, 5, 0, 30)
SITES = ("clien", "bobaedream", "dcinside")
WORDS = "코나 화재 충전 리콜 배터리 주차장 시동 경고등 사업소 무상 수리 급발진 브레이크 소리 진동 연기 후기 문의 점검 예약 어제 오늘 다들 저만".split()
COMMENTS_A_POST = 13
MOST_OF_ONE_POST = 4000
POSTS_A_PART = 500

Record = dict[str, object]


def main(folder: Path, comments: int) -> None:
    chance = random.Random(comments)
    posts = max(1, comments // COMMENTS_A_POST)
    sizes = shares_of(comments, [chance.paretovariate(1.2) for _ in range(posts)])
    for part, start in enumerate(range(0, posts, POSTS_A_PART), start=1):
        site = SITES[part % len(SITES)]
        numbers = range(start, min(posts, start + POSTS_A_PART))
        of_part = [post_of(number, site, sizes[number], chance) for number in numbers]
        of_posts = [comment for post, number in zip(of_part, numbers) for comment in comments_of(post, sizes[number], chance)]
        write_part(folder, f"{site}-{part:04d}", site, {"post": lines_of(of_part, chance), "comment": lines_of(of_posts, chance)})


def shares_of(total: int, weights: list[float]) -> list[int]:
    """Whole numbers that add up to the total, in the proportion of the weights; what is above the most of one post goes to all alike."""
    whole = sum(weights)
    sizes = [min(MOST_OF_ONE_POST, int(total * weight / whole)) for weight in weights]
    for place in range(total - sum(sizes)):
        sizes[place % len(sizes)] += 1
    return sizes


def post_of(number: int, site: str, comments: int, chance: random.Random) -> Record:
    created = READ_AT - datetime.timedelta(minutes=chance.choice((20, 60, 180, 600, 2000, 4300)) * chance.uniform(0.2, 1))
    return {
        "site": site,
        "board": "board",
        "post_id": str(1_000_000 + number),
        "url": f"https://{site}.example/{number}",
        "title": text_of(chance, 6),
        "body": text_of(chance, 40),
        "author_hash": f"{number % 9973:032x}",
        "created_at": instant(created),
        "collected_at": instant(READ_AT),
        "views": comments * 40 + 11,
        "likes": comments // 3,
        "comment_count": comments,
        "keywords": ["코나"] if number % 3 == 0 else [],
        "may_alarm": number % 3 == 0,
        "list_rank": number % 60 + 1,
    }


def comments_of(post: Record, count: int, chance: random.Random) -> Iterator[Record]:
    created = moment(post["created_at"])
    age = (READ_AT - created).total_seconds()
    for number in range(count):
        yield {
            "site": post["site"],
            "board": "board",
            "post_id": post["post_id"],
            "comment_id": f"c{number}",
            "is_reply": number % 4 == 3,
            "author_hash": f"{chance.randrange(99991):032x}",
            "created_at": instant(created + datetime.timedelta(seconds=age * chance.random() ** 2)),
            "collected_at": post["collected_at"],
            "body": text_of(chance, 14),
            "likes": number % 5,
            "dislikes": None if post["site"] == "clien" else number % 2,
        }


def lines_of(records: list[Record], chance: random.Random) -> list[str]:
    """The records, some of them twice or as read before, and some spoilt ones."""
    lines = [line(record) for record in records]
    lines += [text for text in lines if chance.random() < 0.01]
    lines += [line(read_before(record)) for record in records if chance.random() < 0.01]
    for spoil in (cut_off, with_count_below_0, from_the_future):
        lines += [spoil(record) for record in records if chance.random() < 0.001]
    return lines


def read_before(record: Record) -> Record:
    """An older reading: other words and fewer likes, which must not win."""
    earlier = max(moment(record["created_at"]), READ_AT - datetime.timedelta(minutes=7))
    return {**record, "collected_at": instant(earlier), "likes": 0, "body": "예전 내용"}


def cut_off(record: Record) -> str:
    whole = line(record)
    return whole[: len(whole) // 2]


def with_count_below_0(record: Record) -> str:
    return line({**record, "likes": -1})


def from_the_future(record: Record) -> str:
    return line({**record, "created_at": instant(READ_AT + datetime.timedelta(hours=1))})


def write_part(folder: Path, part: str, site: str, lines: dict[str, list[str]]) -> None:
    for table, of_table in lines.items():
        path = folder / f"raw/{table}/batch={BATCH}/site={site}/{part}.ndjson.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress("".join(f"{text}\n" for text in of_table).encode(), compresslevel=5, mtime=0))
    counts = {"posts": len(lines["post"]), "comments": len(lines["comment"])}
    manifest = folder / f"manifest/{BATCH}/extract-{part}.json"
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text(json.dumps({"batch": BATCH, "stage": "extract", "part": part, "site": site, "counts": counts, "problems": []}))


def text_of(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(words // 2, words + words // 2)))


def line(record: Record) -> str:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def instant(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: object) -> datetime.datetime:
    return datetime.datetime.strptime(str(text), "%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
