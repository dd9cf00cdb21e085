"""One coroutine that waits makes all of them wait."""

from __future__ import annotations

from collections.abc import Iterator

from ...trace import Call, Trace
from ...verdicts import ERROR, WARNING, Objection
from .. import Check


class BlockingCall(Check):
    name = "blocking-call"
    pillar = "performance"
    cwe = 1322
    reads = frozenset({"blocking"})
    summary = "source blocks a running event loop: sleep, network, database, subprocess"
    why = (
        "While it waits nobody else is served: one slow answer of another service stops every request of this process."
    )
    fix = "Await an asynchronous library (`httpx.AsyncClient`, `asyncio.sleep`, an async engine), or `await asyncio.to_thread(…)`."
    bad = """async def rate(currency):
    return requests.get(URL + currency, timeout=5).json()"""
    good = """async def rate(currency):
    return (await client.get(URL + currency)).json()"""

    def look(self, trace: Trace) -> Iterator[Objection]:
        for call in (*(c for c in trace.source_calls() if c.blocks), *trace.blocking):
            if call.entry is None or call.site is None or call.family == "incoming" or self.is_quick(call):
                continue
            level = WARNING if self.of_known_length(call) else ERROR
            yield self.against(
                call, f"{call.operation} holds up the event loop", self.name, f"{call.site.function} in {call.site.file}",
                level, called_by=f"{call.path[-1].function}",
            )  # fmt: skip

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        return (c for c in (*trace.source_calls(), *trace.blocking) if c.family in ("db", "http", "mail", "other"))

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False

    # the guards: each keeps clean code clean
    @staticmethod
    def is_quick(call: Call) -> bool:
        """A file of this machine: going through a thread takes longer."""
        return call.family == "file"

    @staticmethod
    def of_known_length(call: Call) -> bool:
        """A hash that is slow on purpose, a file of SQLite: no other machine decides how long it takes."""
        return call.seam in ("hash", "sqlite3")
