"""A statement for each row that is written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...trace import Call, Trace
from ...verdicts import WARNING, Objection
from .. import Check
from . import _sql
from ._loops import Loop, arguments, loops, units
from .n_plus_one_query import TURNS, objection


class WriteInLoop(Check):
    name = "write-in-loop"
    pillar = "performance"
    cwe = 1073
    level = WARNING
    summary = "the same INSERT, UPDATE or DELETE is repeated from one loop in source, within one entry"
    why = "Each row costs a round trip, and often a transaction: an import of ten rows takes no time, of a million the night."
    fix = "Write them together: `executemany`, `insert().values([…])`, `bulk_create`, `bulk_update`, `UPDATE … WHERE id IN (…)`."
    bad = """for row in rows:
    conn.execute("INSERT INTO items VALUES (?, ?)", row)"""
    good = """conn.executemany("INSERT INTO items VALUES (?, ?)", rows)"""

    def look(self, trace: Trace) -> Iterator[Objection]:
        for calls in units(trace, "db"):
            alike: dict[str, list[Call]] = {}
            for call in calls:
                if self.is_row(call):
                    alike.setdefault(_sql.shape(call.statement), []).append(call)
            for group in alike.values():
                for loop in loops(group, TURNS):
                    if not self.takes_next(trace, loop) and not self.records(trace, loop):
                        yield objection(self, loop, "write")

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        for calls in units(trace, "db"):
            yield from (call for call in calls if call.kind == "write")

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False

    # the guards: each keeps clean code clean
    @staticmethod
    def is_row(call: Call) -> bool:
        """One row at a time: many at once are what is asked for; what failed is tried again."""
        if call.kind != "write" or call.many or call.error is not None or _sql.is_batch(call.statement):
            return False
        return call.statement.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE", "REPLAC")

    @staticmethod
    def takes_next(trace: Trace, loop: Loop) -> bool:
        """Before each the same question is asked of the same table: a queue, of which nobody knows the next before."""
        table = loop.calls[0].operation.partition(" ")[2]
        asked = [
            {arguments(c) for c in between if c.kind == "read" and c.operation.partition(" ")[2] == table}
            for between in _between(trace, loop)
        ]
        return bool(table) and bool(set.intersection(*asked))

    @staticmethod
    def records(trace: Trace, loop: Loop) -> bool:
        """Before each something is done that cannot be taken back (a mail, a payment), and that must not be done twice."""
        return all(any(c.effect and c.family != "db" for c in between) for between in _between(trace, loop))


def _between(trace: Trace, loop: Loop) -> list[list[Call]]:
    """What source did between each two writes of a loop."""
    return [
        [call for call in trace.calls[one.number + 1 : other.number] if call.site is not None]
        for one, other in pairwise(sorted(loop.calls, key=lambda call: call.number))
    ]
