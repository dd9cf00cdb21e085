"""What a statement does, for every database seam.

It is asked for every call of the ordinary run: a full parser would cost more than the statement.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from ..trace import normalise


class Statement(NamedTuple):
    """`kind` is `read`, `write`, `commit`, `begin`, `rollback` or `other`; the operation names the table too."""

    kind: str
    operation: str


_LEADING = re.compile(r"\A(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?\*/|;|\()*", re.S)
_NAME = r"(?:\"[^\"]+\"|`[^`]+`|\[[^\]]+\]|[\w$]+)"
_TABLE = rf"({_NAME}(?:\s*\.\s*{_NAME})*)"
_WRITES = {
    "INSERT": re.compile(rf"\bINTO\s+{_TABLE}", re.I),
    "REPLACE": re.compile(rf"\bINTO\s+{_TABLE}", re.I),
    "UPDATE": re.compile(rf"\AUPDATE\s+(?:OR\s+\w+\s+)?{_TABLE}", re.I),
    "DELETE": re.compile(rf"\bFROM\s+{_TABLE}", re.I),
    "MERGE": re.compile(rf"\bINTO\s+{_TABLE}", re.I),
    "TRUNCATE": re.compile(rf"\ATRUNCATE\s+(?:TABLE\s+)?{_TABLE}", re.I),
    "CREATE": re.compile(rf"\b(?:TABLE|INDEX|VIEW|TRIGGER)\s+(?:IF\s+NOT\s+EXISTS\s+)?{_TABLE}", re.I),
    "ALTER": re.compile(rf"\bTABLE\s+{_TABLE}", re.I),
    "DROP": re.compile(rf"\b(?:TABLE|INDEX|VIEW|TRIGGER)\s+(?:IF\s+EXISTS\s+)?{_TABLE}", re.I),
    "VACUUM": re.compile(r"(?!)"),
    "REINDEX": re.compile(r"(?!)"),
    "ANALYZE": re.compile(r"(?!)"),
}
_FROM = re.compile(rf"\bFROM\s+{_TABLE}", re.I)
_WRITE_IN_CTE = re.compile(
    rf"\)\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+{_TABLE}", re.I
)
_PRAGMA_SET = re.compile(r"\APRAGMA\s+(?:\w+\.)?(\w+)\s*=", re.I)


def _plain(name: str) -> str:
    last: str = re.findall(_NAME, name)[-1]
    return normalise(last[1:-1] if last[0] in '"`[' else last)


def _statement(kind: str, table: re.Match[str] | None = None) -> Statement:
    return Statement(kind, f"{kind} {_plain(table[1])}" if table else kind)


@lru_cache(maxsize=4096)
def classify(sql: str) -> Statement:
    """What the first statement of `sql` does, and with which table."""
    leading = _LEADING.match(sql)
    text = sql[leading.end() :] if leading else sql
    word = re.match(r"[A-Za-z]+", text)
    verb = word[0].upper() if word else ""
    if verb in _WRITES:
        return _statement("write", _WRITES[verb].search(text))
    if verb == "WITH":
        write = _WRITE_IN_CTE.search(text)
        if write:
            return _statement("write", write)
    if verb in ("SELECT", "WITH", "VALUES", "TABLE", "EXPLAIN", "SHOW"):
        return _statement("read", _FROM.search(text))
    if verb == "PRAGMA":
        return _statement("other" if _PRAGMA_SET.match(text) else "read")
    if verb in ("COMMIT", "END"):
        return _statement("commit")
    if verb == "BEGIN":
        # BEGIN IMMEDIATE takes the write lock at once: it is refused like a write
        return _statement("write" if re.match(r"BEGIN\s+(IMMEDIATE|EXCLUSIVE)", text, re.I) else "begin")
    if verb == "START" and re.match(r"START\s+TRANSACTION\b", text, re.I):
        return _statement("begin")
    if verb == "ROLLBACK":
        return _statement("rollback")
    return _statement("other")


_TABLE_MADE = re.compile(rf"\bCREATE\s+(?:TEMP(?:ORARY)?\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_TABLE}\s*\(", re.I)
_COLUMN_MADE = re.compile(rf"\s*({_NAME}(?:\s+[A-Z]\w*)?)", re.I)
_CONSTRAINT = re.compile(r"\s*(?:PRIMARY|FOREIGN|UNIQUE|CHECK|CONSTRAINT)\b", re.I)


@lru_cache(maxsize=1024)
def columns_of(sql: str) -> tuple[str, ...]:
    """The columns of all tables that it makes, as they stand there: each with the first word of its type."""
    found: list[str] = []
    for table in _TABLE_MADE.finditer(sql):
        depth, start = 0, table.end()
        for at in range(start, len(sql)):
            char = sql[at]
            if depth == 0 and char in ",)":
                column = _COLUMN_MADE.match(sql[start:at])
                if column is not None and not _CONSTRAINT.match(sql[start:at]):
                    found.append(column[1])
                start = at + 1
                if char == ")":
                    break
            depth += (char == "(") - (char == ")")
    return tuple(found)
