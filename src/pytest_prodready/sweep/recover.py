"""Whether the application comes back: the struck request is made again once the fault is over."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from ..raised import TrialEnded
from ..seams import hub, logs
from ..trace import Entry, Request, Trace
from .clock import VirtualClock, calendar_ahead
from .guard import deadline

#: At most so many repetitions: one for each connection of a pool, and one more.
MOST = 8
#: Who waits for a lock uses less of the processor than this share.
IDLE = 0.05
#: Seconds after which a circuit breaker has closed again and a failure is no longer cached.
LATER = 900.0


class Recovery:
    """The repetitions of one request within a run.

    Args:
        wanted: whether this entry, which has just ended, is the one.
        clock: virtual time.
        seconds: of real time that one repetition may take.
    """

    def __init__(self, wanted: Callable[[Entry], bool], clock: VirtualClock, seconds: float) -> None:
        self._wanted, self._clock, self._seconds = wanted, clock, seconds

    def __call__(self, entry: Entry, request: Request) -> Iterator[tuple[AbstractContextManager[None], Request]]:
        """Requests with the context in which each is to be made: the same one again, then one of another route."""
        trace = hub.trace
        if trace is None or trace.phase != "call" or trace.ended or not self._wanted(entry):
            return
        connections = sum(call.kind == "connect" for call in trace.calls)
        times = 1 if keeps_none(trace, entry) else min(MOST, max(2, connections + 1))
        for _ in range(times):
            yield self._healed("again", contextlib.nullcontext()), request
            if trace.stuck or not trace.again:
                return
            if trace.again[-1].fails:
                break
        else:
            other = _other(trace, entry)
            if other is not None:
                yield self._healed("beside", contextlib.nullcontext()), other
                if trace.fails_beside and not trace.stuck:
                    yield self._later("beside"), other
            return
        yield self._later("again"), request

    def _later(self, name: str) -> AbstractContextManager[None]:
        self._clock.pass_by(LATER)
        return self._healed(name, calendar_ahead(self._clock.offset))

    @contextmanager
    def _healed(self, name: str, then: AbstractContextManager[Any]) -> Iterator[None]:
        """Without the fault, in the phase of this name; what goes wrong in here is kept in the request's entry."""
        trace, striker = hub.trace, hub.striker
        assert trace is not None
        phase, trace.phase, hub.striker = trace.phase, name, None
        logs.let_go()
        began = time.process_time()
        try:
            with then, deadline(self._seconds, lambda: trace.end(f"took more than {self._seconds:g} s")):
                yield
        except TrialEnded as ended:
            trace.end(str(ended))
            if time.process_time() - began > IDLE * self._seconds:  # it was at work, on a machine that is busy
                trace.stuck = None
                (trace.again if name == "again" else trace.beside).clear()
        except Exception:
            pass  # the entry has it
        finally:
            trace.phase, hub.striker = phase, striker


def _other(trace: Trace, entry: Entry) -> Request | None:
    """The last request of another route that this test made before, which only reads and was answered."""
    for one in reversed(trace.entries[trace.body.start :]):
        read = one.request is not None and one.request.method == "GET" and one.label != entry.label
        if read and one is not entry and one.outcome is not None and (one.outcome.status or 500) < 400:
            return one.request
    return None


def keeps_none(trace: Trace, entry: Entry) -> bool:
    """Whether the request used no connection but those that it opened and closed itself: the next gets no other than the one after."""
    calls = [call for call in trace.calls if call.entry is entry]
    opened = {call.target for call in calls if call.kind == "connect"}
    leases = [lease for lease in trace.leases if lease.entry is entry]
    return all(call.family == "db" and call.target in opened for call in calls if call.kind != "receive") and all(
        lease.kind == "connection" and lease.closed for lease in leases
    )
