"""A score in words: numbers and words of this file only, so that nothing in them needs escaping."""

from __future__ import annotations

from pyspark.sql import Column
from pyspark.sql import functions as F

from hotpost_job.model import OPTIONAL_NAMES, Model

# By language: the pace, how recent, and what is left or what is settled. {name}: a number of _numbers().
SENTENCES = {
    "ko": {
        "pace": "{age} 동안 댓글 {seen}개, 화제가 된 글의 같은 나이 중간값 {typical}개의 {times}배",
        "early": "{age} 동안 댓글 {seen}개 (화제가 된 글의 같은 나이 중간값 {typical}개)",
        "lately": "최근 {window}에 {lately}개, 고르게 달렸다면 {even}개",
        "left": "화제 기준 {level}개까지 {left}개 남음; {rests} 최근 속도 {share_recent}%, 댓글 수 {share_seen}%, 기준까지의 거리 {share_left}%",
        "empty": "화제 기준 {level}개까지 {left}개 남음; 아직 댓글이 없음",
        "hot": "화제 기준 {level}개에 이름",
        "over": "화제 기준 {level}개에 이르지 못하고 72시간이 지남",
        "alone": "점수의 근거는",
        "beside": "댓글에서 온 점수의 근거는",
        "others": "; 그 밖의 신호({names})는 승산을 {odds}배로 바꿈",
    },
    "en": {
        "pace": "{seen} comments in {age}, {times} times the median {typical} of hot posts at this age",
        "early": "{seen} comments in {age} (median of hot posts at this age: {typical})",
        "lately": "{lately} in the last {window}; an even pace would have brought {even}",
        "left": "{left} more to the hot level of {level}; {rests} recent pace {share_recent} %, count {share_seen} %, closeness {share_left} %",
        "empty": "{left} more to the hot level of {level}; no comment yet",
        "hot": "has reached the hot level of {level}",
        "over": "72 hours have passed below the hot level of {level}",
        "alone": "the score rests on",
        "beside": "what comments give rests on",
        "others": "; other signals ({names}) multiply the odds by {odds}",
    },
}
OPTIONAL_WORDS = {
    "ko": {
        "views": "조회 수",
        "likes": "추천 수",
        "list_rank": "목록 순위",
        "keyword_count": "키워드 수",
        "title_length": "제목 길이",
        "title_question": "제목의 물음표",
    },
    "en": {name: name.replace("_", " ") for name in OPTIONAL_NAMES},
}
DURATION_WORDS = {"ko": ("{hours}시간 ", "{minutes}분"), "en": ("{hours} h ", "{minutes} min")}


def reasons_text(language: str, model: Model) -> Column:
    """Three sentences as a JSON list. language: ko or en. The shares of recent pace, count and closeness are of what these three add to the
    score of a post without comments; what optional terms add is told apart from them, as the factor by which they change the odds."""
    words = SENTENCES[language]
    numbers = {**_numbers(), "age": _duration("age_minutes", language), "window": _duration("lately_minutes", language)}
    numbers["rests"] = F.lit(words["beside"] if model.optional_terms else words["alone"])
    others = F.lit("")
    if model.optional_terms:
        named = ", ".join(OPTIONAL_WORDS[language][term.name] for term in model.optional_terms)
        others = _filled(words["others"], {"names": F.lit(named), "odds": _fixed(F.exp(F.col("from_optional")), 2)})
    # Below one comment a multiple says nothing.
    pace = F.when(F.col("typical_hot") >= 1, _filled(words["pace"], numbers)).otherwise(_filled(words["early"], numbers))
    state = (
        F.when(F.col("is_hot"), _filled(words["hot"], numbers))
        .when(F.col("is_over"), _filled(words["over"], numbers))
        .when(F.col("comments_seen") == 0, F.concat(_filled(words["empty"], numbers), others))
        .otherwise(F.concat(_filled(words["left"], numbers), others))
    )
    return F.concat(F.lit('["'), pace, F.lit('","'), _filled(words["lately"], numbers), F.lit('","'), state, F.lit('"]'))


def features_text() -> Column:
    """What comments the score was made from, as a JSON object."""
    whole = ["age_minutes", "comments_seen", "comments_last_10", "comments_last_30", "lately_minutes", "comments_lately"]
    members = [F.concat(F.lit(f'"{name}":'), F.col(name).cast("string")) for name in whole]
    share = F.col("comments_seen") / F.col("hot_threshold")
    members.append(F.concat(F.lit('"recent":'), _fixed(F.col("recent"), 4)))
    members.append(F.concat(F.lit('"share_of_threshold":'), _fixed(share, 4)))
    return F.concat(F.lit("{"), F.concat_ws(",", *members), F.lit("}"))


def _numbers() -> dict[str, Column]:
    seen, typical, age = F.col("comments_seen"), F.col("typical_hot"), F.col("age")
    even = F.when(age <= F.col("lately_minutes"), seen).otherwise(seen * F.col("lately_minutes") / age)
    gains = {name: F.greatest(F.lit(0.0), F.col(f"from_{name}")) for name in ("recent", "seen", "left")}
    total = F.greatest(gains["recent"] + gains["seen"] + gains["left"], F.lit(1e-9))
    return {
        "seen": seen.cast("string"),
        "typical": _fixed(typical, 1),
        "times": _fixed(seen / F.greatest(typical, F.lit(1.0)), 1),
        "lately": F.col("comments_lately").cast("string"),
        "even": _fixed(even, 1),
        "level": F.col("hot_threshold").cast("string"),
        "left": (F.col("hot_threshold") - seen).cast("string"),
        **{f"share_{name}": _fixed(gain * 100 / total, 0) for name, gain in gains.items()},
    }


def _duration(column: str, language: str) -> Column:
    """Of whole minutes, like 95분 or 3시간 20분."""
    hours, minutes = DURATION_WORDS[language]
    whole = F.col(column)
    numbers = {"hours": F.floor(whole / 60).cast("string"), "minutes": (whole % 60).cast("string")}
    return F.when(whole < 120, _filled(minutes, {"minutes": whole.cast("string")})).otherwise(_filled(hours + minutes, numbers))


def _filled(template: str, numbers: dict[str, Column]) -> Column:
    parts: list[Column] = []
    for piece in template.split("{"):
        name, closed, rest = piece.partition("}")
        parts += [numbers[name], F.lit(rest)] if closed else [F.lit(piece)]
    return F.concat(*parts)


def _fixed(value: Column, digits: int) -> Column:
    """Engines write and round a double in different ways, whole numbers in one: so the digits are taken from a whole number. The addition
    lifts a number that should end in 5, but lies a hair below."""
    power = 10**digits
    whole = F.floor(value * power + 0.5 + 1e-7)
    if digits == 0:
        return whole.cast("string")
    return F.concat(F.floor(whole / power).cast("string"), F.lit("."), F.lpad((whole % power).cast("string"), digits, "0"))
