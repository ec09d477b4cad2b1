"""What Redshift refuses in MERGE, ALTER TABLE, COPY, CREATE TABLE, UPDATE and DELETE, though sqlglot's grammar takes it. Facts: Amazon Redshift
Database Developer Guide, the page of each statement, "Compression encodings" and "Reserved words", read 2026-11."""

from __future__ import annotations

from sqlglot import exp

COPY_ENDS = ("format parquet", "format as json 'auto' gzip")
WHOLE = {"SMALLINT", "INT", "BIGINT", "DECIMAL"}
TIMES = {"DATE", "TIMESTAMP"}
# The types of ours that each encoding takes; Redshift has more encodings, which we do not use.
ENCODINGS = {
    "raw": WHOLE | TIMES | {"BOOLEAN", "DOUBLE", "VARCHAR"},
    "zstd": WHOLE | TIMES | {"BOOLEAN", "DOUBLE", "VARCHAR"},
    "az64": WHOLE | TIMES,
    "bytedict": WHOLE | TIMES | {"DOUBLE", "VARCHAR"},
}


def of_merge(merge: exp.Expression) -> list[str]:
    found = ["MERGE begins with no WITH"] if merge.args.get("with_") else []
    if merge.this.args.get("alias"):
        found.append("the target of MERGE has no alias")
    if not isinstance(merge.args["using"], exp.Table):
        found.append("the source of MERGE is a table, no subquery")
    whens = merge.args["whens"].expressions
    if any(when.args.get("condition") for when in whens):
        found.append("WHEN MATCHED has no AND")
    if [bool(when.args["matched"]) for when in whens] != [True, False]:
        return [*found, "MERGE needs WHEN MATCHED and WHEN NOT MATCHED, once each, in this order"]
    return [*found, *_of_matched(whens[0].args["then"]), *_of_not_matched(whens[1].args["then"])]


def _of_matched(then: exp.Expression) -> list[str]:
    if isinstance(then, exp.Var) and then.name.upper() == "DELETE":
        return []
    if not isinstance(then, exp.Update):
        return ["WHEN MATCHED updates or deletes"]
    plain = all(isinstance(change, exp.EQ) and isinstance(change.this, exp.Column) and not change.this.table for change in then.expressions)
    return [] if plain else ["MERGE sets columns by their bare names"]


def _of_not_matched(then: exp.Expression) -> list[str]:
    lists = [then.this, then.expression] if isinstance(then, exp.Insert) else []
    if not lists or not all(isinstance(item, exp.Tuple) for item in lists):
        return ["WHEN NOT MATCHED inserts a list of columns and their values"]
    return [] if len(lists[0].expressions) == len(lists[1].expressions) else ["MERGE inserts as many values as it names columns"]


def of_change(change: exp.Expression) -> list[str]:
    return ["the table of UPDATE and DELETE has no alias here"] if change.this.args.get("alias") else []


def of_alter(alter: exp.Expression) -> list[str]:
    actions = alter.args["actions"]
    if len(actions) != 1:
        return ["ALTER TABLE does one thing at a time"]
    column = actions[0]
    if not isinstance(column, exp.ColumnDef):
        return ["this ALTER TABLE was never looked up: ADD COLUMN is the one of ours"]
    found = ["ADD COLUMN has no IF NOT EXISTS"] if column.args.get("exists") else []
    if any(isinstance(constraint.kind, exp.NotNullColumnConstraint) for constraint in column.constraints):
        found.append("a column that is added NOT NULL needs a default")
    return found + _of_column(column)


def of_copy(copy: exp.Expression) -> list[str]:
    found = [] if isinstance(copy.this, exp.Table) else ["COPY of Parquet takes columns by position: leave their list out"]
    if not all(isinstance(file, exp.Literal) and file.name.startswith("s3://") for file in copy.args["files"]):
        found.append("COPY reads 's3://…', written out: a parameter is no word of COPY")
    text = copy.sql(dialect="redshift").lower()
    if "iam_role" not in text:
        return [*found, "COPY needs IAM_ROLE"]
    end = " ".join(text.split("iam_role", 1)[1].split()[1:])
    return found + ([] if end in COPY_ENDS else [f"COPY … {end} was never looked up: {' or '.join(COPY_ENDS)}"])


def of_create(create: exp.Expression) -> list[str]:
    if create.args["kind"] != "TABLE":
        return []
    properties = create.args["properties"].expressions if create.args.get("properties") else []
    of_kind = {type(one): one for one in properties}
    table, query = create.this, create.expression
    name = table.this if isinstance(table, exp.Schema) else table
    found = ["a temporary table has no schema"] if exp.TemporaryProperty in of_kind and name.db else []
    if query and isinstance(table, exp.Schema):
        found.append("CREATE TABLE … AS names no types")
    if query and create.args.get("exists"):
        found.append("CREATE TABLE … AS has no IF NOT EXISTS")
    columns = [] if query else [column for column in table.expressions if isinstance(column, exp.ColumnDef)]
    names = query.named_selects if query else [column.name for column in columns]
    if len(set(names)) < len(names):
        found.append("a column is named twice")
    return [*found, *_of_keys(of_kind, set(names)), *(reason for column in columns for reason in _of_column(column))]


def _of_keys(of_kind: dict[type, exp.Expression], names: set[str]) -> list[str]:
    dist, sort = of_kind.get(exp.DistKeyProperty), of_kind.get(exp.SortKeyProperty)
    style = of_kind[exp.DistStyleProperty].name.lower() if exp.DistStyleProperty in of_kind else ""
    keys = [key.name for key in ([dist.this] if dist else []) + (sort.this if sort else [])]
    found = [f"the key {key} is no column" for key in keys if key not in names and "*" not in names]
    if style not in ("", "auto", "even", "all", "key"):
        found.append(f"there is no DISTSTYLE {style}")
    if (style == "key") > bool(dist) or (dist and style not in ("", "key")):
        found.append("DISTKEY and DISTSTYLE KEY go together")
    return found


def _of_column(column: exp.ColumnDef) -> list[str]:
    kind = column.kind.this.name
    found = []
    if kind == "VARCHAR" and not column.kind.expressions:
        found.append(f"the column {column.name} is a varchar without a length: Redshift takes 256 bytes")
    for encode in column.find_all(exp.EncodeColumnConstraint):
        encoding = encode.this.name.lower()
        if kind not in ENCODINGS.get(encoding, set()):
            found.append(f"ENCODE {encoding} takes no {kind}, or was never looked up")
    return found
