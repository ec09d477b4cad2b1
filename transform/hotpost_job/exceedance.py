"""How rare a reading is: the share of the training posts that were once, while watched, at least as alarming."""

from __future__ import annotations

import math

from pyspark.sql import Column
from pyspark.sql import functions as F

from hotpost_job.model import Model


def exceedance_of(score: Column, model: Model) -> Column:
    """(0, 1], by an alarm score. Between two scores of the model ln(share) is a straight line; beyond them the first or the last share."""
    scores, logs = model.alarm_scores, [math.log(share) for share in model.alarm_shares]
    starts, ends = F.array(*[F.lit(each) for each in scores[:-1]]), F.array(*[F.lit(each) for each in scores[1:]])
    highs, lows = F.array(*[F.lit(each) for each in logs[:-1]]), F.array(*[F.lit(each) for each in logs[1:]])
    inside = F.least(F.lit(scores[-1]), F.greatest(F.lit(scores[0]), score))
    # A look-up in constant arrays: as nested conditions, hundreds of scores would be too long for Java's compiler.
    place = F.least(F.size(starts), F.size(F.filter(starts, lambda start: start <= inside)))
    start, end, high, low = [F.element_at(each, place) for each in (starts, ends, highs, lows)]
    return F.exp(high + (inside - start) / (end - start) * (low - high))
