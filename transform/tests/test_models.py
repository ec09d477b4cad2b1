"""Which model scores, and what the job says of one that it cannot use."""

import json
import math

import pytest

from engines import rows, run_cases
from models import ALARM, OPTIONAL, document
from raw_batch import BATCH, many, write_batch

TERM = OPTIONAL[0]
SHIPPED = document()["coefficients"]

# Documents at --model, with what the one sentence must hold.
BAD_MODELS = {
    "cut off": ('{"schema":3,', "is no model"),
    "no object": ("[3]", "is no model"),
    "no schema": ("{}", "has no schema"),
    "a model of the version before": (json.dumps({**document(), "schema": 2}), "has schema 2, this job reads 3; train it again"),
    "a model of a later version": (json.dumps({**document(), "schema": 4}), "has schema 4, this job reads 3; put a model"),
    "a schema that is no number": (json.dumps({**document(), "schema": "3"}), "has schema '3', this job reads 3"),
    "only a schema": ('{"schema":3}', "is damaged"),
}
DAMAGE = {
    "a coefficient is no number": ({"coefficients": {**SHIPPED, "a": "1.0"}}, "a is '1.0', no number"),
    "a coefficient is infinite": ({"coefficients": {**SHIPPED, "a": math.inf}}, "a is not finite"),
    "a coefficient is missing": ({"coefficients": {"a": 1.0}}, "intercept"),
    "a window that is true": ({"window_minutes": True}, "window_minutes is True, no number"),
    "a level of 0": ({"unknown_site_level": 0}, "level is below 1"),
    "half a comment as level": ({"unknown_site_level": 5.5}, "no whole number"),
    "an alias of nobody": ({"site_aliases": {"bobaedream": "nobody"}}, "nobody"),
    "a version that names another folder": ({"model_version": "../other"}, "cannot name a file"),
    "a version that is no text": ({"model_version": 7}, "cannot name a file"),
    "one alarm score": ({"alarm_scores": [1.0], "alarm_shares": [0.5]}, "fewer than 2"),
    "fewer shares than scores": ({"alarm_shares": ALARM["alarm_shares"][:-1]}, "differ in length"),
    "scores that stand still": ({"alarm_scores": [0.0, 0.0], "alarm_shares": [0.5, 0.4]}, "alarm_scores do not rise"),
    "shares that rise": ({"alarm_scores": [0.0, 1.0], "alarm_shares": [0.4, 0.5]}, "alarm_shares do not fall"),
    "a share of 0": ({"alarm_scores": [0.0, 1.0], "alarm_shares": [0.4, 0]}, "an alarm share is not above 0"),
    "a share above 1": ({"alarm_scores": [0.0, 1.0], "alarm_shares": [1.1, 0.5]}, "an alarm share is not above 0"),
    "a score that is no number": ({"alarm_scores": [math.nan, 1.0], "alarm_shares": [0.5, 0.4]}, "a value of alarm_scores is not finite"),
    "scores that are no list": ({"alarm_scores": "01"}, "alarm_scores is no list"),
    "optional terms that are no list": ({"optional_terms": {"views": 1}}, "optional_terms is no list"),
    "an unknown term": ({"optional_terms": [{**TERM, "name": "author"}]}, "'author' is unknown"),
    "a term twice": ({"optional_terms": [TERM, TERM]}, "views comes twice"),
    "a spread of 0": ({"optional_terms": [{**TERM, "spread": 0}]}, "spread of optional term views is not above 0"),
    "a mean that is infinite": ({"optional_terms": [{**TERM, "mean": -math.inf}]}, "mean of optional term views is not finite"),
    "a term without a coefficient": ({"optional_terms": [{"name": "views"}]}, "coefficient"),
}
BAD_MODELS.update({name: (json.dumps(document(**fields)), said) for name, (fields, said) in DAMAGE.items()})
NEEDED = ["model_version", "alarm_scores", "alarm_shares", "optional_terms", "site_levels", "ages"]
BAD_MODELS.update({f"without {gone}": (json.dumps({name: value for name, value in document().items() if name != gone}), gone) for gone in NEEDED})
BAD_POINTERS = {
    "to nothing": ({"model_version": "absent"}, "absent.json does not exist"),
    "to a pointer": ({"model_version": "pointer"}, "is a pointer"),
    "to a damaged model": ({"model_version": "damaged"}, "damaged.json is damaged"),
    "to another folder": ({"model_version": "../good"}, "cannot name a file"),
    "to a whole path": ({"model_version": "/etc/good"}, "cannot name a file"),
    "to several models": ({"model_version": "*"}, "cannot name a file"),
    "to nothing by name": ({"model_version": ""}, "cannot name a file"),
    "to a number": ({"model_version": 3}, "cannot name a file"),
    "pinned by a word": ({"model_version": "good", "pinned": "yes"}, "write true or false"),
}
GOOD_POINTERS = {"plain": {"model_version": "good"}, "pinned": {"model_version": "good", "pinned": True}}


@pytest.fixture(scope="module", params=["sail", "spark"])
def said(request, modules, tmp_path_factory):
    """By case: status, stdout, stderr; and the folder of the models, with data-<case> for those that go through."""
    folder = tmp_path_factory.mktemp(f"models-{request.param}")
    write_beside(folder)
    write_all(folder, {name: text for name, (text, _) in BAD_MODELS.items()})
    write_all(folder, {name: json.dumps(pointer) for name, (pointer, _) in BAD_POINTERS.items()})
    write_all(folder, {name: json.dumps(pointer) for name, pointer in GOOD_POINTERS.items()})
    for name in GOOD_POINTERS:
        write_batch(folder / f"data-{name}", *many(3, 9))
    cases = {
        name: ["--batch", BATCH, "--data", str(folder / f"data-{name}"), "--model", str(folder / f"{name}.json")]
        for name in [*BAD_MODELS, *BAD_POINTERS, *GOOD_POINTERS]
    }
    return run_cases(request.param, modules, cases, folder), folder


def write_beside(folder):
    """What pointers point to."""
    write_all(folder, {"good": json.dumps(document(model_version="read-by-pointer")), "pointer": '{"model_version":"good"}'})
    write_all(folder, {"damaged": json.dumps(document(alarm_scores=[]))})


def write_all(folder, texts):
    for name, text in texts.items():
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", [*BAD_MODELS, *BAD_POINTERS])
def test_a_model_that_cannot_score_is_one_sentence(said, name):
    results, folder = said
    wanted = {**BAD_MODELS, **BAD_POINTERS}[name][1]

    (line,) = results[name]["stderr"].strip().splitlines()
    assert results[name]["status"] == 1
    assert line.startswith("JobError: model ") and wanted in line, line
    assert str(folder / f"{name}.json") in line
    assert line.rpartition("; ")[2].startswith(("put a model", "train it again", "let ", "write "))


@pytest.mark.parametrize("name", GOOD_POINTERS)
def test_the_scores_name_the_model_that_a_pointer_led_to(said, name):
    results, folder = said

    assert results[name]["status"] == 0, results[name]["stderr"]
    found = rows(folder / f"data-{name}", f"processed/score/batch={BATCH}")
    assert {row["model_version"] for row in found} == {"read-by-pointer"}
    assert json.loads(results[name]["stdout"])["model_version"] == "read-by-pointer"
