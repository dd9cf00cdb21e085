"""Measured: what a body does grows with the data."""

from __future__ import annotations

from collections.abc import Iterator

from ...trace import Call, Growing, Trace
from ...verdicts import Objection
from .. import Check


class SuperlinearGrowth(Check):
    name = "superlinear-growth"
    pillar = "performance"
    cwe = 407
    summary = "measured by the `growth` fixture: queries, calls or connections grow with the data, rows and bytes faster than it"
    why = "What is done once for each row takes a thousand times as long at a thousand times the data."
    fix = "Ask for all rows at once, and only for those that are shown: the number of queries must not depend on the data."
    bad = """def report(conn):
    return [detail(conn, number) for (number,) in conn.execute("SELECT id FROM orders")]"""
    good = """def report(conn):
    return conn.execute("SELECT o.id, d.text FROM orders o JOIN details d ON d.order_id = o.id").fetchall()"""

    def look(self, trace: Trace) -> Iterator[Objection]:
        for growing in trace.growing:
            call = growing.call
            assert call.site is not None
            yield self.against(
                call, grows(growing), f"{self.name} {growing.what}",
                f"{call.site.function} in {call.site.file}",
                counts=[f"{size}: {count}" for size, count in zip(growing.sizes, growing.counts, strict=True)],
            )  # fmt: skip

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        return (growing.call for growing in trace.growing)

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False


def grows(growing: Growing) -> str:
    """What grows with what: `queries grow with the data (power 1.0): 5 at size 4, 65 at size 64; most by read order_lines`."""
    first, last = (f"{growing.counts[at]} at size {growing.sizes[at]}" for at in (0, -1))
    return f"{growing.what} grow with the data (power {growing.slope}): {first}, {last}; most of them by {growing.call.operation}"
