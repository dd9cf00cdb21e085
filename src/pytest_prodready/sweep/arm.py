"""An armed fault: waits for its call, strikes it, and in an outage every later one to that target."""

from __future__ import annotations

from typing import Any

from ..faults import Clock, Driver, Fault, Strike
from ..raised import TrialEnded
from ..seams import hub
from ..trace import Call
from .plan import TrialSpec

#: An outage answered by this many attempts is a loop that only the end of the outage would end.
ATTEMPTS = 1000


class Arm:
    """Strikes the call that a trial names.

    Attributes:
        fired: how many calls were struck.
        attempts: how many calls were made at the struck point once the fault had struck, the struck one included.
    """

    def __init__(self, spec: TrialSpec, fault: Fault, driver: Driver, clock: Clock) -> None:
        self.spec, self.fault, self.driver, self.clock = spec, fault, driver, clock
        self.fired = 0
        self.attempts = 0
        self._seen = 0
        self._target = ""

    def __call__(self, call: Call, live: Any) -> Strike | None:
        if self.fired and hub.trace is not None and hub.trace.ended:
            return None  # a loop that swallows even TrialEnded comes to its end when the call succeeds
        at_point = call.point == self.spec.point
        if self.fired == 0:
            if not at_point:
                return None
            self._seen += 1
            if self._seen != self.spec.occurrence:
                return None
            self._target = call.target
        else:
            self.attempts += at_point
            if self.attempts > ATTEMPTS:
                if hub.trace is not None:
                    hub.trace.end(f"tried more than {ATTEMPTS:,} times")
                raise TrialEnded(f"tried more than {ATTEMPTS:,} times")
            lasts = at_point if self.spec.lasting else self.fault.outage and call.target == self._target
            if not lasts or call.kind not in self.fault.kinds:
                return None
        strike = self.driver.strike(self.fault, self.spec.variant, call, live, self.clock)
        if strike is not None:
            self.fired += 1
            self.attempts += self.fired == 1
            strike.fault = self.fault.name
        return strike


class Pair(Arm):
    """Two faults: the second waits for the first, and is the one that is judged."""

    def __init__(self, first: Arm, spec: TrialSpec, fault: Fault, driver: Driver, clock: Clock) -> None:
        super().__init__(spec, fault, driver, clock)
        self.first = first

    def __call__(self, call: Call, live: Any) -> Strike | None:
        strike = self.first(call, live)
        if strike is not None or not self.first.fired:
            return strike
        before = self.fired
        strike = super().__call__(call, live)
        if self.fired > before == 0 and hub.trace is not None:
            hub.trace.struck = None  # the hub now takes this one
        return strike
