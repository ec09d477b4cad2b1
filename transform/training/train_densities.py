"""Trains the first model (docs/model-card.md): python train_densities.py [--report] [--out model.json]

The same data gives the same bytes: no clock, no random number. Needs numpy only.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from arrivals import read_arrivals  # noqa: E402
from densities import train  # noqa: E402
from report import report  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arrivals", type=Path, default=ROOT / "data/comment-arrivals/kona-fire.ndjson.gz")
    parser.add_argument("--out", type=Path, default=ROOT / "transform/model/model.json")
    parser.add_argument("--report", action="store_true", help="print recall and precision on the training posts; writes nothing")
    options = parser.parse_args()

    arrivals = read_arrivals(options.arrivals)
    model = train(arrivals, options.arrivals.name.split(".")[0])
    if options.report:
        print(report(model, arrivals))
        return
    options.out.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{options.out}: {model['model_version']}")


if __name__ == "__main__":
    main()
