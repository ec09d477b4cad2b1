"""What Redshift refuses though a lenient grammar takes it. sqlglot reads far more than Redshift does, so a statement has to pass both its
Redshift grammar and the rules here. Facts: Amazon Redshift Database Developer Guide, "Unsupported PostgreSQL features", "MERGE", "ALTER TABLE",
"COPY", "Leader node-only functions", read 2026-11."""

from __future__ import annotations

import logging
import re

import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel, SqlglotError

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # what it warns of is refused below

MOST_VARCHAR_BYTES = 65_535
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
# Functions whose Redshift page was read; sqlglot's names for them.
FUNCTIONS = {
    *("And", "Case", "Cast", "Coalesce", "ConvertTimezone", "Count", "CurrentTimestamp", "Exists", "Greatest", "If", "Lag", "Lead", "Least"),
    *("Length", "Ln", "Max", "Min", "Nullif", "Or", "Replace", "RowNumber", "StrPosition", "Substring", "Sum", "TimestampTrunc"),
    *("TsOrDsAdd", "TsOrDsDiff"),
}
COPY_ENDS = ("format parquet", "format as json 'auto' gzip")


def refusals(sql: str) -> list[str]:
    """What is wrong with the statements of a text, a sentence each; empty when Redshift should take them all."""
    sql = re.sub(r"--[^\n]*|('(?:[^']|'')*')", r"\1", sql)  # comments would cling to words
    try:
        parsed = [statement for statement in sqlglot.parse(sql, read="redshift", error_level=ErrorLevel.RAISE) if statement is not None]
    except SqlglotError as error:
        return [f"it is no Redshift SQL: {str(error).splitlines()[0]}"]
    return [*[reason for statement in parsed for reason in _of_statement(statement)], *_of_text(sql)]


def _of_text(sql: str) -> list[str]:
    """What sqlglot's tree does not show any more."""
    code = re.sub(r"'(?:[^']|'')*'", "''", sql)
    words = {"now": "now() runs on the leader node only; use getdate()", "string_agg": "there is no string_agg; use listagg"}
    return [reason for word, reason in words.items() if re.search(rf"\b{word}\s*\(", code, re.IGNORECASE)]


def _of_statement(statement: exp.Expression) -> list[str]:
    if isinstance(statement, exp.Command):
        # The one statement of ours that sqlglot has no grammar for.
        is_lock = statement.name.upper() == "LOCK" and re.fullmatch(r"\s*[a-z_]+\.[a-z_]+\s*", statement.expression.name)
        return [] if is_lock else [f"sqlglot knows no {statement.name.upper()}: look it up and give it a rule"]
    found = [reason for node in statement.walk() for reason in _of_node(node)]
    kinds = {exp.Merge: _of_merge, exp.Alter: _of_alter, exp.Copy: _of_copy, exp.Create: _of_create}
    rule = kinds.get(type(statement))
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
    if isinstance(node, exp.Func) and type(node).__name__ not in FUNCTIONS:
        return [f"the function {type(node).__name__} was never looked up for Redshift"]
    return []


def _of_type(data_type: exp.DataType) -> list[str]:
    name = data_type.this.name
    if name not in TYPES:
        return [f"the type {name} is none of Redshift's that we use"]
    sizes = [int(size.name) for size in data_type.find_all(exp.Literal) if size.name.isdigit()]
    if name == "VARCHAR" and sizes and sizes[0] > MOST_VARCHAR_BYTES:
        return [f"varchar({sizes[0]}) is longer than {MOST_VARCHAR_BYTES} bytes"]
    return []


def _of_merge(merge: exp.Expression) -> list[str]:
    found = []
    if merge.this.args.get("alias"):
        found.append("the target of MERGE has no alias")
    if not isinstance(merge.args["using"], exp.Table):
        found.append("the source of MERGE is a table, no subquery")
    whens = merge.args["whens"].expressions
    if any(when.args.get("condition") for when in whens):
        found.append("WHEN MATCHED has no AND")
    if sorted(bool(when.args["matched"]) for when in whens) != [False, True]:
        found.append("MERGE needs WHEN MATCHED and WHEN NOT MATCHED, once each")
    return found


def _of_alter(alter: exp.Expression) -> list[str]:
    actions = alter.args["actions"]
    if len(actions) != 1:
        return ["ALTER TABLE does one thing at a time"]
    return ["ADD COLUMN has no IF NOT EXISTS"] if actions[0].args.get("exists") else []


def _of_copy(copy: exp.Expression) -> list[str]:
    text = copy.sql(dialect="redshift").lower()
    if "iam_role" not in text:
        return ["COPY needs IAM_ROLE"]
    end = " ".join(text.split("iam_role", 1)[1].split()[1:])
    return [] if end in COPY_ENDS else [f"COPY … {end} was never looked up: {' or '.join(COPY_ENDS)}"]


def _of_create(create: exp.Expression) -> list[str]:
    columns = create.find_all(exp.ColumnDef)
    bare = [column.name for column in columns if column.kind and column.kind.this.name == "VARCHAR" and not column.kind.expressions]
    return [f"the column {name} is a varchar without a length: Redshift takes 256 bytes" for name in bare]
