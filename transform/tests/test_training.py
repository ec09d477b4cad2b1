"""The trainer: the same bytes from the same data, a probability that behaves, and figures that hold what the project promises."""

import json

import numpy as np
import pytest

import train
from arrivals import ArrivalsError, read_arrivals, read_sources, site_levels
from early_model import check_rising, probability_at
from engines import MODEL, ROOT
from logistic import fit_logistic, probability_of
from model_document import formula_of, levels_of

LINE = {"site": "clien", "post": 1, "createdAt": "2026-11-20T14:00+09:00", "commentMinutes": [1]}
DATA = ROOT / "data/comment-arrivals/kona-fire.ndjson.gz"


@pytest.fixture(scope="module")
def model() -> dict:
    return json.loads(MODEL.read_text(encoding="utf-8"))


def arrivals_of(path, *posts, site="clien"):
    """posts: lists of comment minutes."""
    lines = [{"site": site, "post": n, "createdAt": f"2026-11-20T05:{n:02d}Z", "commentMinutes": minutes} for n, minutes in enumerate(posts)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return read_arrivals(path)


def score_at(model, arrivals, age):
    level = levels_of(model, arrivals.sites)
    return probability_at(formula_of(model), arrivals, age, level)


def test_training_gives_the_bytes_that_are_in_the_repository(tmp_path, capsys):
    assert train.main(["--out", str(tmp_path / "model.json")]) == 0

    assert (tmp_path / "model.json").read_bytes() == MODEL.read_bytes()
    assert MODEL.read_bytes().count(b"\n") == 1
    assert "arrivals-20240731-" in capsys.readouterr().out


def test_the_model_holds_what_is_promised(model):
    folded, timed, unseen = (model["metrics"][name] for name in ("cross_validation", "by_time", "unseen_stream"))

    assert folded["mean_pr_auc"][0] >= 0.405 and timed["mean_pr_auc"][0] >= 0.43
    for measured in (folded, timed):
        others = measured["mean_pr_auc_of"]
        assert max(others.values()) + 0.04 <= measured["mean_pr_auc"][0]
        assert max(others["plain count"], others["original densities, as published"]) + 0.14 <= measured["mean_pr_auc"][0]
    assert max(timed["calibration_error"]) <= 0.02
    assert abs(unseen["0.05"]["volume"][0] - 0.05) <= 0.015


def test_levels_are_the_published_ones(model):
    assert site_levels(read_arrivals(DATA)) == model["site_levels"] == {"clien": 88, "naver_cafe": 48}
    assert levels_of(model, np.asarray(["bobaedream", "elsewhere"])).tolist() == [48, model["unknown_site_level"]]


def test_another_comment_never_lowers_the_probability(model):
    for level in model["trained_levels"]:
        check_rising(formula_of(model), level)
    with pytest.raises(ValueError, match="another comment would lower"):
        check_rising(formula_of(model)._replace(coefficients=-formula_of(model).coefficients), 48)


def test_only_comments_that_have_come_count(model, tmp_path):
    early, later = arrivals_of(tmp_path / "a", [1, 5, 20]), arrivals_of(tmp_path / "b", [1, 5, 20, 20.5, 21, 400])

    assert score_at(model, early, 20) == score_at(model, later, 20)
    assert score_at(model, early, 21) < score_at(model, later, 21)


def test_recent_comments_weigh_more(model, tmp_path):
    arrivals = arrivals_of(tmp_path / "a", [1] * 20, [30] * 20, [58] * 20)

    fast, slow, now = score_at(model, arrivals, 60)
    assert fast < slow < now


def test_a_post_at_its_level_has_no_score_and_one_past_its_time_has_none_left(model, tmp_path):
    arrivals = arrivals_of(tmp_path / "a", [1] * 88, [1] * 87, [])

    assert np.isnan(score_at(model, arrivals, 10)).tolist() == [True, False, False]
    assert score_at(model, arrivals, 4320)[1:].tolist() == [0, 0]


def test_a_level_beyond_the_trained_ones_keeps_the_shares(model, tmp_path):
    arrivals = arrivals_of(tmp_path / "a", [1, 2, 3, 4] * 22)
    formula = formula_of(model)

    for level in (2, 10, 500, 10_000):
        empty = probability_at(formula, arrivals, 0.5, np.asarray([float(level)]))
        assert 0.002 < empty[0] < 0.05
    half = probability_at(formula, arrivals, 10, np.asarray([176.0]))
    at_edge = probability_at(formula, arrivals_of(tmp_path / "b", [1, 2, 3, 4] * 11), 10, np.asarray([88.0]))
    # S is not halved to the last digit of ln(1 + S): the sums are in another order.
    assert half[0] == pytest.approx(at_edge[0], rel=1e-12)


def test_newton_finds_the_slope_that_made_the_data():
    draws = np.random.Generator(np.random.PCG64(1))
    x = draws.normal(size=(20_000, 2))
    y = draws.random(20_000) < probability_of(-1 + x @ [2.0, -0.5])

    np.testing.assert_allclose(fit_logistic(x, y.astype(float), np.ones(len(y)), 0.1), [-1, 2, -0.5], atol=0.1)


def test_several_files_are_one_record_that_names_its_sources(tmp_path):
    lines = [{**LINE, "case": "event", "post": n, "commentMinutes": [1] * n} for n in range(4)]
    for name, some in (("old.ndjson", lines[:3]), ("own.ndjson", lines[3:])):
        (tmp_path / name).write_text("\n".join(map(json.dumps, some)), encoding="utf-8")
    paths = [tmp_path / "old.ndjson", tmp_path / "own.ndjson"]

    both, one = read_sources(paths), read_sources(paths[:1])

    assert both.cases == ["old", "old", "old", "own"] and one.cases == ["event"] * 3
    assert site_levels(both) == {"clien": 3} and site_levels(one) == {"clien": 2}
    assert one.sha256 == read_arrivals(paths[0]).sha256
    assert len({one.sha256, both.sha256, read_sources(paths[::-1]).sha256}) == 3
    with pytest.raises(ArrivalsError, match="the same name"):
        read_sources([paths[0], paths[0]])


def test_data_without_a_hot_post_of_its_own_is_refused_in_one_sentence(tmp_path, capsys):
    arrivals_of(tmp_path / "few.ndjson", [1], [2], [])

    assert train.main(["--arrivals", str(tmp_path / "few.ndjson"), "--out", str(tmp_path / "model.json")]) == 1

    assert capsys.readouterr().err.startswith(f"train: no model from {tmp_path}/few.ndjson: ")
    assert not (tmp_path / "model.json").exists()


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ("{bad", "Expecting property name"),
        ([1], "not an object"),
        ({**LINE, "site": ""}, 'site is ""'),
        ({**LINE, "post": None}, "post is null"),
        ({**LINE, "createdAt": "yesterday"}, "createdAt is 'yesterday'"),
        ({**LINE, "createdAt": "2026-11-20T14:00"}, "has no zone"),
        ({**LINE, "commentMinutes": "1"}, 'commentMinutes is "1"'),
        ({**LINE, "commentMinutes": [1, "2"]}, 'holds "2"'),
        ({**LINE, "commentMinutes": [True]}, "holds true"),
        ({**LINE, "commentMinutes": [-2]}, "before the post"),
        ({**LINE, "readings": {}}, "readings is {}, not a list"),
        ({**LINE, "readings": [3]}, "readings holds 3, not an object"),
        ({**LINE, "readings": [{"views": 3}]}, "a reading has no minute"),
        ({**LINE, "readings": [{"minute": 3, "views": "3"}]}, 'views is "3"'),
        ({**LINE, "readings": [{"minute": 3, "list_rank": 0}]}, "list_rank is 0"),
        ({**LINE, "title_question": 1}, "title_question is 1"),
        ({**LINE, "keyword_count": True}, "keyword_count is true"),
    ],
)
def test_a_malformed_line_is_named(tmp_path, record, said):
    path = tmp_path / "arrivals.ndjson"
    path.write_text(json.dumps(LINE) + "\n\n" + (record if isinstance(record, str) else json.dumps(record)), encoding="utf-8")

    with pytest.raises(ArrivalsError) as error:
        read_arrivals(path)

    assert str(error.value).startswith(f"{path} line 3: ") and said in str(error.value)
