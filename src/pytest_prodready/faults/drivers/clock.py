"""The clock does not fail: it says another time, and goes on from there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ...seams.clock import SEAM, Wall
from ...trace import Call
from .. import Clock, Fault, Strike
from ..clock import BACK, moment

FORMS = {
    "clock.leap-day": "noon of the next 29 February",
    "clock.month-end": "noon of the next 31 January",
    "clock.year-end": "the next 31 December, 23:59:59, in UTC and in zones that source names, and that of a leap year",
    "clock.dst-gap": "half an hour after the next change to summer time, in zones that source names",
    "clock.dst-fold": "half an hour before the next change to winter time, in zones that source names",
    "clock.after-2038": "2038-01-19 03:14:08 UTC",
    "clock.jump-back": f"{BACK:g} s less than it would be",
}


class ClockDriver:
    """Other times, by freezegun."""

    seams = frozenset({SEAM})

    def form(self, fault: Fault, kind: str) -> str | None:
        return FORMS.get(fault.name)

    def strike(self, fault: Fault, variant: str, call: Call, live: Wall, clock: Clock) -> Strike | None:
        def perform(_: Any) -> Any:
            if fault.name == "clock.jump-back":
                live.move_by(-BACK)
            else:
                now = datetime.fromtimestamp(live.seconds(), UTC)
                live.move_to(moment(fault.name, variant, now).timestamp())
            return live.moment()

        return Strike(perform)


DRIVER = ClockDriver()
