"""A trial that does not come to its end."""

from __future__ import annotations

from collections.abc import Iterator

from ...verdicts import Objection
from .. import Check, View


class Hang(Check):
    name = "hang"
    pillar = "errors"
    cwe = 835
    of_lasting = True
    clock = True
    summary = "a trial passes its deadline in real time, or its budget in virtual time"
    why = "A worker that never returns is lost until somebody restarts it; a few of them are an outage."
    fix = "Bound the loop: so many attempts, with a back-off, then an answer of your own."
    bad = """while True:
    try:
        return fetch()
    except ConnectionError:
        continue"""
    good = """for attempt in range(3):
    try:
        return fetch()
    except ConnectionError:
        time.sleep(2 ** attempt)
raise Unavailable("tried three times")"""

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return not fault.startswith("clock.")  # another time is no probe of how errors are handled, unless it hangs

    def judge(self, view: View) -> Iterator[Objection]:
        if view.trace.ended:
            assert view.call.site is not None
            yield self.against(
                view.call, f"did not come back: {view.trace.ended}", "hang",
                f"{view.call.site.function} in {view.call.site.file}", ended=view.trace.ended, sleeps=len(view.trace.sleeps),
            )  # fmt: skip
