"""What Redshift refuses though a lenient grammar takes it. sqlglot reads far more than Redshift does, so a statement has to pass both its
Redshift grammar and the rules here. Facts: Amazon Redshift Database Developer Guide, "Unsupported PostgreSQL features",
read 2026-11."""

from __future__ import annotations

import logging
import re

import sqlglot
from redshift_queries import of_column, of_cte, of_join, of_subquery, of_window
from redshift_shapes import unknown_shape
from redshift_statements import of_alter, of_change, of_copy, of_create, of_merge
from redshift_words import of_date_part, of_name, of_words
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # what it warns of is refused below

MOST_VARCHAR_BYTES = 65_535
MOST_DIGITS = 38
TYPES = {"VARCHAR", "BIGINT", "INT", "SMALLINT", "BOOLEAN", "DOUBLE", "TIMESTAMP", "DATE", "DECIMAL"}
# By the words that stand for them in sqlglot's tree: why Redshift refuses them.
REFUSED_NODES: dict[type[exp.Expression], str] = {
    exp.OnConflict: "INSERT has no ON CONFLICT; use MERGE",
    exp.Returning: "there is no RETURNING",
    exp.Filter: "aggregates have no FILTER; use CASE inside",
    exp.Lateral: "there is no LATERAL",
    exp.Lock: "there is no FOR UPDATE; use LOCK",
    exp.Fetch: "there is no FETCH FIRST; use LIMIT",
    exp.ArrayAgg: "array_agg runs on no compute node",
    exp.ExplodingGenerateSeries: "generate_series runs on the leader node only",
    exp.TruncateTable: "TRUNCATE commits the transaction; use DELETE",
    exp.JSONExtract: "there are no JSON operators",
    exp.JSONExtractScalar: "there are no JSON operators",
    exp.Index: "there are no indexes; use SORTKEY",
    exp.GeneratedAsIdentityColumnConstraint: "identity values differ between loads of the same batch",
}

# The statements of ours that sqlglot has no grammar for, or a lenient one. Facts: its pages LOCK, CREATE ROLE, CREATE USER, GRANT.
_USER = r'"IAMR:[\w+=,.@-]+"'
_TABLE = r"[a-z_]+\.[a-z_]+"
_PRIVILEGE = "(?:select|insert|update|delete)"
WITHOUT_GRAMMAR = (
    rf"lock {_TABLE}",
    r"create role [a-z_]+",
    rf"create user {_USER} password disable",
    rf"grant role [a-z_]+ to {_USER}",
    r"grant usage on schema [a-z_]+ to role [a-z_]+",
    rf"grant {_PRIVILEGE}(, {_PRIVILEGE})* on {_TABLE}(, {_TABLE})* to role [a-z_]+",
)
OF_STATEMENT = {exp.Merge: of_merge, exp.Alter: of_alter, exp.Copy: of_copy, exp.Create: of_create, exp.Update: of_change, exp.Delete: of_change}
OF_NODE = {
    exp.Window: of_window,
    exp.Subquery: of_subquery,
    exp.Column: of_column,
    exp.CTE: of_cte,
    exp.Join: of_join,
    exp.Identifier: of_name,
    **dict.fromkeys((exp.TsOrDsAdd, exp.TsOrDsDiff, exp.TimestampTrunc), of_date_part),
}


def refusals(sql: str) -> list[str]:
    """What is wrong with the statements of a text, a sentence each; empty when Redshift should take them all."""
    sql = re.sub(r"--[^\n]*|('(?:[^']|'')*')", r"\1", sql)  # comments would cling to words
    try:
        parsed = [statement for statement in sqlglot.parse(sql, read="redshift", error_level=ErrorLevel.RAISE) if statement is not None]
    except SqlglotError as error:
        return [f"it is no Redshift SQL: {str(error).splitlines()[0]}"]
    if not parsed:
        return ["there is no statement"]
    return [*[reason for statement in parsed for reason in _of_statement(statement)], *of_words(sql)]


def _of_statement(statement: exp.Expression) -> list[str]:
    if isinstance(statement, (exp.Command, exp.Grant)):
        text = re.sub(r"\s+", " ", statement.sql(dialect="redshift")).strip()
        is_known = any(re.fullmatch(form, text, re.I) for form in WITHOUT_GRAMMAR)
        return [] if is_known else [f"sqlglot knows no {text.split()[0].upper()} like this: look it up and give it a rule"]
    found = [reason for node in statement.walk() for reason in _of_node(node)]
    rule = OF_STATEMENT.get(type(statement))
    return found + (rule(statement) if rule else [])


def _of_node(node: exp.Expression) -> list[str]:
    for kind, reason in REFUSED_NODES.items():
        if isinstance(node, kind):
            return [reason]
    if isinstance(node, exp.Distinct) and node.args.get("on"):
        return ["there is no DISTINCT ON; use row_number()"]
    if isinstance(node, exp.Values) and isinstance(node.parent, (exp.From, exp.Subquery, exp.Join)):
        return ["VALUES stands in INSERT only; use SELECT … UNION ALL"]
    if isinstance(node, exp.Placeholder) and node.find_ancestor(exp.Table):
        return ["a parameter is a value, never the name of a table"]
    if isinstance(node, exp.DataType):
        return _of_type(node)
    if isinstance(node, exp.Subquery) and node.find_ancestor(exp.Select) and node.this.args.get("limit"):
        return ["LIMIT in a subquery is not to be relied on"]
    if isinstance(node, exp.Anonymous):
        return [f"the function {node.name}() is unknown to sqlglot: look it up and give it a rule"]
    unknown = unknown_shape(node)
    rule = OF_NODE.get(type(node))
    return [unknown] if unknown else rule(node) if rule else []


def _of_type(data_type: exp.DataType) -> list[str]:
    name = data_type.this.name
    if name not in TYPES:
        return [f"the type {name} is none of Redshift's that we use"]
    sizes = [int(size.name) if size.name.isdigit() else 0 for size in data_type.expressions]
    if not sizes:
        return []
    if name == "VARCHAR":
        return [] if 1 <= sizes[0] <= MOST_VARCHAR_BYTES else [f"varchar({sizes[0]}) is not of 1 to {MOST_VARCHAR_BYTES} bytes"]
    if name == "DECIMAL":
        return [] if 1 <= sizes[0] <= MOST_DIGITS else [f"decimal({sizes[0]}) is not of 1 to {MOST_DIGITS} digits"]
    return [f"the type {name} takes no number"]
