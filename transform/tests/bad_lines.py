"""Lines that must be quarantined, by the reason that they must get, and lines that look like them and are right."""

from __future__ import annotations

import datetime
import json

from raw_batch import READ_AT, comment, instant, post


def read_at(number: int, *, days: float, **fields: object) -> dict:
    """A post of half an hour, read some days after (below 0: before) its batch."""
    read = READ_AT + datetime.timedelta(days=days)
    return post(number, collected_at=instant(read), created_at=instant(read - datetime.timedelta(minutes=30)), **fields)


TEXT = [12, 1.5, True, ["a"], {"a": "b"}]
ID = [*TEXT, "", "1 ", "1\u200b", "\ufeff1", "1\0", "1\n", "1\ufffd"]
NO_TIME = ["2026-02-30T00:00:00Z", "2026-11-20 05:00", "2026-11-20T05:00:00", "2026-11-20T24:00:00Z"]
INSTANT = [1763614800, [1], *NO_TIME, "1899-12-31T23:59:59Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
COUNT = ["many", -1, 1.5, 10**20, 1e300, True, [], {}, "", " 1"]

GOOD_POST = post(1, site="bobaedream", age_minutes=40, keywords=["화재"])
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
        json.dumps(post(902)) + json.dumps(post(903)),
        json.dumps(post(904)) + "," + json.dumps(post(905)),
        json.dumps(post(906)) + "]",
        json.dumps([post(907)]),
        json.dumps(post(908, views=float("nan"))),
        json.dumps(post(909)).replace('"', "'"),
        "\0",
    ],
    "missing_title": [{name: value for name, value in post(910).items() if name != "title"}],
    "missing_likes": [post(911, likes=None)],
    "invalid_site": [post(912, site="Clien!"), *[post(912, site=value) for value in ([], {}, "clien ")]],
    "invalid_board": [post(913, board=value) for value in [*ID, "b" * 65]],
    "invalid_post_id": [post(914, post_id=value) for value in [*ID, "9" * 33]],
    "invalid_url": [post(915, url=value) for value in ("javascript:alert(1)", "https://a b", "https://a\0b", "https://a\u200bb", [], 1)],
    "invalid_title": [post(916, title=value) for value in [*TEXT, "", "\0"]],
    "invalid_body": [post(917, body=value) for value in TEXT],
    "invalid_author_hash": [post(918, author_hash=value) for value in ("nickname", "a" * 32 + "\n", 1, [])],
    "invalid_created_at": [post(919, created_at=value) for value in INSTANT],
    "invalid_collected_at": [post(920, collected_at=value) for value in INSTANT],
    "invalid_views": [post(921, views=value) for value in COUNT],
    "invalid_likes": [post(922, likes=value) for value in COUNT],
    "invalid_comment_count": [post(923, comment_count=value) for value in COUNT],
    "invalid_keywords": [post(924, keywords=value) for value in ("코나", {"a": 1}, ["코나", None], [""], ["k\0"], ["가" * 43], ["k"] * 41, 1, True)],
    "invalid_may_alarm": [post(925, may_alarm=value) for value in ("yes", 1, 0, [], {}, "")],
    "invalid_list_rank": [post(926, list_rank=value) for value in [*COUNT, 0]],
    "created_after_collected": [post(927, age_minutes=-1), post(928, created_at="2999-12-31T23:59:59Z")],
    "collected_long_before_batch": [read_at(929, days=-32.1), read_at(929, days=-9000)],
    "collected_long_after_batch": [read_at(930, days=90.1), read_at(930, days=90000)],
}
BAD_COMMENTS = {
    "malformed_json": ["{bad"],
    "missing_comment_id": [comment(GOOD_POST, 902, comment_id=None)],
    "invalid_board": [comment(GOOD_POST, 904, board="")],
    "invalid_comment_id": [comment(GOOD_POST, 907, comment_id=value) for value in ID],
    "invalid_is_reply": [comment(GOOD_POST, 901, is_reply=value) for value in ("yes", 1, [], {})],
    "invalid_body": [comment(GOOD_POST, 908, body=value) for value in TEXT],
    "invalid_likes": [comment(GOOD_POST, 909, likes=value) for value in COUNT],
    "invalid_dislikes": [comment(GOOD_POST, 903, dislikes=value) for value in ["-", *COUNT]],
    "before_post": [comment(GOOD_POST, 905, minutes=-1.5), comment(GOOD_POST, 910, minutes=-9000)],
    "created_after_collected": [comment(GOOD_POST, 906, minutes=41)],
    "collected_long_before_batch": [comment(read_at(929, days=-33), 911)],
    "collected_long_after_batch": [comment(read_at(930, days=91), 912)],
}
# A collector's upload waits for up to a month, an old batch is run again for as long as raw/ is kept.
FAR_BUT_RIGHT = [read_at(20, days=-31.9), read_at(21, days=89.9)]
