"""The fault is over, and the application still fails."""

from __future__ import annotations

from collections.abc import Iterator

from ...verdicts import Objection
from .. import Check, View


class NoRecovery(Check):
    name = "no-recovery"
    pillar = "errors"
    cwe = 772
    summary = "with the fault gone, the same request to the same application fails, or another one that answered before"
    why = "A failure of a second becomes an outage that lasts until somebody restarts the application."
    fix = (
        "Leave nothing behind: roll back or close in `finally`, give connections and locks back, keep no failed client, "
        "session or result for the next request."
    )
    bad = """session.add(order)
session.commit()  # the session of the whole process: after an error every later use of it fails"""
    good = """with Session(engine) as session, session.begin():  # one for each request, rolled back when it fails
    session.add(order)"""

    def judge(self, view: View) -> Iterator[Objection]:
        if view.trace.ended:
            return
        if self.failed_again(view) and not self.fails_anyway(view):
            last = view.trace.again[-1] if view.trace.again else view.entry
            told = f"{view.entry.label} fails for good: made again without the fault, it"
        elif self.spread(view) and not self.failed_again(view):
            last = view.trace.beside[-1]
            told = f"the failure of {view.entry.label} spreads: {last.label}, asked after it without the fault,"
        else:
            return
        error = last.error
        what = view.trace.stuck or (error.name if error is not None else f"{last.outcome and last.outcome.status}")
        assert view.call.site is not None
        yield self.against(
            view.call, f"{told} ended with {what}", "recovery",
            f"{view.call.site.function} in {view.call.site.file}", entry=view.entry.label,
            text=error.text if error is not None else "", requests=len(view.trace.again),
        )  # fmt: skip

    # the guards: each keeps clean code clean
    @staticmethod
    def failed_again(view: View) -> bool:
        """The last of the repeated requests failed, long after the fault."""
        return view.trace.fails_again

    @staticmethod
    def fails_anyway(view: View) -> bool:
        """The request cannot be made twice, fault or no fault: the row is there already, the double serves it once."""
        return view.repeated is None or view.repeated.fails_again

    @staticmethod
    def spread(view: View) -> bool:
        """Another route fails, which answered before, and answers without the fault."""
        usually = view.repeated
        if usually is None or not usually.beside or usually.fails_beside or not view.trace.fails_beside:
            return False
        return view.trace.beside[-1].label == usually.beside[-1].label
