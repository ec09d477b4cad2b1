"""What the job makes of its input (on Sail; test_engines_agree.py carries it over to Spark)."""

import csv
import json
import math
import re
from collections import Counter

import numpy as np
import pytest

from bad_lines import BAD_COMMENTS, BAD_POSTS, GOOD_POST
from engines import MODEL, rows
from raw_batch import BATCH, many, write_arrivals
from score_arrivals import main as score_main


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
    assert (counts["posts"], counts["duplicates"]["post"]) == (23, 3)


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
    assert one(posts, post_id="1015")["title"] == "\ufffd\ufffd \ufffd\ufffd \ufffd"
    assert (one(posts, post_id="1016")["title"], one(posts, post_id="1016")["body"]) == ("폭\u200b없는\u2060 글자\ufeff", "")


def test_keywords_are_json_text(sail):
    posts = table(sail, "dirty", "post")

    assert json.loads(one(posts, post_id="1009")["keywords"]) == ["코나", "코나", '따옴표" \\ /']
    assert one(posts, post_id="1001")["keywords"] == '["화재"]'


def test_who_may_alarm_is_what_the_line_says_and_else_who_matches_a_keyword(sail):
    posts = table(sail, "dirty", "post")

    said = {post_id: one(posts, post_id=post_id)["may_alarm"] for post_id in ("1016", "1017", "1018", "1007", "1009")}

    assert said == {"1016": True, "1017": False, "1018": False, "1007": True, "1009": True}
    assert one(posts, post_id="1007")["keywords"] == '["리콜"]'


def test_the_place_on_the_list_is_kept_and_may_be_missing(sail):
    posts = table(sail, "dirty", "post")

    assert [one(posts, post_id=post_id)["list_rank"] for post_id in ("1016", "1017", "1018", "1019")] == [3, None, None, 10**15 - 1]


def test_arrivals_count_what_came_by_the_reading_replies_included(sail):
    score = one(table(sail, "dirty", "score"), post_id=GOOD_POST["post_id"], site="bobaedream")

    features = json.loads(score["features"])
    assert (score["age_minutes"], score["comments_seen"], score["hot_threshold"]) == (40, 5, 48)
    assert features == {
        **{"age_minutes": 40, "comments_seen": 5, "comments_last_10": 2, "comments_last_30": 4, "lately_minutes": 10, "comments_lately": 2},
        **{"recent": round(sum(math.exp(-since / 10) for since in (40.5, 0.1, 5, 28, 28)), 4), "share_of_threshold": 0.1042},
    }
    assert json.loads(score["reasons_en"])[1] == "2 in the last 10 min; an even pace would have brought 1.3"


def test_reasons_are_sentences_with_numbers(sail):
    score = one(table(sail, "dirty", "score"), post_id=GOOD_POST["post_id"], site="bobaedream")
    empty = one(table(sail, "dirty", "score"), post_id="1010")

    first, second, third = json.loads(score["reasons"])
    assert re.fullmatch(r"40분 동안 댓글 5개, 화제가 된 글의 같은 나이 중간값 [0-9]+\.[0-9]개의 [0-9]\.[0-9]배", first)
    assert second == "최근 10분에 2개, 고르게 달렸다면 1.3개"
    shares = re.fullmatch(r"화제 기준 48개까지 43개 남음; 점수의 근거는 최근 속도 ([0-9]+)%, 댓글 수 ([0-9]+)%, 기준까지의 거리 ([0-9]+)%", third)
    assert 99 <= sum(map(int, shares.groups())) <= 101
    assert json.loads(empty["reasons"])[2] == "화제 기준 88개까지 88개 남음; 아직 댓글이 없음"


def test_reasons_tell_other_signals_apart_from_what_comments_give(sail):
    scores = table(sail, "with_terms", "score")
    korean = [json.loads(row["reasons"])[2] for row in scores]
    english = [json.loads(row["reasons_en"])[2] for row in scores]

    named = "조회 수, 추천 수, 목록 순위, 키워드 수, 제목 길이, 제목의 물음표"
    others = re.compile(rf"; 그 밖의 신호\({named}\)는 승산을 [0-9]+\.[0-9]{{2}}배로 바꿈$")
    open_ones = [sentence for sentence in korean if "남음" in sentence]
    assert len(open_ones) > 20 and all(others.search(sentence) for sentence in open_ones)
    assert all("아직 댓글이 없음" in sentence or "댓글에서 온 점수의 근거는" in sentence for sentence in open_ones)
    assert not any("승산" in sentence for sentence in korean if "남음" not in sentence)
    assert sum("multiply the odds by" in sentence for sentence in english) == len(open_ones)
    assert all("the score rests on" not in sentence for sentence in english)


@pytest.mark.parametrize("case", ["clean", "with_terms"])
def test_every_score_equals_the_one_that_the_trainer_writes(sail, tmp_path, case):
    posts, comments = many(60, 1500)
    scores = table(sail, case, "score")
    write_arrivals(tmp_path / "arrivals.ndjson", posts, comments)
    ages = sorted({row["age_minutes"] for row in scores} - {0})

    status = score_main([
        *["--arrivals", str(tmp_path / "arrivals.ndjson"), "--ages", ",".join(map(str, ages))],
        *["--model", str(sail.models[case]), "--out", str(tmp_path / "out.csv")],
    ])
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        expected = {(row["post"], int(row["age_min"])): row["score"] for row in csv.DictReader(file)}

    compared = [row for row in scores if row["age_minutes"] > 0]
    assert status == 0 and len(scores) == 60 and len(compared) > 40
    for row in compared:
        score = expected[row["post_id"], row["age_minutes"]]
        if score == "":
            assert row["comments_seen"] >= row["hot_threshold"]
            assert (row["raw_probability"], row["impact"]) in [(1, 20), (0, -20)]
        else:
            assert abs(row["raw_probability"] - float(score)) <= 1e-9
    assert {expected[row["post_id"], row["age_minutes"]] == "" for row in compared} == {True, False}


def test_impact_is_the_logit_above_the_base_rate_of_the_age(sail):
    model = json.loads(MODEL.read_text(encoding="utf-8"))
    scores = [row for row in table(sail, "clean", "score") if 0 < row["raw_probability"] < 1]

    rates = np.asarray(model["base_rates"])
    ages = np.log(np.maximum([row["age_minutes"] for row in scores], model["least_age_minutes"]))
    base = np.interp(ages, np.log(model["ages"]), np.log(rates / (1 - rates)))
    p = np.asarray([row["raw_probability"] for row in scores])

    assert len(scores) > 20
    np.testing.assert_allclose([row["impact"] for row in scores], np.log(p / (1 - p)) - base, atol=1e-4)


def test_a_site_has_its_own_level_its_aliases_or_the_pooled_one(sail):
    model = json.loads(MODEL.read_text(encoding="utf-8"))

    levels = {row["site"]: row["hot_threshold"] for row in table(sail, "clean", "score")}

    assert levels == {"bobaedream": 48, "clien": 88, "unknown_site": model["unknown_site_level"]}


def test_a_new_post_without_comments_does_not_alarm(sail):
    for post_id in ("1010", "1011"):
        score = one(table(sail, "dirty", "score"), post_id=post_id)
        assert (score["age_minutes"], score["comments_seen"]) == (0, 0)
        assert score["impact"] < 0


def test_summary_counts_by_site_and_keyword(sail):
    posts, comments = many(60, 1500)
    summary, scores = table(sail, "clean", "summary"), table(sail, "clean", "score")

    kona = [row for row in posts if row["site"] == "clien" and "코나" in row["keywords"]]
    hot = {row["post_id"] for row in scores if row["raw_probability"] == 1}

    assert one(summary, site="clien", keyword="*") == {
        "site": "clien",
        "keyword": "*",
        "posts": 20,
        "comments": sum(row["site"] == "clien" for row in comments),
        "hot_posts": sum(row["post_id"] in hot for row in posts if row["site"] == "clien"),
    }
    assert sum(row["hot_posts"] for row in summary if row["keyword"] == "*") == len(hot) > 0
    assert one(summary, site="clien", keyword="코나")["posts"] == len(kona) > 0
    assert one(summary, site="clien", keyword="코나")["comments"] == sum(row["post_id"] in {post["post_id"] for post in kona} for row in comments)


def test_a_batch_without_posts_writes_nothing(sail):
    for case in ("nothing_due", "no_manifest"):
        assert json.loads(sail.results[case]["stdout"])["posts"] == 0
        assert not (sail.folder / case / "processed").exists()
