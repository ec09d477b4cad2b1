"""What Redshift refuses in a query, though sqlglot's grammar takes it. Facts: Amazon Redshift Database Developer Guide, "Window functions" and
"Correlated subqueries", read 2026-11."""

from __future__ import annotations

from sqlglot import exp

BLOCKS = (exp.Select, exp.Update, exp.Delete, exp.Insert, exp.Merge)
AGGREGATES = (exp.Count, exp.Sum, exp.Min, exp.Max)


def of_window(window: exp.Window) -> list[str]:
    if isinstance(window.this, AGGREGATES) and window.args.get("order"):
        return ["an aggregate over an ORDER BY needs a frame (ROWS …)"]
    if window.this.find(exp.Distinct):
        return ["a window function takes no DISTINCT"]
    if not isinstance(window.find_ancestor(exp.Where, exp.Group, exp.Having, exp.Join, exp.Select), exp.Select):
        return ["a window function stands in the list or in ORDER BY only"]
    return []


def of_subquery(subquery: exp.Subquery) -> list[str]:
    nameless = isinstance(subquery.parent, (exp.From, exp.Join)) and not subquery.alias
    return ["a subquery in FROM needs a name"] if nameless else []


def of_join(join: exp.Join) -> list[str]:
    return [] if join.args.get("on") or join.kind == "CROSS" else ["a join needs ON, or CROSS JOIN"]


def of_cte(cte: exp.CTE) -> list[str]:
    return [] if isinstance(cte.this, exp.Query) else ["WITH holds queries only"]


def of_column(column: exp.Column) -> list[str]:
    """Correlated subqueries that Redshift cannot rewrite. Columns without a table are not followed."""
    block = column.find_ancestor(*BLOCKS)
    if not column.table or not isinstance(block, exp.Select) or column.table in _tables_of(block):
        return []
    outer = block.find_ancestor(*BLOCKS)
    if outer is None or column.table not in _tables_of(outer):
        return [f"{column.sql()} refers to a query further out, or to no table at all"]
    if any(block.args.get(part) for part in ("group", "limit", "order", "having")) or block.find(exp.Window):
        return ["a correlated subquery with GROUP BY, LIMIT or a window function is not to be relied on"]
    joined = block.find_ancestor(exp.Join)
    return ["a correlated subquery stands in ON"] if joined and joined.find_ancestor(*BLOCKS) is outer else []


def _tables_of(block: exp.Expression) -> set[str]:
    """The names by which a block's columns may call their tables."""
    places = [block.args.get("from_"), *(block.args.get("joins") or []), *(block.args.get("using") or [] if isinstance(block, exp.Delete) else [])]
    sources = [place.this if isinstance(place, (exp.From, exp.Join)) else place for place in places if place]
    target = [] if isinstance(block, exp.Select) else [block.this]
    return {source.alias_or_name for source in [*sources, *target]}
