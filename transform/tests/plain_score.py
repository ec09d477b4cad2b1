"""The score of one post as docs/model-card.md writes it, in plain Python: what both engines are held to."""

from __future__ import annotations

import datetime
import math
from typing import NamedTuple


class Score(NamedTuple):
    probability: float
    exceedance: float
    recent: float


def score(model: dict, post: dict, comments: list[dict]) -> Score:
    """post, comments: raw records, the comments those of the post."""
    age = minutes_between(post["created_at"], post["collected_at"])
    minutes = [minutes_between(post["created_at"], each["created_at"]) for each in comments]
    so_far = [minute for minute in minutes if minute <= age]
    watched = max(age, model["least_age_minutes"])
    decay = model["recency_share"] * watched
    recent = sum(math.exp(-(age - minute) / decay) for minute in so_far)
    level = level_of(model, post["site"])
    if sum(minute <= model["window_minutes"] for minute in so_far) >= level:
        return Score(1.0, 0.0, recent)
    if age >= model["window_minutes"]:
        return Score(0.0, 1.0, recent)
    a = math.log(watched / 60)
    logit = arrivals_logit(model, a, level, len(so_far), recent) + optional_logit(model, a, post)
    return Score(1 / (1 + math.exp(-logit)), exceedance(model, logit + a), recent)


def arrivals_logit(model: dict, a: float, level: int, seen: int, recent: float) -> float:
    of = model["coefficients"]
    lowest, highest = model["trained_levels"]
    known = min(highest, max(lowest, level))
    scale = known / level
    terms = {"ln_left": math.log((level - seen) * scale), "ln_seen": math.log(1 + seen * scale), "ln_recent": math.log(1 + recent * scale)}
    return of["intercept"] + of["a"] * a + of["a_a"] * a * a + sum((of[name] + of[f"a_{name}"] * a) * x for name, x in terms.items())


def optional_logit(model: dict, a: float, post: dict) -> float:
    values = {
        "views": math.log(1 + post["views"]),
        "likes": math.log(1 + post["likes"]),
        "list_rank": None if post.get("list_rank") is None else math.log(1 + post["list_rank"]),
        "keyword_count": len(post["keywords"]),
        "title_length": math.log(1 + len(post["title"])),
        "title_question": 1 if "?" in post["title"] or "？" in post["title"] else 0,
    }
    total = 0.0
    for term in model["optional_terms"]:
        x = values[term["name"]]
        x = term["mean"] if x is None else x
        total += (term["coefficient"] + term["a_coefficient"] * a) * (x - term["mean"]) / term["spread"]
    return total


def exceedance(model: dict, alarm_score: float) -> float:
    scores, shares = model["alarm_scores"], model["alarm_shares"]
    if alarm_score <= scores[0]:
        return shares[0]
    for start, end, high, low in zip(scores, scores[1:], shares, shares[1:]):
        if alarm_score <= end:
            return math.exp(math.log(high) + (alarm_score - start) / (end - start) * (math.log(low) - math.log(high)))
    return shares[-1]


def level_of(model: dict, site: str) -> int:
    known = model["site_aliases"].get(site, site)
    return model["site_levels"].get(known, model["unknown_site_level"])


def minutes_between(start: str, end: str) -> float:
    moments = [datetime.datetime.strptime(each, "%Y-%m-%dT%H:%M:%SZ") for each in (start, end)]
    return (moments[1] - moments[0]).total_seconds() / 60
