"""evaluate: its measures against small cases worked by hand, and what it writes."""

import json
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

import evaluate
from arrivals import read_arrivals
from folds import folds_of, older_half
from measures import Ranking, calibration_error, calibration_error_of_widths, weightings
from methods import METHODS, STREAM_AGES
from stream import minutes_to_level, stream_above, stream_at_budget
from tables import BEGIN, END, placed
from train import MODEL_FILE

ONCE = np.ones((1, 4))
HOT = np.asarray([True, False, True, False])


def arrivals_of(tmp_path, posts):
    """posts: (site, comment minutes), created a day apart."""
    path = tmp_path / "arrivals.ndjson"
    lines = [{"site": site, "post": n, "createdAt": f"2026-10-{n + 1:02d}T05:00Z", "commentMinutes": minutes} for n, (site, minutes) in enumerate(posts)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return read_arrivals(path)


def test_average_precision_steps_down_the_ranking():
    assert Ranking(HOT, np.asarray([4.0, 3, 2, 1]), ONCE).average_precision()[0] == pytest.approx((1 + 2 / 3) / 2)
    assert Ranking(HOT, np.asarray([1.0, 1, 1, 1]), ONCE).average_precision()[0] == pytest.approx(0.5)


def test_weights_stand_for_posts_drawn_more_than_once():
    doubled = Ranking(np.repeat(HOT, 2), np.repeat([4.0, 3, 2, 1], 2), np.ones((1, 8)))
    weighed = Ranking(HOT, np.asarray([4.0, 3, 2, 1]), 2 * ONCE)

    assert weighed.average_precision()[0] == doubled.average_precision()[0]
    assert (weightings(50, 3) == weightings(50, 3)).all() and (weightings(50, 3).sum(axis=1) == 50).all()


def test_recall_at_a_precision_and_at_a_share():
    ranking = Ranking(HOT, np.asarray([4.0, 3, 2, 1]), ONCE)

    assert ranking.recall_at_precision(0.9)[0] == 0.5 and ranking.recall_at_precision(0.6)[0] == 1
    assert ranking.recall_at_share(0.5)[0] == 0.5 and ranking.recall_at_share(0.1)[0] == 0


def test_calibration_errors():
    hot = np.asarray([True] * 20 + [False] * 80)

    assert calibration_error(hot[::5], np.full(20, 0.2)) == pytest.approx(0.32)
    assert calibration_error_of_widths(hot, np.full(100, 0.3)) == pytest.approx(0.1)
    assert calibration_error_of_widths(hot, hot.astype(float)) == 0


def test_an_alarm_comes_at_the_first_look_at_the_cut_and_before_the_level(tmp_path):
    arrivals = arrivals_of(tmp_path, [("a", [7, 62, 100]), ("a", [1]), ("a", [3, 4, 5]), ("a", [])])
    reached = minutes_to_level(arrivals, np.full(4, 3.0))
    scores = np.column_stack([arrivals.seen_at(age) for age in STREAM_AGES])
    scores[scores >= 3] = np.nan

    stream = stream_at_budget(scores, arrivals.sites, reached, 0.25, ONCE)
    above = stream_above(scores, reached, np.full(len(STREAM_AGES), 0.5), ONCE)

    assert reached.tolist() == [100, np.inf, 5, np.inf]
    assert (stream.volume[0], stream.recall[0], stream.precision[0], stream.lead[0]) == (0.25, 0.5, 1, 35)
    assert (above.volume[0], above.recall[0], above.precision[0], above.lead[0]) == (0.5, 0.5, 0.5, 90)


def test_a_site_without_a_pace_of_its_own_is_compared_with_all(tmp_path):
    arrivals = arrivals_of(tmp_path, [("a", [1, 2]), ("b", [1] * 4)])

    pace = METHODS["count against site pace"](arrivals, np.full(2, 9.0), np.asarray([True, False]))

    assert pace[:, 0].tolist() == [1, 2]


def test_folds_hang_on_the_post_alone_and_halves_on_its_time(tmp_path):
    few, more = arrivals_of(tmp_path, [("a", [])] * 3), arrivals_of(tmp_path, [("a", [])] * 20)

    assert folds_of(few).tolist() == folds_of(more)[:3].tolist()
    assert set(folds_of(more).tolist()) == {0, 1, 2, 3, 4}
    assert older_half(more).tolist() == [True] * 10 + [False] * 10


def test_text_goes_between_the_marks_only():
    assert placed(f"a\n{BEGIN}\nold\n{END}\nb", "new\n") == f"a\n{BEGIN}\nnew\n{END}\nb"
    with pytest.raises(ValueError, match="it must hold"):
        placed("a card without marks", "new")


def test_the_card_and_its_plots_are_what_evaluate_writes(tmp_path, capsys):
    card = tmp_path / evaluate.CARD.name
    card.write_text(evaluate.CARD.read_text(encoding="utf-8"), encoding="utf-8")

    assert evaluate.main(["--card", str(card)]) == 0

    for name in (card.name, "calibration.svg", "precision-recall.svg"):
        assert (tmp_path / name).read_bytes() == (evaluate.CARD.parent / name).read_bytes()
    assert capsys.readouterr().out in card.read_text(encoding="utf-8")
    assert ElementTree.parse(tmp_path / "calibration.svg").getroot().tag.endswith("svg")


def test_the_card_is_that_of_the_shipped_model():
    model = json.loads(MODEL_FILE.read_text(encoding="utf-8"))

    assert evaluate.CARD.read_text(encoding="utf-8").startswith(f"# Model card: `{model['model_version']}`\n")


def test_a_missing_file_or_a_card_without_marks_is_one_sentence(tmp_path, capsys):
    assert evaluate.main(["--arrivals", str(tmp_path / "absent"), "--print"]) == 1
    assert capsys.readouterr().err.startswith("evaluate: ")

    (tmp_path / "card.md").write_text("a card", encoding="utf-8")
    assert evaluate.main(["--card", str(tmp_path / "card.md")]) == 1
    assert "it must hold" in capsys.readouterr().err
