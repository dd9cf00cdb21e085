"""Input begins a line of the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import WARNING, Objection
from .. import Check
from ._reached import biting, with_view


class LogInjection(Check):
    name = "log-injection"
    pillar = "security"
    cwe = 117
    level = WARNING
    summary = "attacked input starts a new log line"
    why = "A forged line hides what happened, or blames somebody else."
    fix = "Log input with `%r`, or let a formatter write JSON."
    bad = """log.info("log-in of %s", name)"""
    good = """log.info("log-in of %r", name)"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["log"]):
            message = f"{attempt.leaf} begins a line of the log: {sink.proof[:120]}"
            yield from with_view(self.against_input(attempt, site, message, record=sink.proof, proof=sink.proof), sink)
