"""Input becomes part of a statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import Objection
from .. import Check
from ._reached import biting


class SqlInjection(Check):
    name = "sql-injection"
    pillar = "security"
    cwe = 89
    summary = "attacked input changes the token structure of a statement that is sent to the database"
    why = "Whoever can write SQL can read every table, and empty it."
    fix = "Pass values as parameters; choose names of columns and directions from a list of your own."
    bad = """conn.execute(f"SELECT * FROM users WHERE name = '{name}'")"""
    good = """conn.execute("SELECT * FROM users WHERE name = ?", (name,))"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["sql"]):
            yield self.against_input(
                attempt,
                site,
                f"{attempt.leaf} becomes part of the statement: {sink.proof} stands in it as SQL",
                statement=sink.text,
                proof=sink.marked,
            )
