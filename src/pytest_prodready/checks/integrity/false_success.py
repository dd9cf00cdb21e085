"""It failed, and the answer says that it worked."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from ...trace import Call, Entry
from ...verdicts import ERROR, WARNING, Objection
from .. import ANSWERED, Check, View, succeeded, unit_of

MONEY = re.compile(
    r"amount|price|total|balance|pay|paid|charge|refund|invoice|credit|debit|cents|currency|money|wallet|ledger",
    re.I,
)
#: Where a server logs what came out of an application: source has decided nothing.
SERVER = "uvicorn.error"
DROP = re.compile(r"\s*DROP\s+TABLE\b", re.I)
OUTBOX = re.compile(r"outbox|queue|pending|retry|retries|dead_?letter|job|task|unsent|deferred", re.I)


def says_no(value: Any) -> bool:
    """Whether a function says by its answer that it did not succeed: `False`, or `(False, why)`."""
    return value is False or (isinstance(value, list) and value[:1] == [False] and type(value[0]) is bool)


class FalseSuccess(Check):
    name = "false-success"
    pillar = "integrity"
    cwe = 394
    summary = "an operation with effect failed and was not made good, yet the outcome is that of success"
    why = "The user is told that it worked. The order, the consent, the payment is lost, and nobody knows."
    fix = "Let the failure change the answer, try again until it succeeds, or queue it where a job makes it good."
    bad = """try:
    save(order)
except sqlite3.Error:
    log.warning("could not save")
return {"saved": True}"""
    good = """try:
    save(order)
except sqlite3.Error as exc:
    raise StorageError("the order was not saved") from exc"""

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return call_effect and not fault.startswith("reply.") and fault not in ANSWERED

    def judge(self, view: View) -> Iterator[Objection]:
        call, control = view.call, view.control_entry
        if view.trace.ended or control is None or not self.lost(view) or not self.answered_as_success(view, control):
            return
        ours, usual = unit_of(view.trace, view.entry), unit_of(view.control, control)
        if self.tried_again(call, ours, usual) or self.taken_over(call, ours, usual) or self.passing(call, usual):
            return
        assert call.site is not None
        yield self.against(
            call, f"{call.operation} failed, yet the answer is that of success", "lost effect",
            f"{call.site.function} in {call.site.file}", WARNING if self.told(view, ours) else ERROR,
            entry=view.entry.label, logged=[record.text for record in view.trace.logs][:3],
        )  # fmt: skip

    # the guards: each keeps clean code clean
    def lost(self, view: View) -> bool:
        """An effect was to come and did not: not a malformed reply, nor a lost confirmation."""
        return self.concerns(view.call.effect, view.fault) and not view.call.effect_happened

    @staticmethod
    def answered_as_success(view: View, control: Entry) -> bool:
        """The outcome is the control run's, and that was no error."""
        usual = control.outcome
        if usual is None or usual.is_error or usual.is_double:
            return False
        return view.same and not says_no(usual.value)

    @staticmethod
    def tried_again(call: Call, ours: list[Call], usual: list[Call]) -> bool:
        """As many calls of the operation succeeded as in the control run."""
        wanted = sum(c.operation == call.operation for c in succeeded(usual))
        return sum(c.operation == call.operation for c in succeeded(ours)) >= wanted

    @staticmethod
    def taken_over(call: Call, ours: list[Call], usual: list[Call]) -> bool:
        """Another way was taken: a row in an outbox, a second provider."""
        known = {c.operation for c in usual}
        return any(
            (c.kind == "write" and OUTBOX.search(c.operation) is not None)
            or (c.kind != "commit" and c.number > call.number and c.operation not in known)
            for c in succeeded(ours)
        )

    @staticmethod
    def passing(call: Call, usual: list[Call]) -> bool:
        """The table is dropped again in the same unit of work: a probe of what the database can do."""
        dropped = {c.operation for c in usual if DROP.match(c.statement)}
        if call.kind != "commit":
            return call.operation in dropped
        kept: list[str] = []
        for other in usual:
            if other.kind == "commit" and other.point == call.point:
                return bool(kept) and dropped.issuperset(kept)
            kept = [] if other.kind == "commit" else [*kept, other.operation] if other.kind == "write" else kept
        return False

    @staticmethod
    def told(view: View, ours: list[Call]) -> bool:
        """It was logged as an error, and neither money nor an unsafe HTTP method is concerned.

        A background task was put off until the answer had been sent: the log is the only one whom it can tell. So it is
        with a task of a queue, for whose answer nobody waits.
        """
        call = view.call
        unheard = call.background or view.entry.kind == "task"
        concerned = [call, *(c for c in ours if call.kind == "commit" and c.kind == "write")]
        weighty = (call.family == "http" and not unheard) or any(
            MONEY.search(f"{c.operation} {c.statement}") for c in concerned
        )
        logs = view.trace.logs
        if unheard:
            return not weighty and any(record.level >= logging.WARNING for record in logs)
        return not weighty and any(r.level >= logging.ERROR and r.logger != SERVER for r in logs)
