"""The planner of MariaDB and MySQL.

How many rows there are decides whether it uses an index, but not whether it knows one: `possible_keys`. An EXPLAIN changes
nothing, and where it fails the transaction goes on: it needs no savepoint. What it does change is what FOUND_ROWS() and the
like say of the last statement, and so it is asked before the statement.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .planners import Steps, conjuncts, search, walk


def steps(sql: str, given: Any) -> Steps:
    """What to send."""
    reply = yield f"EXPLAIN FORMAT=JSON {sql}", given
    plan = json.loads(reply)
    if "const tables" in json.dumps(plan):
        # a row that a key finds is looked for at once, and where there is none, nothing else is planned
        if re.search(r"\bJOIN\b|\bSELECT\b.*\bSELECT\b", sql, re.I | re.S):
            raise LookupError("no row, no plan")
        return (search(_table("", sql), "a key"),)
    return tuple(_lines(plan, sql, ""))


def _lines(node: Any, sql: str, condition: str) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from _lines(child, sql, "")
    elif isinstance(node, dict):
        condition = node.get("attached_condition", condition)
        for name, child in node.items():
            if name == "table" and isinstance(child, dict) and "table_name" in child:
                yield from _table_lines(child, sql, child.get("attached_condition", condition))
            yield from _lines(child, sql, "")


def _table_lines(node: dict[str, Any], sql: str, condition: str) -> Iterator[str]:
    alias = node["table_name"]
    if alias.startswith("<"):  # what the statement makes itself, nobody can put an index on
        return
    table = _table(alias, sql)
    if node.get("possible_keys") or node.get("access_type") not in ("ALL", "index"):
        yield search(table, node.get("key") or "one of its keys")
        return
    given, joined = _columns(condition, alias)
    yield walk(table, given, joined) if given or joined else f"SCAN {table}"


def _table(alias: str, sql: str) -> str:
    """A plan names what the statement names: the alias."""
    if not alias:
        found = re.search(r"\b(?:FROM|UPDATE)\s+(?:`?\w+`?\.)?`?([\w$]+)", sql, re.I)
        return found[1] if found else "table"
    found = re.search(rf"([\w$]+)`?\s+(?:AS\s+)?`?{re.escape(alias)}`?(?![\w.`$])", sql, re.I)
    return alias if found is None or found[1].upper() in _WORDS else found[1]


#: Words that a table follows, and that are no table of which it is the alias.
_WORDS = frozenset(("FROM", "JOIN", "UPDATE", "AS", "IGNORE", "LOW_PRIORITY", "STRAIGHT_JOIN", "USING"))
_NAME = r"(?:`(?:[^`]|``)+`|[\w$]+)"
_COLUMN = rf"(?:{_NAME}\.)?({_NAME})\.({_NAME})"
_EQUAL = re.compile(rf"{_COLUMN} (?:= (.+)|in \((.+)\))", re.S | re.I)


def _columns(condition: str, alias: str) -> tuple[list[str], list[str]]:
    """The columns of a table that a condition holds against a value, and those against a row of another table."""
    condition = re.sub(r"\btrigcond\(", "(", condition)  # of an outer join
    given: list[str] = []
    joined: list[str] = []
    for part in conjuncts(condition):
        found = _EQUAL.fullmatch(part)
        if found is None or "subquery" in part:
            continue
        one, column = _plain(found[1]), _plain(found[2])
        other = re.fullmatch(_COLUMN, found[3] or "")
        if other is not None and one != alias and _plain(other[1]) == alias:
            one, column = _plain(other[1]), _plain(other[2])
        elif other is not None and _plain(other[1]) == one:
            continue  # two columns of one row
        if one == alias:
            (given if other is None else joined).append(column)
    return given, joined


def _plain(name: str) -> str:
    return name.strip("`")
