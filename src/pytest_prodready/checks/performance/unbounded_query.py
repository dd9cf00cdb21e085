"""A whole table, for one request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...trace import Call, Trace
from ...verdicts import ERROR, WARNING, Objection
from .. import Check
from . import _sql

_BOUNDED = re.compile(r"\b(?:WHERE|LIMIT|FETCH\s+(?:FIRST|NEXT)|GROUP\s+BY|DISTINCT|HAVING)\b|\bTOP\s*\(", re.I)
_AGGREGATE = re.compile(r"\ASELECT\s+(?:COUNT|SUM|MIN|MAX|AVG|TOTAL|COALESCE|EXISTS|CASE)\s*\(", re.I)


class UnboundedQuery(Check):
    name = "unbounded-query"
    pillar = "performance"
    cwe = 1049
    level = WARNING
    summary = "a request fetches every row of a table that grows"
    why = "Ten rows in a test, a million in production: memory, time and answer grow with the table until none of them fits."
    fix = "Ask for a page (`LIMIT`, by cursor rather than OFFSET), or let the database count, sum and filter."
    bad = """return [row for row in conn.execute("SELECT id, total FROM orders")]"""
    good = (
        """return conn.execute("SELECT id, total FROM orders WHERE id > ? ORDER BY id LIMIT 50", (last,)).fetchall()"""
    )

    def look(self, trace: Trace) -> Iterator[Objection]:
        for call in self.looked_at(trace):
            text = _sql.plain(call.statement)
            if call.rows > 1 and not _BOUNDED.search(text) and not _AGGREGATE.match(text):
                assert call.site is not None
                yield self.against(
                    call, f"{call.operation} fetches all rows, however many there are", self.name,
                    f"{call.site.function} in {call.site.file}", ERROR if call.site in trace.more_rows else WARNING,
                    statement=" ".join(call.statement.split())[:300],
                    rows=call.rows,
                )  # fmt: skip

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        for call in trace.source_calls():
            names_table = call.family == "db" and call.kind == "read" and " " in call.operation
            if names_table and not self.is_job(call) and not _sql.reads_schema(call.statement):
                yield call

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False

    # the guards: each keeps clean code clean
    @staticmethod
    def is_job(call: Call) -> bool:
        """A command or task may go through a whole table: nobody waits for its answer."""
        return call.entry is None or call.entry.kind in ("command", "task")
