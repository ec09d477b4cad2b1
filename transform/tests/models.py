"""Models for the tests: the shipped coefficients with an alarm table of a few invented scores, and with terms for what is no comment."""

from __future__ import annotations

import json
from pathlib import Path

from engines import MODEL

ALARM = {"alarm_scores": [-9.0, -6.5, -4.0, -2.25, 0.0, 1.5, 6.0], "alarm_shares": [1.0, 0.82, 0.4, 0.11, 0.031, 0.0085, 0.0004]}
OPTIONAL = [
    {"name": "views", "coefficient": 0.31, "a_coefficient": -0.07, "mean": 4.2, "spread": 1.9},
    {"name": "likes", "coefficient": 0.12, "a_coefficient": 0.02, "mean": 0.8, "spread": 0.9},
    {"name": "list_rank", "coefficient": -0.2, "a_coefficient": 0.05, "mean": 1.4, "spread": 0.6},
    {"name": "keyword_count", "coefficient": 0.09, "a_coefficient": 0.0, "mean": 0.7, "spread": 1.1},
    {"name": "title_length", "coefficient": -0.05, "a_coefficient": 0.01, "mean": 2.6, "spread": 0.5},
    {"name": "title_question", "coefficient": 0.14, "a_coefficient": -0.03, "mean": 0.25, "spread": 0.43},
]


def document(**fields: object) -> dict:
    """A model document, with other values for some of its fields."""
    shipped = json.loads(MODEL.read_text(encoding="utf-8"))
    return {**shipped, **ALARM, "optional_terms": [], **fields}


def write_model(folder: Path, **fields: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.json"
    path.write_text(json.dumps(document(**fields)), encoding="utf-8")
    return path
