"""The first model: from the same data the same bytes, and a ratio that behaves."""

import json
import subprocess
import sys

import numpy as np
import pytest

from arrivals import read_arrivals, site_levels
from densities import impact
from engines import MODEL, ROOT

TRAIN = ROOT / "transform/training/train_densities.py"


@pytest.fixture(scope="module")
def model() -> dict:
    return json.loads(MODEL.read_text(encoding="utf-8"))


def ages(model) -> np.ndarray:
    return np.arange(len(model["bins"]["hot_mean"])) * model["bin_minutes"] + model["bin_minutes"]


def test_training_gives_the_bytes_that_are_in_the_repository(tmp_path):
    subprocess.run([sys.executable, TRAIN, "--out", tmp_path / "model.json"], check=True, capture_output=True)

    assert (tmp_path / "model.json").read_bytes() == MODEL.read_bytes()
    assert MODEL.read_bytes().count(b"\n") == 1


def test_levels_are_the_published_ones():
    assert site_levels(read_arrivals(ROOT / "data/comment-arrivals/kona-fire.ndjson.gz")) == {"clien": 88, "naver_cafe": 48}


def test_no_comment_never_alarms_at_any_age(model):
    for level in (1, 48, 88, 1000):
        assert (impact(model, ages(model), np.zeros(len(ages(model))), np.asarray(level)) <= 0).all()
    assert impact(model, np.asarray([0, 1, 5]), np.zeros(3), np.asarray(48)).max() < 0


def test_more_comments_never_lower_the_impact(model):
    counts = np.arange(0, 300)
    for age in ages(model):
        assert (np.diff(impact(model, np.full(len(counts), age), counts, np.asarray(48))) >= 0).all()


def test_days_count_and_the_last_bin_serves_beyond_the_table(model):
    assert ages(model)[-1] == 4320
    at = [impact(model, np.asarray([age]), np.asarray([30]), np.asarray([48]))[0] for age in (60, 1440 + 60, 4320, 100_000)]
    assert at[0] > at[1] > at[2] == at[3]


def test_huge_counts_stay_finite(model):
    assert impact(model, np.asarray([10]), np.asarray([10**9]), np.asarray([48]))[0] == model["impact_limit"]


def test_the_report_prints_recall_and_precision_by_age():
    done = subprocess.run([sys.executable, TRAIN, "--report"], check=True, capture_output=True, text=True)

    lines = done.stdout.splitlines()
    assert "recall" in lines[0] and "precision" in lines[0]
    assert [line.split()[0] for line in lines[1:8]] == ["10", "20", "30", "60", "120", "240", "stream"]
