"""It failed, and nobody will ever hear of it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator

from ...trace import Call, Entry, Trace
from ...verdicts import WARNING, Objection
from .. import ANSWERED, Check, View, unit_of

#: Odd replies that no application can take for an answer; of others a part is missing or strange, or they say "none".
UNREADABLE = frozenset({"reply.html", "reply.empty", "reply.truncated-json", "reply.bad-encoding"})


class SilentFailure(Check):
    name = "silent-failure"
    pillar = "errors"
    cwe = 391
    level = WARNING
    summary = "a failure is swallowed: the outcome is no error, and no log, warning or error tracker tells of it"
    why = "It is broken for weeks before somebody asks why the page is empty, and then nothing tells since when."
    fix = "Log what you catch, at WARNING or above and with the exception, before you go on without it."
    bad = """try:
    return requests.get(RATES, timeout=5).json()
except requests.RequestException:
    return {}"""
    good = """try:
    return requests.get(RATES, timeout=5).json()
except requests.RequestException:
    log.warning("no rates", exc_info=True)
    return {}"""

    def judge(self, view: View) -> Iterator[Objection]:
        call, control = view.call, view.control_entry
        if view.trace.ended or control is None or self.absent(view) or not self.swallowed(view, control):
            return
        if self.made_good(view, control) or self.told(view) or self.inconclusive(view) or self.inner_layer(view):
            return
        assert call.site is not None
        yield self.against(
            call, f"{call.operation} failed, the outcome is no error, and nothing tells of it", "silence",
            f"{call.site.function} in {call.site.file}", entry=view.entry.label, fault=view.fault,
        )  # fmt: skip

    # the guards: each keeps clean code clean
    @staticmethod
    def swallowed(view: View, control: Entry) -> bool:
        """The failure did not leave the entry, whose outcome is no error; an odd reply that changes nothing is none."""
        outcomes = view.entry.outcome, control.outcome
        if any(outcome is None or outcome.is_error for outcome in outcomes):
            return False
        if view.fault in ANSWERED:
            return False
        return not view.fault.startswith("reply.") or (view.fault in UNREADABLE and not view.same)

    @staticmethod
    def absent(view: View) -> bool:
        """A file that need not be there, a value that a cache no longer has: that there is none is an answer."""
        return view.fault in ("file.not-found", "cache.evicted")

    @staticmethod
    def made_good(view: View, control: Entry) -> bool:
        """The same call was made again, and succeeded."""
        call = view.call
        ours = _succeeded(call, unit_of(view.trace, view.entry))
        usual = _succeeded(call, unit_of(view.control, control))
        return bool(ours) and (ours >= usual or (view.same and not call.effect))

    @staticmethod
    def told(view: View) -> bool:
        """There is a record that the control run does not have: a log, a warning, an event, a line on stderr."""
        return bool(_records(view.trace, view.entry) - _records(view.control, view.control_entry))

    @staticmethod
    def inconclusive(view: View) -> bool:
        """Logging is switched off in the test, or replaced: perhaps it would have been told."""
        return view.trace.unrecorded or bool(Counter(view.trace.muted) - Counter(view.control.muted))

    @staticmethod
    def inner_layer(view: View) -> bool:
        """A unit test of an inner layer: the entry that reaches the site is the boundary."""
        return view.entry.kind == "direct" and view.call.site in view.suite.reached


def _succeeded(call: Call, calls: list[Call]) -> int:
    return sum(
        c.operation == call.operation and c.error is None and c.faulted is None and (c.status or 0) < 400 for c in calls
    )


def _records(trace: Trace, entry: Entry | None) -> Counter[tuple[str, str]]:
    logs = Counter(("log", record.text) for record in trace.logs if record.level >= logging.WARNING)
    printed = trace.printed_errors + (entry.outcome.errors if entry is not None and entry.outcome is not None else "")
    lines = Counter(("line", line) for line in printed.splitlines() if line.strip())
    return logs + lines + Counter(("signal", signal) for signal in trace.signals)
