"""Scores recorded arrivals at given ages: python score_arrivals.py --arrivals FILE --ages 5,10,20 --out FILE [--model FILE] [--exceedance]

Input lines: {case?, site, post, createdAt, commentMinutes}, and the optional columns of columns.py for a model that has such terms. Output:
case,site,post,age_min,score, posts in file order, ages as given; the score is the probability of becoming hot, from nothing later than age_min,
and empty for a post that is at its site's level by then. --exceedance adds a column exceedance: how rare such a reading is (alarm_table.py).
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np  # noqa: E402

from alarm_table import exceedance_at  # noqa: E402
from arrivals import ArrivalsError, read_arrivals  # noqa: E402
from early_model import probability_at  # noqa: E402
from model_document import SCHEMA, alarm_table_of, formula_of, levels_of  # noqa: E402
from train import MODEL_FILE  # noqa: E402


def main(argv: Sequence[str]) -> int:
    """Returns 0, or 1 after one sentence on stderr; then nothing is written."""
    parser = argparse.ArgumentParser(prog="score", description="Scores recorded arrivals at given ages.")
    parser.add_argument("--arrivals", type=Path, required=True, help="ndjson or ndjson.gz")
    parser.add_argument("--ages", type=ages_of, required=True, help='minutes, like 10,60,240; "5,10,...,240" goes on in equal steps')
    parser.add_argument("--out", type=Path, required=True, help="the CSV file to write")
    parser.add_argument("--model", type=Path, default=MODEL_FILE)
    parser.add_argument("--exceedance", action="store_true", help="add a column: how rare such a reading is")
    options = parser.parse_args(argv)
    try:
        model = read_model(options.model)
        arrivals = read_arrivals(options.arrivals)
        level = levels_of(model, arrivals.sites)
        formula, table = formula_of(model), alarm_table_of(model)
        tables = [np.column_stack([probability_at(formula, arrivals, age, level) for age in options.ages])]
        if options.exceedance:
            tables.append(np.column_stack([exceedance_at(formula, table, arrivals, age, level) for age in options.ages]))
        found = np.stack(tables, axis=2).tolist()
        with options.out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["case", "site", "post", "age_min", "score", *(["exceedance"] if options.exceedance else [])])
            for case, site, post, by_age in zip(arrivals.cases, arrivals.sites.tolist(), arrivals.posts, found):
                writer.writerows([case, site, post, age, *map(_written, values)] for age, values in zip(options.ages, by_age))
    except (ArrivalsError, OSError) as error:
        print(f"score: {error}", file=sys.stderr)
        return 1
    print(f"{options.out}: {len(arrivals.posts)} posts at {len(options.ages)} ages, model {model['model_version']}")
    return 0


def _written(value: float) -> str:
    return "" if value != value else f"{value:.12g}"


def ages_of(text: str) -> list[int]:
    """Raises ArgumentTypeError for anything but whole minutes of at least 1."""
    ages: list[int] = []
    parts = [part.strip() for part in text.split(",")]
    for place, part in enumerate(parts):
        if part in ("...", "…") and len(ages) >= 2 and place + 1 < len(parts) and parts[place + 1].isdecimal() and ages[-1] > ages[-2]:
            ages.extend(range(2 * ages[-1] - ages[-2], int(parts[place + 1]), ages[-1] - ages[-2]))
        elif part.isdecimal() and int(part) >= 1:
            ages.append(int(part))
        else:
            raise argparse.ArgumentTypeError(f"{part!r} is no age; give whole minutes of at least 1, like 10,60,240 or 5,10,...,240")
    return ages


def read_model(path: Path) -> dict:
    """Raises ArrivalsError when there is no model of this version."""
    remedy = "train one (train.py), or give another with --model"
    try:
        model = json.loads(path.read_text(encoding="utf-8"))
        if model["schema"] != SCHEMA:
            raise ArrivalsError(f"{path} has schema {model['schema']!r}, this program reads {SCHEMA}; {remedy}")
        formula_of(model), alarm_table_of(model), levels_of(model, np.asarray(["any"]))
        return model
    except FileNotFoundError as error:
        raise ArrivalsError(f"{path} does not exist; {remedy}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ArrivalsError(f"{path} is no model ({error!r}); {remedy}") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
