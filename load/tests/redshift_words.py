"""What Redshift refuses in the words of a statement, which sqlglot's tree does not show any more: it writes IFNULL as COALESCE and takes a
reserved word for a name. Facts: Amazon Redshift Database Developer Guide, "Reserved words" and "Leader node-only functions", read 2026-11."""

from __future__ import annotations

import re
from pathlib import Path

from sqlglot import exp, tokenize
from sqlglot.tokens import Token, TokenType

# What stands before a parenthesis: functions and types whose Redshift page was read, and words that are no function.
FUNCTIONS = set(
    "cast coalesce convert_timezone count date_trunc dateadd datediff getdate greatest lag lead least length ln max min nullif replace row_number "
    "strpos substring sum varchar decimal".split()
)
BEFORE_PARENTHESIS = set(
    "all and as by distinct distkey else exists from in insert join key not on or over select sortkey then using values when where".split()
)
DATE_PARTS = set("second minute hour day week month quarter year".split())
ANSWERS = {
    "now": "now() runs on the leader node only; use getdate()",
    "string_agg": "there is no string_agg; use listagg",
}
# Words without a parenthesis.
REFUSED_WORDS = {
    "current_timestamp": "current_timestamp runs on the leader node only; use getdate()",
    "localtimestamp": "localtimestamp runs on the leader node only; use getdate()",
    "sysdate": "sysdate is the time at which the transaction began; use getdate()",
}
# One list of reserved words for the stand-in and for this.
_LISTED = (Path(__file__).parents[2] / "local" / "redshift" / "reserved-words.ts").read_text(encoding="utf-8")
RESERVED = set(_LISTED.split("`")[1].split())
PATTERNS = {
    r"(^|;|\()\s*from\b": "a query begins with SELECT, not with FROM",
    r",\s*(from\b|\))": "a comma stands before nothing",
    r"==": "equality is =, not ==",
    r"\bunion\s+distinct\b": "UNION has no DISTINCT: it is distinct anyway",
    r"\bdouble\b(?!\s+precision\b)": 'there is no type double; write "double precision"',
    r"\bas\s+:": "a parameter is a value, never a name",
    r"\border\s+by\s+:": "a parameter in ORDER BY orders nothing",
}


def of_words(sql: str) -> list[str]:
    """A sentence for each word or pattern of a text without comments that Redshift refuses."""
    if "\\" in sql or "$$" in sql:
        return ["Redshift takes a backslash for an escape, and $$ begins a text"]
    code = re.sub(r"'(?:[^']|'')*'", "''", sql).lower()
    found = [reason for pattern, reason in PATTERNS.items() if re.search(pattern, code)]
    tokens = tokenize(sql, read="redshift")
    for before, token, after in zip([None, *tokens], tokens, [*tokens[1:], None], strict=False):
        found += _of_token(before, token, after)
    return found


def _of_token(before: Token | None, token: Token, after: Token | None) -> list[str]:
    word = token.text.lower()
    follows = before.text.lower() if before else ""
    if token.token_type in (TokenType.STRING, TokenType.IDENTIFIER) or not re.fullmatch(r"[a-z_][\w ]*", word):
        return []
    calls = after is not None and after.token_type == TokenType.L_PAREN
    if calls and follows not in (".", "into", "table") and word.split()[-1] not in FUNCTIONS | BEFORE_PARENTHESIS:
        return [ANSWERS.get(word, f"the function {word}() was never looked up: look it up and give it a place")]
    return [REFUSED_WORDS[word]] if not calls and word in REFUSED_WORDS else []


def of_name(name: exp.Identifier) -> list[str]:
    reserved = not name.args.get("quoted") and name.name.lower() in RESERVED
    return [f'"{name.name}" is reserved and no name'] if reserved else []


def of_date_part(part: exp.Expression) -> list[str]:
    """Of dateadd, datediff and date_trunc."""
    word = part.args["unit"].name.lower().removesuffix("s")
    return [] if word in DATE_PARTS else [f"{word} is no part of a date"]
