"""Measures the model and what it must beat, in one run: python evaluate.py [--arrivals FILE] [--card FILE | --print]

Writes the tables between the marks of the model card, and the plots beside it. The same arrivals give the same bytes. Needs numpy only.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from arrivals import ArrivalsError, read_arrivals  # noqa: E402
from measure import measure  # noqa: E402
from plots import calibration_plot, precision_recall_plot  # noqa: E402
from tables import BEGIN, END, markdown, placed  # noqa: E402
from train import ARRIVALS, ROOT  # noqa: E402

CARD = ROOT / "docs/model-card.md"


def main(argv: Sequence[str]) -> int:
    """Prints the tables. Returns 0, or 1 after one sentence on stderr."""
    parser = argparse.ArgumentParser(prog="evaluate", description="Measures the model and its baselines on recorded arrivals.")
    parser.add_argument("--arrivals", type=Path, default=ARRIVALS, help="ndjson or ndjson.gz")
    parser.add_argument("--card", type=Path, default=CARD, help="the model card to write into; the plots go beside it")
    parser.add_argument("--print", action="store_true", dest="only_print", help="print the tables, write nothing")
    options = parser.parse_args(argv)
    try:
        card = "" if options.only_print else options.card.read_text(encoding="utf-8")
        # Before the half minute that measuring takes.
        placed(f"{BEGIN}{END}" if options.only_print else card, "")
        measurement = measure(read_arrivals(options.arrivals))
        tables = markdown(measurement)
        print(tables, end="")
        if options.only_print:
            return 0
        changed = placed(card, tables)
        plots = {
            "calibration.svg": calibration_plot(measurement.by_time, "Calibration, split by time"),
            "precision-recall.svg": precision_recall_plot(measurement.cross_validation, "Precision and recall, cross-validation"),
        }
        for name, text in {**plots, options.card.name: changed}.items():
            (options.card.parent / name).write_text(text, encoding="utf-8")
    except ArrivalsError as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 1
    except (ValueError, OSError) as error:
        print(f"evaluate: {options.arrivals} into {options.card}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
