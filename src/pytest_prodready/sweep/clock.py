"""Virtual time: in a trial nobody sleeps for real, and the clocks say so."""

from __future__ import annotations

import asyncio
import inspect
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Any

from ..raised import TrialEnded
from ..seams import hub
from ..seams.clock import freezegun_api
from ..trace import Sleep

#: Seconds of virtual time that one trial may use: no user and no worker waits an hour for one call.
BUDGET = 3600.0
#: Real seconds that a wait with a time-out gets, so that another thread can answer, before its time-out is virtual.
GRACE = 0.2


class VirtualClock:
    """Advances when the code under trial sleeps or waits.

    Args:
        is_source: tells whether a file is the user's source; names such as `from time import sleep` are rebound there.
    """

    def __init__(self, is_source: Callable[[str], bool]) -> None:
        self.offset = 0.0
        self._later = 0.0  # by which only the clock on the wall is ahead
        self._unwaited = 0.0
        self.sleeps: list[Sleep] = []
        self._is_source = is_source
        self._copies: list[tuple[Any, str, str]] = []
        self._modules_seen = 0
        self._real: dict[str, Any] = {}

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass. Raises TrialEnded when the budget is used up."""
        self.offset += max(0.0, seconds)
        if seconds > 0:
            self._note(seconds)
        if self.offset - self._unwaited > BUDGET:
            text = f"waited for more than {BUDGET:g} s of virtual time"
            if hub.trace is not None:
                hub.trace.end(text)  # source may swallow what is raised
            raise TrialEnded(text)

    def pass_by(self, seconds: float) -> None:
        """Let `seconds` pass in which nobody waits, such as the back-off of a queue: they are not in the budget."""
        self.offset += max(0.0, seconds)
        self._unwaited += max(0.0, seconds)
        self._note(seconds)

    @contextmanager
    def later(self, seconds: float) -> Iterator[None]:
        """Within this block it is so many seconds later by the clock on the wall; nobody has waited for it."""
        if not seconds:
            yield
            return
        self._later = seconds
        try:
            with calendar_ahead(seconds):
                yield
        finally:
            self._later = 0.0

    def _note(self, seconds: float) -> None:
        self.sleeps.append(Sleep(seconds, len(hub.trace.calls) if hub.trace is not None else 0, hub.inside))

    def _note_none(self, frame: FrameType) -> None:
        """Source waits for no time: it would, were it not set to zero."""
        if self._is_source(frame.f_code.co_filename):
            self._note(0.0)

    @contextmanager
    def running(self, ahead: float = 0.0, wall: bool = True) -> Iterator[None]:
        """Virtual time within this block.

        Args:
            ahead: seconds by which it begins in the future.
            wall: the clock on the wall as well; without, another tells what it says (see `seams.clock`).
        """
        self.offset = self._unwaited = ahead
        self.sleeps = []
        real = self._real = {
            "time.sleep": time.sleep, "time.time": time.time, "time.monotonic": time.monotonic,
            "time.time_ns": time.time_ns, "time.monotonic_ns": time.monotonic_ns, "asyncio.sleep": asyncio.sleep,
        }  # fmt: skip
        event_wait, queue_get, condition_wait = (
            threading.Event.wait,
            queue.Queue.get,
            threading.Condition.wait,
        )

        def sleep(seconds: float) -> None:
            if seconds < 0:
                raise _real(ValueError("sleep length must be non-negative"))
            if _polls():
                real["time.sleep"](seconds)
            elif seconds > 0:
                self.advance(seconds)
            else:
                self._note_none(sys._getframe(1))

        async def async_sleep(delay: float, result: Any = None) -> Any:
            if delay <= 0 or delay == float("inf") or _polls():  # to sleep for no time is no wait: it lets others run
                if delay <= 0:
                    self._note_none(sys._getframe(1))
                return await real["asyncio.sleep"](delay, result)
            self.advance(delay)
            # for other tasks, for time-outs that have come by now (fail_after), and for who waits for them (wait_for)
            for _ in range(3):
                await real["asyncio.sleep"](0)
            return result

        def wait(event: threading.Event, timeout: float | None = None) -> bool:
            if timeout is None or timeout <= GRACE:
                return event_wait(event, timeout)
            if event_wait(event, GRACE):
                return True
            self.advance(timeout)
            return event.is_set()

        def get(q: queue.Queue[Any], block: bool = True, timeout: float | None = None) -> Any:
            if not block or timeout is None or timeout <= GRACE:
                return queue_get(q, block, timeout)
            try:
                return queue_get(q, True, GRACE)
            except queue.Empty:
                self.advance(timeout)
                return queue_get(q, False)

        def wait_condition(condition: threading.Condition, timeout: float | None = None) -> bool:
            # a condition of a queue or an event, or one of source's own
            if timeout is None or timeout <= GRACE or not self._is_source(sys._getframe(1).f_code.co_filename):
                return condition_wait(condition, timeout)
            if condition_wait(condition, GRACE):
                return True
            self.advance(timeout)
            return False

        virtual: dict[str, Any] = {
            "time.sleep": sleep,
            "time.time": lambda: real["time.time"]() + self.offset + self._later,
            "time.monotonic": lambda: real["time.monotonic"]() + self.offset,
            "time.time_ns": lambda: real["time.time_ns"]() + int((self.offset + self._later) * 1e9),
            "time.monotonic_ns": lambda: real["time.monotonic_ns"]() + int(self.offset * 1e9),
            "asyncio.sleep": async_sleep,
        }
        if not wall:
            for name in ("time.time", "time.time_ns"):
                del virtual[name]
        copies = [copy for copy in self._source_copies() if copy[2] in virtual]
        waits_of_libraries = list(self._libraries(async_sleep))
        _put(virtual)
        for module, name, what in copies:
            setattr(module, name, virtual[what])
        waits: list[tuple[Any, str, Any, Any]] = [
            (threading.Event, "wait", wait, event_wait),
            (queue.Queue, "get", get, queue_get),
            (threading.Condition, "wait", wait_condition, condition_wait),
        ]
        waits += waits_of_libraries
        for cls, name, replacement, _ in waits:
            setattr(cls, name, replacement)
        try:
            yield
        finally:
            for cls, name, _, original in waits:
                setattr(cls, name, original)
            _put({name: real[name] for name in virtual})
            for module, name, what in copies:
                setattr(module, name, real[what])

    def _libraries(self, async_sleep: Any) -> Iterator[tuple[Any, str, Any, Any]]:
        """(owner, name, replacement, original) of what sleeps in libraries that are imported: anyio and trio."""
        anyio = sys.modules.get("anyio._backends._asyncio")
        theirs = getattr(anyio, "sleep", None)  # they may have got it before a seam was put around it
        if theirs is not None and inspect.unwrap(theirs) is inspect.unwrap(self._real["asyncio.sleep"]):
            yield anyio, "sleep", async_sleep, theirs
        trio, timeouts = sys.modules.get("trio"), sys.modules.get("trio._timeouts")
        clock = getattr(sys.modules.get("trio._core._run"), "SystemClock", None)
        if trio is None or timeouts is None or clock is None:
            return
        current_time, really = clock.current_time, trio.sleep

        async def sleep(seconds: float) -> None:
            if seconds <= 0 or seconds == float("inf") or _polls():
                await really(seconds)
                return
            self.advance(seconds)
            await trio.lowlevel.checkpoint()

        yield clock, "current_time", lambda one: current_time(one) + self.offset, current_time
        yield trio, "sleep", sleep, trio.sleep
        yield timeouts, "sleep", sleep, timeouts.sleep

    def _source_copies(self) -> Iterator[tuple[Any, str, str]]:
        """Names in source modules that are bound to the real functions."""
        if len(sys.modules) != self._modules_seen:
            self._modules_seen = len(sys.modules)
            wanted = {id(function): name for name, function in self._real.items()}
            self._copies = [
                (module, name, wanted[id(value)])
                for module in list(sys.modules.values())
                if self._is_source(getattr(module, "__file__", None) or "<none>")
                for name, value in list(vars(module).items())
                if id(value) in wanted
            ]
        return iter(self._copies)


@contextmanager
def calendar_ahead(offset: float) -> Iterator[None]:
    """`datetime` does not follow virtual time; a circuit breaker or a cache may go by it."""
    clocks = {name: getattr(time, name) for name in ("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter")}
    then = datetime.now(UTC) + timedelta(seconds=offset)
    try:
        with freezegun_api().freeze_time(
            then, tick=True, ignore=["_pytest", "pytest_prodready", "asyncio", "threading"]
        ):
            for name, function in clocks.items():  # these are virtual already
                setattr(time, name, function)
            yield
    finally:
        for name, function in clocks.items():  # freezegun puts back what it found when it was imported
            setattr(time, name, function)


def _real(exc: Exception) -> Exception:
    """What the real function raises, from C: the innermost frame is ours, and the exception is not (see `Hub.failed`)."""
    exc.__prodready_real__ = True  # type: ignore[attr-defined]
    return exc


def _polls() -> bool:
    """Whether a job that runs beside the requests sleeps here: it would use up all time between two of them."""
    entry = hub.current_entry()
    return entry is not None and entry.kind == "lifespan" and entry.outcome is not None


def _put(functions: dict[str, Any]) -> None:
    for name, function in functions.items():
        module, _, attribute = name.partition(".")
        setattr(sys.modules[module], attribute, function)
