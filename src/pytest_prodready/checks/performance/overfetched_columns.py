"""All columns, whichever are needed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...trace import Call, Trace
from ...verdicts import WARNING, Objection
from .. import Check
from . import _sql

_STAR = re.compile(r"\A(?:WITH\b.*\)\s*)?SELECT\s+(?:DISTINCT\s+)?(?:\w+\.)?\*(?:\s|,)", re.I)


class OverfetchedColumns(Check):
    name = "overfetched-columns"
    pillar = "performance"
    cwe = 1049
    level = WARNING
    summary = "source sends `SELECT *`"
    why = (
        "A column that somebody adds next year (a picture, a text) is sent with every row, and no covering index helps."
    )
    fix = "Name the columns that are used."
    bad = """conn.execute("SELECT * FROM users WHERE id = ?", (id,))"""
    good = """conn.execute("SELECT id, name FROM users WHERE id = ?", (id,))"""

    def look(self, trace: Trace) -> Iterator[Objection]:
        for call in self.looked_at(trace):
            if _STAR.match(_sql.plain(call.statement)) is not None:
                assert call.site is not None
                yield self.against(
                    call, f"{call.operation} fetches every column", self.name, f"{call.site.function} in {call.site.file}",
                    statement=" ".join(call.statement.split())[:300],
                )  # fmt: skip

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        return (c for c in trace.source_calls() if c.family == "db" and c.kind == "read" and c.entry is not None)

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False
