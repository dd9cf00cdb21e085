"""Which column a parameter of a writing statement goes to: as far as regular expressions can tell, and no further."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_NAME = r"(?:\"[^\"]+\"|`[^`]+`|\[[^\]]+\]|[\w$]+)"
_TABLE = rf"(?:{_NAME}\s*\.\s*)*({_NAME})"
_QUOTED = re.compile(r"'(?:[^']|'')*'|--[^\n]*|/\*.*?\*/", re.S)
_PLACE = re.compile(r"\?\d*|%s|%\((\w+)\)s|\$\d+|(?<![:\w]):(\w+)|@(\w+)")
_INSERT = re.compile(rf"\b(?:INSERT(?:\s+OR\s+\w+)?|REPLACE)\s+INTO\s+{_TABLE}\s*(\([^()]*\))?\s*VALUES\s*", re.I)
_SET = re.compile(r"\bSET\b", re.I)
_SET_ENDS = re.compile(r"\b(?:WHERE|FROM|RETURNING|ORDER\s+BY|LIMIT)\b", re.I)
_ADDED = re.compile(rf"(?:{_NAME}\.)*{_NAME}\s*[-+]\s*|COALESCE\s*\([^()]*\)\s*[-+]\s*", re.I)
_ROUNDED = re.compile(r"ROUND\s*\(\s*(.*?)\s*(?:,\s*\d+\s*)?\)\Z", re.I | re.S)
_CREATE = re.compile(rf"\bCREATE\s+(?:TEMP(?:ORARY)?\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_TABLE}\s*\(", re.I)
_CONSTRAINT = re.compile(r"(?:PRIMARY|FOREIGN|UNIQUE|CHECK|CONSTRAINT|KEY|INDEX)\b", re.I)

Column = tuple[str, "int | str"]


def _plain(name: str) -> str:
    return name.strip().strip('"`[]').lower()


@lru_cache(maxsize=1024)
def _without_literals(sql: str) -> str:
    return _QUOTED.sub(lambda m: "''" if m[0][0] == "'" else " ", sql)


def split(text: str) -> tuple[list[str], int]:
    """The parts of a list between commas, up to the parenthesis that closes it; and where that is."""
    parts: list[str] = []
    depth = start = 0
    for at, char in enumerate(text):
        if char == "(":
            depth += 1
        elif char == ")":
            if depth == 0:
                return [*parts, text[start:at]], at
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(text[start:at])
            start = at + 1
    return [*parts, text[start:]], len(text)


def columns_created(statements: Iterable[str]) -> dict[str, list[str]]:
    """Columns by table, in order, of all CREATE TABLE statements."""
    known: dict[str, list[str]] = {}
    for sql in statements:
        if "CREATE" in sql or "create" in sql:
            known.update(_created(sql))
    return known


@lru_cache(maxsize=1024)
def _created(sql: str) -> dict[str, list[str]]:
    known: dict[str, list[str]] = {}
    text = _without_literals(sql)
    for match in _CREATE.finditer(text):
        parts, _ = split(text[match.end() :])
        names = [re.match(rf"\s*({_NAME})", part) for part in parts]
        known[_plain(match[1])] = [_plain(name[1]) for name in names if name and not _CONSTRAINT.match(name[1])]
    return known


def columns_written(sql: str, known: dict[str, list[str]]) -> Sequence[Column]:
    """(column, number or name of its placeholder) of what INSERT and UPDATE write. Conditions are no writes."""
    return _written(sql, tuple(known.get(_into(sql), ())))


@lru_cache(maxsize=4096)
def _into(sql: str) -> str:
    """The table that an INSERT writes to without naming columns."""
    insert = _INSERT.search(_without_literals(sql))
    return _plain(insert[1]) if insert is not None and not insert[2] else ""


@lru_cache(maxsize=4096)
def _written(sql: str, unnamed: tuple[str, ...]) -> Sequence[Column]:
    """As `columns_written`; `unnamed` are the columns of the table where an INSERT names none."""
    text = _without_literals(sql)
    places = list(_PLACE.finditer(text))
    by_start = {place.start(): place[1] or place[2] or place[3] or at for at, place in enumerate(places)}
    found: list[Column] = []

    def put(column: str, value: str, offset: int) -> None:
        value_start = offset + len(value) - len(value.lstrip())
        value = value.strip()
        rounded = _ROUNDED.match(value)
        if rounded is not None:
            value_start, value = value_start + rounded.start(1), rounded[1]
        added = _ADDED.match(value)
        if added is not None:
            value_start, value = value_start + added.end(), value[added.end() :]
        place = _PLACE.fullmatch(value)
        if place is not None and value_start in by_start:
            found.append((_plain(column), by_start[value_start]))

    insert = _INSERT.search(text)
    rest = 0
    if insert is not None:
        columns: Sequence[str] = split(insert[2][1:])[0] if insert[2] else unnamed
        at = insert.end()
        while at < len(text) and text[at] == "(":
            values, end = split(text[at + 1 :])
            start = at + 1
            for column, value in zip(columns, values, strict=False):
                put(column, value, start)
                start += len(value) + 1
            at += end + 2
            more = re.compile(r"\s*,\s*").match(text, at)
            at = more.end() if more else len(text)
            rest = at if more else rest
    clause = _SET.search(text, rest)
    if clause is not None:
        ends = _SET_ENDS.search(text, clause.end())
        start = clause.end()
        for part in split(text[clause.end() : ends.start() if ends else len(text)])[0]:
            column, equals, value = part.partition("=")
            if equals:
                put(column.rpartition(".")[2], value, start + len(column) + 1)
            start += len(part) + 1
    return found
