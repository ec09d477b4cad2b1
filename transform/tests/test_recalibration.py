"""Odds corrected by own outcomes: what is counted, when it may be known, and what it does to a wrong probability."""

import json
import math

import numpy as np
import pytest

from arrivals import read_arrivals
from methods import AGES, STREAM_AGES
from recalibration import band_of, factors_before, recalibrated

LOOKS = len(STREAM_AGES)


def arrivals_of(tmp_path, totals, site="a", hours=1.0):
    path = tmp_path / "arrivals.ndjson"
    start = np.datetime64("2026-01-01T00:00")
    lines = [
        {"site": site, "post": n, "createdAt": f"{start + np.timedelta64(round(n * hours * 60), 'm')}Z", "commentMinutes": [1000] * total}
        for n, total in enumerate(totals)
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return read_arrivals(path)


def test_bands_begin_at_30_and_120_minutes():
    assert [band_of(age) for age in (5, 25, 30, 115, 120, 240)] == [0, 0, 1, 1, 2, 2]


def test_only_posts_whose_outcome_is_known_count_and_each_once_a_band(tmp_path):
    arrivals = arrivals_of(tmp_path, [1, 0, 1, 0], hours=36)
    probability = np.full((4, LOOKS), 0.5)
    # The last reading of the band before the level is the one that counts.
    probability[0, 3:5] = [0.25, np.nan]

    factors = factors_before(probability, arrivals, np.ones(4), np.ones(4, dtype=bool), 10)

    assert factors[:2].tolist() == [[1, 1, 1]] * 2
    assert factors[2].tolist() == pytest.approx([11 / 10.25, 11 / 10.5, 11 / 10.5])
    assert factors[3].tolist() == pytest.approx([11 / 10.75, 11 / 11, 11 / 11])


def test_another_site_and_posts_from_before_the_measured_half_change_nothing(tmp_path):
    arrivals = arrivals_of(tmp_path, [1] * 20, hours=24)
    other = arrivals._replace(sites=np.asarray(["a"] * 19 + ["b"]))
    probability = np.full((20, LOOKS), 0.1)

    assert factors_before(probability, other, np.ones(20), np.ones(20, dtype=bool), 10)[19].tolist() == [1, 1, 1]
    assert factors_before(probability, arrivals, np.ones(20), np.arange(20) == 19, 10)[19].tolist() == [1, 1, 1]
    assert factors_before(probability, arrivals, np.ones(20), np.ones(20, dtype=bool), 10)[19, 0] == pytest.approx(27 / 11.7)


def test_a_probability_that_is_half_of_what_comes_is_mended_and_a_right_one_left(tmp_path):
    draws = np.random.Generator(np.random.PCG64(3))
    chance = np.where(draws.random(6000) < 0.5, 0.05, 0.2)
    arrivals = arrivals_of(tmp_path, (draws.random(6000) < chance).astype(int))
    right = np.repeat(chance[:, None], LOOKS, axis=1)

    def error(probability, weight):
        return np.mean(recalibrated(probability, arrivals, np.ones(6000), np.ones(6000, dtype=bool), weight).error)

    assert error(right / 2, 10) < 0.4 * error(right / 2, math.inf)
    assert error(right, 10) < error(right, math.inf) + 0.01
    assert len(recalibrated(right, arrivals, np.ones(6000), np.ones(6000, dtype=bool), 10).log_loss) == len(AGES)
