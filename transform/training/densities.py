"""Normal densities of a post's comments (as a share of its site's level) at each age, for hot and for other posts."""

from __future__ import annotations

import numpy as np

from arrivals import HOT_QUANTILE, WINDOW_MINUTES, Arrivals, counts_at, level_of, site_levels

SCHEMA = 1
BIN_MINUTES = 5
# Beyond e^20 : 1 the tail of a normal density says nothing finer; it also keeps a score readable.
IMPACT_LIMIT = 20
# Half a comment at the lowest level we know: below it a spread is an accident of few posts.
LEAST_SPREAD_COMMENTS = 0.5
# Sites without a record of their own. bobaedream has none (one comment a post at most was kept): its boards move like the cafe's.
SITE_ALIASES = {"bobaedream": "naver_cafe"}


def train(arrivals: Arrivals, source: str) -> dict[str, object]:
    """The document model.json. source: name of the data set; nothing in the result depends on time or machine."""
    levels = site_levels(arrivals)
    level = np.asarray([levels[site] for site in arrivals.sites])
    hot = arrivals.totals >= level
    ages = np.arange(BIN_MINUTES, WINDOW_MINUTES + 1, BIN_MINUTES)
    share = counts_at(arrivals, ages) / level[:, None]
    least = LEAST_SPREAD_COMMENTS / min(levels.values())
    cold_sd = np.maximum(share[~hot].std(axis=0), least)
    # Hot posts differ more among themselves in every bin; the factor keeps the ratio's lowest point defined if a data set disagrees.
    hot_sd = np.maximum(share[hot].std(axis=0), cold_sd * 1.05)
    return {
        "schema": SCHEMA,
        "model_version": f"densities-{arrivals.sha256[:8]}",
        "method": "normal densities of comments / site level, one pair a 5-minute bin",
        "trained_on": {"source": source, "sha256": arrivals.sha256, "posts": len(hot), "hot": int(hot.sum())},
        "hot_quantile": HOT_QUANTILE,
        "window_minutes": WINDOW_MINUTES,
        "bin_minutes": BIN_MINUTES,
        "impact_limit": IMPACT_LIMIT,
        "base_rate": round(float(hot.mean()), 6),
        "site_levels": levels,
        "site_aliases": SITE_ALIASES,
        "unknown_site_level": level_of(arrivals.totals),
        "bins": {
            "hot_mean": _rounded(share[hot].mean(axis=0)),
            "hot_sd": _rounded(hot_sd),
            "cold_mean": _rounded(share[~hot].mean(axis=0)),
            "cold_sd": _rounded(cold_sd),
        },
    }


def impact(model: dict, age: np.ndarray, count: np.ndarray, level: np.ndarray) -> np.ndarray:
    """The job's formula (hotpost_job/score.py) in numpy: log likelihood ratio hot : other, 0 = base rate."""
    length = len(model["bins"]["hot_mean"])
    place = np.clip((age + model["bin_minutes"] / 2) // model["bin_minutes"], 1, length).astype(int) - 1
    hot_mean, hot_sd, cold_mean, cold_sd = [np.asarray(model["bins"][name])[place] for name in ("hot_mean", "hot_sd", "cold_mean", "cold_sd")]
    hot_precision, cold_precision = hot_sd**-2, cold_sd**-2
    lowest = (cold_mean * cold_precision - hot_mean * hot_precision) / (cold_precision - hot_precision)
    at = np.maximum(count / level, lowest)
    ratio = np.log(cold_sd / hot_sd) + ((at - cold_mean) / cold_sd) ** 2 / 2 - ((at - hot_mean) / hot_sd) ** 2 / 2
    return np.clip(ratio, -model["impact_limit"], model["impact_limit"])


def _rounded(values: np.ndarray) -> list[float]:
    return [round(float(value), 6) for value in values]
