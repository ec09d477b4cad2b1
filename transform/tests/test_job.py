"""What the job makes of its input (on Sail; test_engines_agree.py carries it over to Spark)."""

import json
from collections import Counter

import numpy as np

from cases import BAD_COMMENTS, BAD_POSTS, GOOD_POST
from densities import impact
from engines import MODEL, rows
from raw_batch import BATCH, many


def table(sail, case, name):
    return rows(sail.folder / case, f"processed/{name}/batch={BATCH}")


def one(found, **key):
    matching = [row for row in found if all(row[name] == value for name, value in key.items())]
    assert len(matching) == 1, matching
    return matching[0]


def test_every_line_is_kept_or_quarantined_with_its_reason(sail):
    found = rows(sail.folder / "dirty", f"quarantine/transform/batch={BATCH}")

    by_reason = Counter((row["kind"], row["reason"]) for row in found)

    assert by_reason == {
        **{("post", reason): len(lines) for reason, lines in BAD_POSTS.items()},
        **{("comment", reason): len(lines) for reason, lines in BAD_COMMENTS.items()},
    }
    counts = json.loads(sail.results["dirty"]["stdout"])
    assert counts["quarantined"]["post"] == {reason: len(lines) for reason, lines in BAD_POSTS.items()}
    assert (counts["posts"], counts["duplicates"]["post"]) == (15, 3)


def test_quarantine_keeps_the_line_as_it_came(sail):
    found = rows(sail.folder / "dirty", f"quarantine/transform/batch={BATCH}")

    assert one(found, kind="comment", reason="malformed_json")["line"] == "{bad"


def test_the_latest_reading_wins_and_a_tie_is_broken_by_the_text(sail):
    posts = table(sail, "dirty", "post")

    assert one(posts, post_id="1012")["views"] == 999
    assert one(posts, post_id="1013")["views"] == 221


def test_the_same_id_on_another_board_is_another_post(sail):
    assert sorted(row["board"] for row in table(sail, "dirty", "post") if row["post_id"] == "same") == ["another", "cm_car"]


def test_text_fits_the_warehouse_and_is_never_cut_inside_a_character(sail):
    posts = table(sail, "dirty", "post")

    assert all(len(row["body"].encode()) <= 65535 and len(row["title"].encode()) <= 2000 for row in posts)
    assert one(posts, post_id="1007")["body"] == "가" * 21845
    assert one(posts, post_id="1008")["body"] == "😀" * 16383
    assert one(posts, post_id="1009")["body"] == "a" * 65535
    assert one(posts, post_id="1004")["body"] == "널문자와 탭\t, 이모지 😀"
    assert one(posts, post_id="1004")["title"] == '줄\u2028바꿈 \u0085 "따옴표" \\ \\ud83d'
    assert one(posts, post_id="1005")["title"] == "잘린 이모지 \ufffd 끝"
    assert one(posts, post_id="1006")["title"] == "온전한 😀 이모지"


def test_keywords_are_json_text(sail):
    posts = table(sail, "dirty", "post")

    assert json.loads(one(posts, post_id="1009")["keywords"]) == ["코나", "코나", '따옴표" \\ /']
    assert one(posts, post_id="1001")["keywords"] == '["화재"]'


def test_arrivals_count_what_came_by_the_reading_replies_included(sail):
    score = one(table(sail, "dirty", "score"), post_id=GOOD_POST["post_id"], site="bobaedream")

    features = json.loads(score["features"])
    assert (score["age_minutes"], score["comments_seen"], score["hot_threshold"]) == (40, 4, 48)
    assert features == {"age_minutes": 40, "comments_seen": 4, "comments_last_10": 2, "comments_last_30": 3, "share_of_threshold": 0.0833}


def test_reasons_are_korean_sentences_with_numbers(sail):
    score = one(table(sail, "dirty", "score"), post_id=GOOD_POST["post_id"], site="bobaedream")

    first, second, third = json.loads(score["reasons"])
    assert first == "작성 40분 만에 댓글 4개: 이 사이트 화제글 기준 48개의 8%"
    assert second.startswith("이 시점의 댓글 수는 보통 글이 평균 ")
    assert third == "최근 10분에 댓글 2개, 최근 30분에 3개"


def test_one_score_a_post_equal_to_the_training_formula(sail):
    model = json.loads(MODEL.read_text(encoding="utf-8"))
    scores = table(sail, "clean", "score")

    columns = [np.asarray([row[name] for row in scores]) for name in ("age_minutes", "comments_seen", "hot_threshold")]
    ratio = impact(model, *columns)

    assert len(scores) == 60
    np.testing.assert_allclose([row["impact"] for row in scores], ratio, atol=1e-6)
    base = model["base_rate"] / (1 - model["base_rate"])
    np.testing.assert_allclose([row["raw_probability"] for row in scores], base * np.exp(ratio) / (1 + base * np.exp(ratio)), atol=2e-6)
    assert {row["site"]: row["hot_threshold"] for row in scores} == {"bobaedream": 48, "clien": 88, "unknown_site": model["unknown_site_level"]}


def test_a_new_post_without_comments_does_not_alarm(sail):
    for post_id in ("1010", "1011"):
        score = one(table(sail, "dirty", "score"), post_id=post_id)
        assert (score["age_minutes"], score["comments_seen"]) == (0, 0)
        assert score["impact"] < 0


def test_summary_counts_by_site_and_keyword(sail):
    posts, comments = many(60, 1500)
    summary, scores = table(sail, "clean", "summary"), table(sail, "clean", "score")

    kona = [row for row in posts if row["site"] == "clien" and "코나" in row["keywords"]]
    hot = {row["post_id"] for row in scores if row["impact"] > 0}

    assert one(summary, site="clien", keyword="*") == {
        "site": "clien",
        "keyword": "*",
        "posts": 20,
        "comments": sum(row["site"] == "clien" for row in comments),
        "hot_posts": sum(row["post_id"] in hot for row in posts if row["site"] == "clien"),
    }
    assert one(summary, site="clien", keyword="코나")["posts"] == len(kona) > 0
    assert one(summary, site="clien", keyword="코나")["comments"] == sum(row["post_id"] in {post["post_id"] for post in kona} for row in comments)


def test_a_batch_without_posts_writes_nothing(sail):
    for case in ("nothing_due", "no_manifest"):
        assert json.loads(sail.results[case]["stdout"])["posts"] == 0
        assert not (sail.folder / case / "processed").exists()
