"""score: from recorded arrivals to a CSV."""

import csv
import gzip
import json
import math

import pytest

from alarm_table import exceedance_at
from columns import OF_READING
from early_model import probability_at
from engines import MODEL
from model_document import alarm_table_of, formula_of, levels_of
from models import OPTIONAL, document
from plain_score import minutes_between, score
from raw_batch import many
from score_arrivals import ages_of, main
from simulated import arrivals_of_lines

POSTS = [
    {"case": "a", "site": "clien", "post": "x", "createdAt": "2026-11-20T05:00Z", "commentMinutes": [2.5, 1, 70], "views": 3},
    {"site": "nowhere", "post": 7, "createdAt": "2026-11-20T05:00Z", "commentMinutes": [1] * 55},
]


def run(tmp_path, *more, ages="10,60", text=None):
    source = tmp_path / "arrivals.ndjson.gz"
    source.write_bytes(gzip.compress(("\n".join(map(json.dumps, POSTS)) if text is None else text).encode()))
    return main(["--arrivals", str(source), "--ages", ages, "--out", str(tmp_path / "out.csv"), *more])


def written(tmp_path):
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_writes_a_row_a_post_and_age(tmp_path):
    assert run(tmp_path) == 0

    head, *rows = written(tmp_path)
    assert head == ["case", "site", "post", "age_min", "score"]
    assert [row[:4] for row in rows] == [["a", "clien", "x", "10"], ["a", "clien", "x", "60"], ["", "nowhere", "7", "10"], ["", "nowhere", "7", "60"]]
    assert 0 < float(rows[1][4]) < float(rows[0][4]) < 0.2
    assert [row[4] for row in rows[2:]] == ["", ""]


def test_says_how_rare_each_reading_is(tmp_path):
    assert run(tmp_path, "--exceedance", ages="10,60,4320") == 0

    head, *rows = written(tmp_path)
    of = {(row[2], row[3]): float(row[5]) for row in rows}
    assert head[-1] == "exceedance"
    assert 0 < of["x", "10"] < 1 and 0 < of["x", "60"] <= 1
    assert (of["x", "4320"], of["7", "10"], of["7", "60"]) == (1, 0, 0)


def test_the_trainer_says_what_the_formula_in_plain_python_says(tmp_path):
    """test_score.py holds both engines to the same formula, on the same posts."""
    model = document(optional_terms=OPTIONAL)
    posts, comments = many(60, 1500)
    lines = [as_arrivals(post, [each for each in comments if each["post_id"] == post["post_id"]]) for post in posts]
    arrivals = arrivals_of_lines(tmp_path / "arrivals.ndjson", lines)
    level, formula, table = levels_of(model, arrivals.sites), formula_of(model), alarm_table_of(model)

    for place, (post, line) in enumerate(zip(posts, lines)):
        age = line["readings"][0]["minute"]
        wanted = score(model, post, [each for each in comments if each["post_id"] == post["post_id"]])
        probability = probability_at(formula, arrivals, age, level)[place]
        assert (1 if math.isnan(probability) else probability) == pytest.approx(wanted.probability, abs=1e-9)
        assert exceedance_at(formula, table, arrivals, age, level)[place] == pytest.approx(wanted.exceedance, abs=1e-9)


def as_arrivals(post, comments):
    """Raw records as the trainer reads them, with the reading that was made of the post."""
    return {
        **{"site": post["site"], "post": post["post_id"], "createdAt": post["created_at"]},
        "commentMinutes": [minutes_between(post["created_at"], each["created_at"]) for each in comments],
        "readings": [{"minute": minutes_between(post["created_at"], post["collected_at"]), **{name: post.get(name) for name in OF_READING}}],
        **{"keyword_count": len(post["keywords"]), "title_length": len(post["title"])},
        "title_question": "?" in post["title"] or "？" in post["title"],
    }


def test_a_model_with_a_broken_table_is_refused(tmp_path, capsys):
    model = json.loads(MODEL.read_text(encoding="utf-8"))
    for broken in ({"alarm_shares": model["alarm_shares"][::-1]}, {"alarm_scores": [0], "alarm_shares": [1]}, {"optional_terms": [{"name": "views"}]}):
        (tmp_path / "model.json").write_text(json.dumps({**model, **broken}), encoding="utf-8")

        assert run(tmp_path, "--model", str(tmp_path / "model.json")) == 1
        assert "is no model" in capsys.readouterr().err


def test_the_same_input_gives_the_same_bytes(tmp_path):
    run(tmp_path)
    first = (tmp_path / "out.csv").read_bytes()

    run(tmp_path)

    assert (tmp_path / "out.csv").read_bytes() == first


def test_ages_may_go_on_in_equal_steps():
    assert ages_of("5,10,…,25") == ages_of("5, 10, ..., 25") == [5, 10, 15, 20, 25]
    assert ages_of("240") == [240]


@pytest.mark.parametrize("ages", ["", "0", "-5", "1.5", "10,", "5,...,20", "...", "ten"])
def test_other_ages_end_with_a_usage_error(tmp_path, capsys, ages):
    with pytest.raises(SystemExit) as ended:
        run(tmp_path, f"--ages={ages}")

    assert ended.value.code == 2
    assert "is no age" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "has no post"), ('{"site":"clien"}', "line 1: createdAt is null"), ("{}\n", "line 1")],
)
def test_a_bad_file_is_one_sentence_and_writes_nothing(tmp_path, capsys, text, said):
    assert run(tmp_path, text=text) == 1

    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("score: ") and said in line
    assert not (tmp_path / "out.csv").exists()


def test_a_cut_file_and_a_missing_one_say_so(tmp_path, capsys):
    cut = tmp_path / "cut.gz"
    cut.write_bytes(gzip.compress(b"{}" * 100)[:-10])

    for path, said in ((cut, "cannot be read"), (tmp_path / "absent", "does not exist")):
        assert main(["--arrivals", str(path), "--ages", "5", "--out", str(tmp_path / "out.csv")]) == 1
        assert said in capsys.readouterr().err


@pytest.mark.parametrize(("text", "said"), [('{"schema":2}', "has schema 2"), ('{"schema":3}', "is no model"), ("[", "is no model"), ("[]", "is no model")])
def test_another_model_is_refused(tmp_path, capsys, text, said):
    (tmp_path / "model.json").write_text(text, encoding="utf-8")

    assert run(tmp_path, "--model", str(tmp_path / "model.json")) == 1
    assert said in capsys.readouterr().err
