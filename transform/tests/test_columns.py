"""Optional columns: when they are learnt from, what they are worth where they tell something, and that they cost nothing where they do not."""

import csv
import json
import math

import numpy as np
import pytest

from arrivals import site_levels
from early_model import Formula, OptionalTerm, check_rising, logit_at, probability_at, usable_columns
from model_document import formula_of, train
from score_arrivals import main as score_main
from simulated import arrivals_of_lines, mean_pr_auc, simulated_lines, without_columns

SEEDS = (0, 1, 2)
LINE = {"site": "clien", "createdAt": "2026-11-20T05:00Z", "commentMinutes": [1, 2]}
PLAIN = Formula(np.asarray([-3.0, -1, 1, 1, 0, 0, 0, 0, 0]), (40.0, 40.0))


def with_readings(*readings, **more):
    return {**LINE, "readings": [dict(zip(("minute", "views", "likes", "list_rank"), reading)) for reading in readings], **more}


def posts_of(tmp_path, *lines):
    return arrivals_of_lines(tmp_path / "arrivals.ndjson", [{"post": n, **line} for n, line in enumerate(lines)])


def test_the_latest_reading_by_an_age_counts_and_a_null_in_it_is_missing(tmp_path):
    columns = posts_of(tmp_path, LINE, with_readings((40, None, 2, None), (10, 99, None, 3)), with_readings((61, 5, 5, 5))).columns

    assert columns.known_at("views", 30).tolist() == pytest.approx([math.nan, math.log(100), math.nan], nan_ok=True)
    assert columns.known_at("list_rank", 10).tolist() == pytest.approx([math.nan, math.log(4), math.nan], nan_ok=True)
    assert np.isnan(columns.known_at("views", 60)).all() and np.isnan(columns.known_at("list_rank", 9.5)).all()
    assert columns.known_at("likes", 61).tolist() == pytest.approx([math.nan, math.log(3), math.log(6)], nan_ok=True)


def test_what_the_title_tells_is_known_at_every_age(tmp_path):
    columns = posts_of(tmp_path, LINE, {**LINE, "title_length": 11, "title_question": True, "keyword_count": 2}).columns

    found = [columns.known_at(name, 1)[1] for name in ("title_length", "title_question", "keyword_count")]

    assert found == pytest.approx([math.log(12), 1, 2])
    assert np.isnan(columns.known_at("keyword_count", 1)[0])


def test_a_term_adds_what_the_contract_says_and_nothing_where_its_value_is_missing(tmp_path):
    arrivals = posts_of(tmp_path, LINE, with_readings((10, 99, None, None)))
    formula = PLAIN._replace(optional=(OptionalTerm("views", 0.5, 0.25, 4.0, 2.0), OptionalTerm("likes", 9, 9, 1, 1)))
    level = np.full(2, 40.0)

    for age in (15, 120):
        gained = logit_at(formula, arrivals, age, level) - logit_at(PLAIN, arrivals, age, level)
        assert gained.tolist() == pytest.approx([0, (0.5 + 0.25 * math.log(age / 60)) * (math.log(100) - 4) / 2])


def test_a_column_is_used_when_one_source_knows_it_of_enough_posts(tmp_path):
    known, unknown = with_readings((30, 7, None, 1), title_length=9), {**LINE, "title_length": 9}
    late = with_readings((61, 7, None, 1))

    def usable(*groups):
        return usable_columns(posts_of(tmp_path, *[{**line, "case": case} for case, line, times in groups for _ in range(times)]))

    assert usable(("own", known, 240), ("own", unknown, 60)) == ["views", "list_rank", "title_length"]
    assert usable(("own", known, 239), ("own", unknown, 61)) == ["title_length"]
    assert usable(("own", late, 400)) == []
    assert usable(("own", known, 299)) == []
    assert usable(("old", LINE, 3000), ("own", known, 300)) == ["views", "list_rank", "title_length"]


@pytest.fixture(scope="module", params=SEEDS)
def simulated(request, tmp_path_factory):
    """Mean PR-AUC in cross-validation of the same posts: with telling views, without, with views of noise, without."""
    folder = tmp_path_factory.mktemp("simulated")
    found = {}
    for views in ("telling", "noise"):
        lines = simulated_lines(1500, request.param, views=views)
        for name, some in (("with", lines), ("without", without_columns(lines))):
            arrivals = arrivals_of_lines(folder / f"{views}-{name}.ndjson", some)
            found[views, name] = mean_pr_auc(arrivals, np.full(1500, float(site_levels(arrivals)["clien"])))
    return found


def test_views_that_tell_more_than_the_comments_make_a_clearly_better_model(simulated):
    assert simulated["telling", "with"] > simulated["telling", "without"] + 0.1


def test_views_of_noise_make_it_hardly_worse(simulated):
    assert abs(simulated["noise", "with"] - simulated["noise", "without"]) < 0.01


def test_a_trained_term_is_in_the_document_and_scoring_uses_it(tmp_path):
    lines = simulated_lines(1500, 1, views="telling")
    arrivals = arrivals_of_lines(tmp_path / "telling.ndjson", lines)
    model = train(arrivals, "telling")
    (term,) = model["optional_terms"]
    (tmp_path / "model.json").write_text(json.dumps(model), encoding="utf-8")

    files = {"arrivals": "telling.ndjson", "model": "model.json", "out": "out.csv"}
    status = score_main([*[f"--{option}={tmp_path / file}" for option, file in files.items()], "--ages=30"])
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        written = [float(row["score"] or "nan") for row in csv.DictReader(file)]

    level = np.full(1500, float(model["site_levels"]["clien"]))
    blind = probability_at(formula_of(model)._replace(optional=()), arrivals, 30, level)
    assert status == 0 and term["name"] == "views" and term["coefficient"] > 0.5
    assert written == pytest.approx(probability_at(formula_of(model), arrivals, 30, level).tolist(), nan_ok=True)
    assert np.nanmax(np.abs(np.asarray(written) - blind)) > 0.1
    check_rising(formula_of(model), int(level[0]))


def test_readings_that_say_nothing_leave_the_model_as_it_was(tmp_path):
    lines = simulated_lines(1500, 1, views="none")
    silent = [{**line, "readings": [{"minute": 5, "views": None, "likes": None, "list_rank": None}], "title_length": None} for line in lines]

    plain, same = (train(arrivals_of_lines(tmp_path / "arrivals.ndjson", some), "x") for some in (lines, silent))

    for model in (plain, same):
        del model["model_version"], model["trained_on"]["sha256"]
    assert plain == same and plain["optional_terms"] == []


def test_a_column_that_never_differs_has_no_term(tmp_path):
    lines = [{**line, "keyword_count": 1} for line in simulated_lines(1500, 1, views="none")]

    assert train(arrivals_of_lines(tmp_path / "arrivals.ndjson", lines), "x")["optional_terms"] == []
