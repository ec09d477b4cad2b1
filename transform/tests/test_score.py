"""The score on both engines against the formula in plain Python (plain_score.py)."""

import json
import math
import re

import pytest

from engines import rows
from models import OPTIONAL, document
from plain_score import minutes_between, optional_logit, score
from raw_batch import BATCH, many

MODELS = {"clean": document(), "with_terms": document(optional_terms=OPTIONAL)}
TOLERANCE = 1e-9


@pytest.fixture(scope="module")
def expected():
    """By case and post id."""
    posts, comments = many(60, 1500)
    by_post = {post["post_id"]: [each for each in comments if each["post_id"] == post["post_id"]] for post in posts}
    return {case: {post["post_id"]: score(model, post, by_post[post["post_id"]]) for post in posts} for case, model in MODELS.items()}


@pytest.mark.parametrize("case", MODELS)
@pytest.mark.parametrize("engine", ["sail", "spark"])
def test_probability_exceedance_and_recent_are_those_of_the_formula(request, expected, engine, case):
    found = rows(request.getfixturevalue(engine).folder / case, f"processed/score/batch={BATCH}")

    assert len(found) == 60
    for row in found:
        wanted = expected[case][row["post_id"]]
        assert abs(row["raw_probability"] - wanted.probability) <= TOLERANCE
        assert abs(row["exceedance"] - wanted.exceedance) <= TOLERANCE
        assert abs(row["recent"] - wanted.recent) <= TOLERANCE


def test_the_compared_posts_are_of_all_kinds(expected):
    plain, with_terms = expected["clean"], expected["with_terms"]

    assert {0.0, 1.0} <= {each.exceedance for each in plain.values()}
    open_ones = [post for post, each in plain.items() if 0 < each.probability < 1]
    assert len({round(plain[post].exceedance, 4) for post in open_ones}) > 20
    assert sum(abs(plain[post].probability - with_terms[post].probability) > 1e-4 for post in open_ones) > 20


def test_exceedance_ends_with_the_first_and_the_last_share(sail):
    found = rows(sail.folder / "ends", f"processed/score/batch={BATCH}")

    shares = {row["exceedance"] for row in found if 0 < row["raw_probability"] < 1}

    assert shares == {0.5, 0.25}


def test_the_reasons_tell_the_odds_of_other_signals_and_the_same_shares_as_without_them(sail):
    posts = {post["post_id"]: post for post in many(60, 1500)[0]}
    with_terms, plain = by_post(sail, "with_terms"), by_post(sail, "clean")
    compared = 0

    for post_id, row in with_terms.items():
        told = re.search(r"multiply the odds by ([0-9.]+)$", json.loads(row["reasons_en"])[2])
        assert (told is None) == (row["raw_probability"] in (0, 1))
        if told is not None:
            a = math.log(max(minutes_between(posts[post_id]["created_at"], posts[post_id]["collected_at"]), 5) / 60)
            assert abs(float(told[1]) - math.exp(optional_logit(MODELS["with_terms"], a, posts[post_id]))) <= 0.0051
            assert shares(row) == shares(plain[post_id])
            compared += len(shares(row))
    assert compared > 30


def by_post(engine, case):
    return {row["post_id"]: row for row in rows(engine.folder / case, f"processed/score/batch={BATCH}")}


def shares(row):
    return re.findall(r"(recent pace|count|closeness) ([0-9]+) %", json.loads(row["reasons_en"])[2])
