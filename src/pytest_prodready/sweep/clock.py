"""Virtual time: in a trial nobody sleeps for real, and the clocks say so."""

from __future__ import annotations

import asyncio
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from ..source import TrialEnded

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
        self.sleeps: list[float] = []
        self._is_source = is_source
        self._copies: list[tuple[Any, str, str]] = []
        self._modules_seen = 0
        self._real: dict[str, Any] = {}

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass. Raises TrialEnded when the budget is used up."""
        self.offset += max(0.0, seconds)
        self.sleeps.append(seconds)
        if self.offset > BUDGET:
            raise TrialEnded(f"waited for more than {BUDGET:g} s of virtual time")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Virtual time within this block."""
        self.offset = 0.0
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
            self.advance(seconds)

        async def async_sleep(delay: float, result: Any = None) -> Any:
            self.advance(delay)
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
            "time.time": lambda: real["time.time"]() + self.offset,
            "time.monotonic": lambda: real["time.monotonic"]() + self.offset,
            "time.time_ns": lambda: real["time.time_ns"]() + int(self.offset * 1e9),
            "time.monotonic_ns": lambda: real["time.monotonic_ns"]() + int(self.offset * 1e9),
            "asyncio.sleep": async_sleep,
        }
        copies = list(self._source_copies())
        _put(virtual)
        for module, name, what in copies:
            setattr(module, name, virtual[what])
        waits: list[tuple[type, str, Any, Any]] = [
            (threading.Event, "wait", wait, event_wait),
            (queue.Queue, "get", get, queue_get),
            (threading.Condition, "wait", wait_condition, condition_wait),
        ]
        for cls, name, replacement, _ in waits:
            setattr(cls, name, replacement)
        try:
            yield
        finally:
            for cls, name, _, original in waits:
                setattr(cls, name, original)
            _put(real)
            for module, name, what in copies:
                setattr(module, name, real[what])

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


def _put(functions: dict[str, Any]) -> None:
    for name, function in functions.items():
        module, _, attribute = name.partition(".")
        setattr(sys.modules[module], attribute, function)
