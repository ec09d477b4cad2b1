"""The parts of a statement that were looked up for Redshift. sqlglot's tree of a statement may hold no other node and no node another part, so
that what sqlglot reads out of leniency (GROUP BY ALL, ASOF JOIN, TABLESAMPLE, INSERT OVERWRITE, DELETE … LIMIT, BEGIN, …) needs no rule each."""

from __future__ import annotations

from sqlglot import exp

# A line: the nodes, a colon, their parts. `part=A|B` allows these words only.
_LOOKED_UP = """
Add And Div DPipe EQ GT GTE Is LT LTE Mul NEQ Or Sub: this expression safe typed
Alias: this alias
Alter: this kind=TABLE actions
Boolean Exists From Having Identifier Literal Neg Not Paren Table TableAlias Where: this is_string db alias quoted
Case If: this ifs default true
Cast: this to
Column: this table db
ColumnConstraint: kind
ColumnDef: this kind constraints
Command: this expression
Copy: this kind credentials files params
CopyParameter: this expression
Count Sum Min Max Length Ln Lag Lead RowNumber CurrentTimestamp: this big_int
Coalesce Greatest Least: this expressions ignore_nulls
ConvertTimezone: source_tz target_tz timestamp
Create: this kind=SCHEMA|TABLE expression properties exists
Credentials: iam_role
CTE: this alias
DataType: this expressions
DataTypeParam DistKeyProperty DistStyleProperty EncodeColumnConstraint SortKeyProperty: this
Delete: this where using
Distinct IndexParameters NotNullColumnConstraint Null Star TemporaryProperty: -
In: this query expressions
Insert: this expression
Join: this kind=CROSS|INNER side=LEFT on
Merge: this using on whens
Nullif: this expression
Ordered: this desc nulls_first
PrimaryKey: expressions include
Group Order Properties Tuple Values Whens With: expressions
Placeholder Var: this
Replace: this expression replacement
Schema: this expressions
Select: with_ expressions distinct from_ joins where group having order
StrPosition: this substr
Subquery: this alias
Substring: this start length
TimestampTrunc: this unit
TsOrDsAdd TsOrDsDiff: this expression unit return_type
Union: this expression distinct order
Update: this expressions from_ where
When: matched then
Window: this partition_by order over=OVER
"""


def _shapes() -> dict[str, dict[str, set[str]]]:
    shapes = {}
    for names, _, parts in (line.partition(":") for line in _LOOKED_UP.strip().splitlines()):
        pairs = [part.partition("=") for part in parts.split()]
        shapes |= {name: {part: set(filter(None, words.split("|"))) for part, _, words in pairs} for name in names.split()}
    return shapes


_SHAPES = _shapes()


def unknown_shape(node: exp.Expression) -> str | None:
    """A sentence about a node, or a part of it, that was never looked up."""
    name = type(node).__name__
    if name not in _SHAPES:
        return f"{name} was never looked up for Redshift"
    for part, value in node.args.items():
        if value is None or value is False or value == []:
            continue
        words = _SHAPES[name].get(part)
        if words is None or (words and value not in words):
            return f"{name} with {part.rstrip('_')} {value if isinstance(value, str) else ''} was never looked up for Redshift".replace("  ", " ")
    return None
