"""A call that would wait for ever."""

from __future__ import annotations

from collections.abc import Iterator

from ...trace import Call, Trace
from ...verdicts import ERROR, WARNING, Objection
from .. import Check


class NoTimeout(Check):
    name = "no-timeout"
    pillar = "errors"
    cwe = 1088
    summary = "an outgoing HTTP or mail call is made that would wait for ever"
    why = "One silent server takes every worker with it: each waits for an answer that never comes."
    fix = (
        "Give the call a time-out: `timeout=(connect, read)` for requests, `httpx.Timeout` for httpx, "
        "`urllib3.Timeout` for urllib3, `timeout=` for urllib, http.client and smtplib."
    )
    bad = "requests.get(RATES)"
    good = "requests.get(RATES, timeout=(3, 10))"

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        return (call for call in trace.source_calls() if call.waits_for_ever is not None)

    def look(self, trace: Trace) -> Iterator[Objection]:
        for call in self.looked_at(trace):
            if call.waits_for_ever and call.entry is not None and call.site is not None:
                doubtful = call.family == "db" or self.of_the_caller(call)
                yield self.against(
                    call, f"{call.operation} is called without a time-out and would wait for ever", f"{call.seam} time-out",
                    f"{call.site.function} in {call.site.file}", WARNING if doubtful else ERROR,
                )  # fmt: skip

    # the guards: each keeps clean code clean
    @staticmethod
    def of_the_caller(call: Call) -> bool:
        """Source hands on what its caller gives, and the caller, who gave no time-out, is the test."""
        return call.handed_on and call.entry is not None and call.entry.kind == "direct"
