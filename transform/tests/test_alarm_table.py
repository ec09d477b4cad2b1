"""How rare a reading is, and the cut that a budget sets on it."""

import json

import numpy as np
import pytest

from alarm_table import AlarmTable, alarm_table, exceedance_of, folded_alarm_scores
from arrivals import read_arrivals, site_levels
from budget import Window, cut_of, stream_by_budget
from engines import MODEL, ROOT
from methods import STREAM_AGES
from model_document import alarm_table_of

NONE = np.nan


def draws():
    return np.random.Generator(np.random.PCG64(7))


def arrivals_of(tmp_path, posts):
    """posts: (site, day of creation, comment minutes)."""
    path = tmp_path / "arrivals.ndjson"
    lines = [{"site": site, "post": n, "createdAt": f"2026-10-{day:02d}T05:00Z", "commentMinutes": minutes} for n, (site, day, minutes) in enumerate(posts)]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return read_arrivals(path)


def test_a_share_of_posts_exceeds_that_share():
    highest = draws().normal(size=5000)
    table = alarm_table(np.column_stack([highest, highest - 1]))

    for share in (0.5, 0.1, 0.01):
        assert (exceedance_of(highest, table) <= share).mean() == pytest.approx(share, rel=0.1)
    assert 20 <= len(table.scores) <= 40
    assert (np.diff(table.scores) > 0).all() and (np.diff(table.shares) < 0).all()
    assert (table.shares[0], table.shares[-1]) == (1, 0.0001)


def test_a_post_counts_once_by_its_highest_score_and_one_at_its_level_as_the_highest():
    table = alarm_table(np.asarray([[0.0, 5, NONE], [4, 1, 2], [3, NONE, NONE], [NONE, NONE, NONE]]))

    assert exceedance_of(np.asarray([3.0, 4, 5, NONE]), table).tolist() == pytest.approx([1, 0.75, 0.5, 0], abs=1e-6)


def test_between_two_scores_the_logarithm_is_a_line_and_beyond_them_the_end_holds():
    table = AlarmTable(np.asarray([0.0, 2]), np.asarray([1, 0.01]))

    assert exceedance_of(np.asarray([-9.0, 1, 9]), table).tolist() == pytest.approx([1, 0.1, 0.01])


def test_the_shipped_table_holds_for_posts_that_were_not_learnt_from():
    arrivals = read_arrivals(ROOT / "data/comment-arrivals/kona-fire.ndjson.gz")
    levels = site_levels(arrivals)
    level = np.asarray([levels[site] for site in arrivals.sites.tolist()], dtype=float)
    table = alarm_table_of(json.loads(MODEL.read_text(encoding="utf-8")))

    scores = folded_alarm_scores(arrivals, level, np.ones(len(level), dtype=bool))
    lowest = np.where(np.isnan(scores), 1, exceedance_of(scores, table)).min(axis=1)

    for share in (0.02, 0.05, 0.1, 0.3):
        assert (lowest <= share).mean() == pytest.approx(share, rel=0.06)


def test_without_a_post_the_cut_is_the_share_and_with_many_it_is_their_quantile():
    lowest = draws().random(100_000) ** 2

    assert cut_of(np.asarray([]), 0.05) == pytest.approx(0.05)
    assert cut_of(lowest, 0.05) == pytest.approx(0.0025, rel=0.1)
    assert cut_of(np.ones(5), 1.0) == 1


def test_posts_at_their_level_use_the_budget_up():
    assert cut_of(np.zeros(20), 0.05) == 0
    assert 0 < cut_of(np.asarray([0.0] * 5 + [1] * 95), 0.06) < 0.08


@pytest.mark.parametrize("seed", range(20))
def test_no_larger_cut_keeps_the_budget(seed):
    drawn = np.random.Generator(np.random.PCG64(seed))
    lowest = np.round(drawn.random(drawn.integers(0, 60)) ** drawn.integers(1, 4), 2)
    share, prior = drawn.choice([0.01, 0.05, 0.1, 0.5]), drawn.choice([1.0, 10, 100])

    cut = cut_of(lowest, share, prior)

    grid = np.linspace(1e-5, 1, 100_000)
    kept = grid[(lowest[:, None] < grid).sum(axis=0) + prior * grid <= share * (len(lowest) + prior) + 1e-9]
    assert cut == pytest.approx(kept.max() if len(kept) else 0, abs=2e-5)


def test_a_site_alarms_by_what_its_own_latest_posts_showed(tmp_path):
    looks = len(STREAM_AGES)
    arrivals = arrivals_of(tmp_path, [("a", 1, [])] * 200 + [("a", 20, []), ("a", 28, [200] * 3), ("b", 28, [200] * 3)])
    exceedance = np.full((203, looks), 0.5)
    exceedance[:200] = 0.001
    exceedance[201:, 10] = 0.01
    later = np.arange(203) > 200

    def figures(window):
        stream = stream_by_budget(exceedance, arrivals, np.full(203, 3.0), later, 0.05, window, np.ones((1, 2)))
        return [float(values[0]) for values in stream]

    # Site a has shown far lower exceedances; b has shown nothing, so the table's word stands.
    assert figures(Window("all", posts=1000)) == [0.5, 0.5, 1, 200 - STREAM_AGES[10]]
    assert figures(Window("14 days", days=14)) == [1, 1, 1, 200 - STREAM_AGES[10]]


def test_a_look_that_was_not_made_alarms_nobody(tmp_path):
    arrivals = arrivals_of(tmp_path, [("a", 1, [200] * 3), ("a", 2, [200] * 3)])
    exceedance = np.full((2, len(STREAM_AGES)), 0.9)
    exceedance[0, STREAM_AGES.index(25)] = exceedance[1, STREAM_AGES.index(60)] = 0.001
    every_half_hour = Window("half hours", posts=9, minutes_apart=30)

    stream = stream_by_budget(exceedance, arrivals, np.full(2, 3.0), np.asarray([True, True]), 0.05, every_half_hour, np.ones((1, 2)))

    assert (stream.volume[0], stream.lead[0]) == (0.5, 140)


def test_an_alarm_at_the_level_is_an_alarm_but_no_find(tmp_path):
    arrivals = arrivals_of(tmp_path, [("a", 1, [12] * 3), ("a", 2, [])])
    exceedance = np.full((2, len(STREAM_AGES)), 0.9)
    exceedance[0, 2:] = 0

    stream = stream_by_budget(exceedance, arrivals, np.full(2, 3.0), np.asarray([True, True]), 0.05, Window("all", posts=9), np.ones((1, 2)))

    assert (stream.volume[0], stream.recall[0], stream.precision[0]) == (0.5, 0, 0)
