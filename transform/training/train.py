"""Fits the model from recorded arrivals, measures it, and writes model.json: python train.py [--arrivals FILE ...] [--out FILE]

--arrivals may be given several times: the files are learnt from as one record, with each site's level from all of its posts. The
same arrivals give the same bytes: no clock, and the bootstrap always draws the same posts. Needs numpy only.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from arrivals import ArrivalsError, read_sources, source_of  # noqa: E402
from measure import measure  # noqa: E402
from model_document import train  # noqa: E402
from tables import metrics  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
ARRIVALS = ROOT / "data/comment-arrivals/kona-fire.ndjson.gz"
MODEL_FILE = ROOT / "transform/model/model.json"


def main(argv: Sequence[str]) -> int:
    """Returns 0, or 1 after one sentence on stderr when the arrivals cannot be read or cannot carry a model (nothing is written then)."""
    parser = argparse.ArgumentParser(prog="train", description="Fits the model from recorded arrivals and measures it.")
    parser.add_argument("--arrivals", type=Path, action="append", help="ndjson or ndjson.gz; may be given again for a further file")
    parser.add_argument("--out", type=Path, default=MODEL_FILE)
    options = parser.parse_args(argv)
    paths = options.arrivals or [ARRIVALS]
    try:
        arrivals = read_sources(paths)
        model = train(arrivals, "+".join(map(source_of, paths)))
        model["metrics"] = metrics(measure(arrivals))
        options.out.write_text(json.dumps(model, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n", encoding="utf-8")
    except ArrivalsError as error:
        print(f"train: {error}", file=sys.stderr)
        return 1
    except (ValueError, OSError) as error:
        print(f"train: no model from {', '.join(map(str, paths))}: {error}", file=sys.stderr)
        return 1
    terms = ", ".join(term["name"] for term in model["optional_terms"]) or "none"
    print(f"{options.out}: {model['model_version']}, optional terms: {terms}, mean PR-AUC {model['metrics']['cross_validation']['mean_pr_auc']}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
