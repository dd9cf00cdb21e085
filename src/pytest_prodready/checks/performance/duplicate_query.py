"""The same question asked again, though nothing has changed."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator

from ...trace import Call, Trace
from ...verdicts import WARNING, Objection
from .. import Check
from ._loops import arguments, is_fixed, units, waited

TIMES = 3


class DuplicateQuery(Check):
    name = "duplicate-query"
    pillar = "performance"
    cwe = 1050
    level = WARNING
    reads = frozenset({"waits"})
    summary = "the same statement with the same parameters is sent three times or more within one entry"
    why = "The answer is known already: each repetition is a round trip for nothing, on every request."
    fix = "Keep the answer for as long as the request lasts: pass it on, or cache it."
    bad = """for item in cart:
    rate = conn.execute("SELECT rate FROM taxes WHERE country = ?", (country,)).fetchone()[0]"""
    good = """rate = conn.execute("SELECT rate FROM taxes WHERE country = ?", (country,)).fetchone()[0]
for item in cart: ..."""

    def look(self, trace: Trace) -> Iterator[Objection]:
        for calls in units(trace, "db"):
            same: dict[Hashable, list[Call]] = {}
            for call in calls:
                if self.changes(call):
                    same = {key: asked for key, asked in same.items() if self.untouched(asked[0], call)}
                elif call.kind == "read" and call.error is None and " " in call.operation:
                    again = same.setdefault((call.target, arguments(call)), [])
                    if again and self.polls(trace, again[-1], call):
                        again.clear()
                    again.append(call)
                    if len(again) == TIMES:
                        yield self.against(
                            call, f"{call.operation} was asked for {TIMES} times with the same parameters", self.name,
                            f"{call.path[0].function} in {call.path[0].file}",
                            statement=" ".join(call.statement.split())[:300],
                        )  # fmt: skip

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        for calls in units(trace, "db"):
            yield from (call for call in calls if call.kind == "read")

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False

    # the guards: each keeps clean code clean
    @staticmethod
    def changes(call: Call) -> bool:
        """After a write the answer may be another one."""
        return call.kind in ("write", "commit")

    @staticmethod
    def polls(trace: Trace, before: Call, call: Call) -> bool:
        """It waited, or tries a fixed number of times: somebody else may have changed the answer."""
        return waited(trace, before, call) or is_fixed(before, call)

    @staticmethod
    def untouched(asked: Call, change: Call) -> bool:
        """The answer comes from other tables than the one that is written to."""
        table = change.operation.partition(" ")[2]
        return (
            change.kind == "write"
            and bool(table)
            and re.search(rf"\b{re.escape(table)}\b", asked.statement, re.I) is None
        )
