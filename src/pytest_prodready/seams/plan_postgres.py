"""PostgreSQL's planner, with all switched off that it prefers where tables are small or whole tables are joined.

What then still reads a table from end to end for a condition can be served by no index, whatever the table's size: a bitmap
scan is what every index can do, and only where its condition narrows something down. A plain index scan may walk all of an
index for its order, and so it is off too. A nested loop shows whether an index serves a join.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .planners import Steps, conjuncts, search, walk

_NAMES = (
    "'enable_seqscan', 'enable_indexscan', 'enable_indexonlyscan', 'enable_hashjoin', 'enable_mergejoin', "
    "'enable_material', 'enable_memoize'"
)
BEFORE = f"SELECT json_object_agg(name, setting)::text FROM pg_settings WHERE name IN ({_NAMES})"
OFF = f"SELECT set_config(name, 'off', true) FROM pg_settings WHERE name IN ({_NAMES})"
AGAIN = "SELECT set_config(key, value, true) FROM json_each_text('{before}')"
#: The leading column of an index; another kind than a B-tree has none.
LEADING = (
    "SELECT CASE a.amname WHEN 'btree' THEN pg_get_indexdef(i.indexrelid, 1, true) ELSE '' END FROM pg_index i "
    "JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam "
    "WHERE c.relname = '{index}' AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = '{schema}')"
)
Node = dict[str, Any]


def steps(inside: bool, sql: str, given: Any) -> Steps:
    """What to send: in a savepoint of the transaction that is open, else in one of its own.

    Only where it fails is anything rolled back: what another thread or task did meanwhile over the same connection stays.
    """
    yield ("SAVEPOINT prodready_plan" if inside else "BEGIN"), None
    try:
        before = yield BEFORE, None
        yield OFF, None
        reply = yield f"EXPLAIN (VERBOSE, FORMAT JSON) {sql}", given
        plan = (json.loads(reply) if isinstance(reply, (str, bytes)) else reply)[0]["Plan"]
        leading: dict[str, str] = {}
        for scan, schema in _index_scans(plan, ""):
            name = scan["Index Name"]
            if "Index Cond" in scan and name not in leading:
                said = yield LEADING.format(index=name.replace("'", "''"), schema=schema.replace("'", "''")), None
                leading[name] = said or ""
        lines = tuple(_lines(plan, sql, leading))
        yield AGAIN.format(before=before), None
    except BaseException:
        yield ("ROLLBACK TO SAVEPOINT prodready_plan" if inside else "ROLLBACK"), None
        if inside:
            yield "RELEASE SAVEPOINT prodready_plan", None
        raise
    yield ("RELEASE SAVEPOINT prodready_plan" if inside else "COMMIT"), None
    return lines


def _index_scans(node: Node, schema: str) -> Iterator[tuple[Node, str]]:
    schema = node.get("Schema", schema)
    if node["Node Type"] == "Bitmap Index Scan":
        yield node, schema
    for child in node.get("Plans", ()):
        yield from _index_scans(child, schema)


def _lines(node: Node, sql: str, leading: dict[str, str]) -> Iterator[str]:
    children = node.get("Plans", [])
    table = str(node.get("Relation Name", ""))
    if (
        table
        and node["Node Type"].endswith("Scan")
        and not node.get("Schema", "").startswith(("pg_", "information_schema"))
    ):
        condition = _whole(node, leading)
        if condition is None:
            yield search(table, ", ".join(scan["Index Name"] for scan, _ in _index_scans(node, "")) or "its row number")
        else:
            given, joined = _columns(condition, node["Alias"], sql)
            yield walk(table, given, joined) if given or joined else f"SCAN {table}"
    if node["Node Type"] == "Nested Loop" and "Join Filter" in node and len(children) > 1:
        for inner in _scans(children[1]):
            if _whole(inner, leading) is not None:
                _, joined = _columns(node["Join Filter"], inner["Alias"], sql)
                if joined:
                    yield walk(inner["Relation Name"], [], joined)
    for child in children:
        yield from _lines(child, sql, leading)


def _scans(node: Node) -> Iterator[Node]:
    if "Relation Name" in node:
        yield node
    for child in node.get("Plans", ()):
        yield from _scans(child)


def _whole(node: Node, leading: dict[str, str]) -> str | None:
    """The condition for which all of a table, or of an index, is read; None where an index finds the rows."""
    if "Index Cond" in node or "TID Cond" in node:
        return None
    scans = [scan for scan, _ in _index_scans(node, "")]
    if not scans:
        return str(node.get("Filter", ""))
    for scan in scans:
        condition, first = scan.get("Index Cond"), leading.get(scan["Index Name"], "")
        # an index on some of the rows needs no condition; a B-tree is searched only by its leading column
        if condition is None or not first or re.search(rf"(?<![\w\"]){re.escape(first)}(?![\w\"])", condition):
            return None
    return str(node.get("Recheck Cond", ""))


_NAME = r'(?:"(?:[^"]|"")+"|\w+)'
_COLUMN = rf"({_NAME})\.({_NAME})"
_EQUAL = re.compile(rf"(?:{_COLUMN}|\({_COLUMN}\)::(?:text|bpchar)) = (.+)", re.S)
_OTHER = re.compile(rf"\(?{_COLUMN}\)?(?:::\w+)?")


def _columns(condition: str, alias: str, sql: str) -> tuple[list[str], list[str]]:
    """The columns of a table that a condition holds against a value, and those against a row of another table."""
    given: list[str] = []
    joined: list[str] = []
    for part in conjuncts(condition):
        found = _EQUAL.fullmatch(part)
        if found is None or "SubPlan" in found[5]:  # what differs with each row, no index finds
            continue
        one, column = _plain(found[1] or found[3]), _plain(found[2] or found[4])
        other = _OTHER.fullmatch(found[5])
        if other is not None and one != alias and _plain(other[1]) == alias:
            one, column = _plain(other[1]), _plain(other[2])
        elif other is not None and _plain(other[1]) == one:
            continue  # two columns of one row
        if one == alias and not _is_cast(column, sql):
            (given if other is None else joined).append(column)
    return given, joined


def _plain(name: str) -> str:
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def _is_cast(column: str, sql: str) -> bool:
    """Whether source makes something else of a column, which an index on the column does not hold."""
    name = re.escape(column)
    return re.search(rf"\b{name}\b[\"\s)]*::|\bCAST\s*\([^()]*\b{name}\b", sql, re.I) is not None
