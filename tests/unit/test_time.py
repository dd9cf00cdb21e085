"""Virtual time, and how a watched call returns."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import anyio
import pytest
import trio

from pytest_prodready.raised import TrialEnded, qualified
from pytest_prodready.seams import hub
from pytest_prodready.sweep.clock import VirtualClock
from pytest_prodready.sweep.watch import Watch
from pytest_prodready.trace import Entry, ErrorInfo, Outcome, Trace


@pytest.fixture
def clock() -> Iterator[VirtualClock]:
    made = VirtualClock(lambda filename: False)
    began = time.perf_counter()
    with made.running():
        yield made
    assert time.perf_counter() - began < 2


def test_sleep(clock: VirtualClock) -> None:
    before, monotonic = time.time(), time.monotonic()
    time.sleep(30)
    asyncio.run(asyncio.sleep(12))
    assert clock.offset == 42
    assert time.time() - before == pytest.approx(42, abs=1)
    assert time.monotonic() - monotonic == pytest.approx(42, abs=1)
    assert [sleep.seconds for sleep in clock.sleeps] == [30, 12]


def test_to_let_others_run_is_no_wait(clock: VirtualClock) -> None:
    async def run() -> None:
        await asyncio.sleep(0)
        await anyio.lowlevel.checkpoint()

    asyncio.run(run())
    assert [sleep.seconds for sleep in clock.sleeps] == []


def test_time_outs_of_asyncio_come_in_virtual_time(clock: VirtualClock) -> None:
    async def run() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(asyncio.sleep(60), 30)
        async with asyncio.timeout(120):
            await asyncio.sleep(60)
        with anyio.move_on_after(5) as scope:
            await anyio.sleep(9)
        assert scope.cancelled_caught

    asyncio.run(run())
    assert [sleep.seconds for sleep in clock.sleeps] == [60, 60, 9]


def test_trio(clock: VirtualClock) -> None:
    async def run() -> float:
        began = trio.current_time()
        with trio.move_on_after(30) as scope:
            await trio.sleep(60)
        assert scope.cancelled_caught
        with trio.fail_after(120):
            await anyio.sleep(60)
        await trio.sleep(0)
        return trio.current_time() - began

    assert trio.run(run) == pytest.approx(120, abs=1)
    assert [sleep.seconds for sleep in clock.sleeps] == [60, 60]


def test_a_job_beside_the_requests_sleeps_for_real(clock: VirtualClock) -> None:
    async def run() -> None:
        await asyncio.sleep(0.01)

    entry = Entry("lifespan", "lifespan", outcome=Outcome("return"))
    with hub.enter(entry):
        asyncio.run(run())
        time.sleep(0.01)
    assert [sleep.seconds for sleep in clock.sleeps] == []


def test_waits_with_a_time_out(clock: VirtualClock) -> None:
    assert not threading.Event().wait(60)
    with pytest.raises(queue.Empty):
        queue.Queue[int]().get(timeout=60)
    assert clock.offset == 120


def test_another_thread_still_answers(clock: VirtualClock) -> None:
    event = threading.Event()
    threading.Timer(0.01, event.set).start()
    assert event.wait(60)
    assert clock.offset == 0


def test_a_loop_until_a_deadline_ends(clock: VirtualClock) -> None:
    ends, turns = time.monotonic() + 100, 0
    while time.monotonic() < ends:
        time.sleep(10)
        turns += 1
    assert turns == 10


def test_the_budget(clock: VirtualClock) -> None:
    with pytest.raises(TrialEnded, match=r"more than 3600 s"):
        time.sleep(4000)


def test_time_is_real_again() -> None:
    sleep = time.sleep
    with VirtualClock(lambda filename: False).running():
        assert time.sleep is not sleep
    assert time.sleep is sleep


def describe(exc: BaseException, tb: Any) -> ErrorInfo:
    return ErrorInfo(qualified(type(exc)), (), str(exc), "own")


def watched(body: Any) -> Entry:
    """Run `body`, which gets a function that starts to watch its own frame."""
    watch, entry = Watch(describe), Entry("direct", "x")
    with contextlib.suppress(Exception):
        body(lambda: watch.add(entry, sys._getframe(1)))
    watch.stop()
    assert sys.gettrace() is None
    return entry


def returns(start: Any) -> int:
    start()
    return 5


def raises(start: Any) -> None:
    start()
    raise KeyError("x")


def catches(start: Any) -> str:
    start()
    try:
        {}["x"]
    except KeyError:
        return "caught"
    return "never"


def falls_off(start: Any) -> None:
    start()
    try:
        {}["x"]
    except KeyError:
        start = None


@pytest.fixture(autouse=True)
def _no_tracer() -> Iterator[None]:
    before = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(before)


@pytest.mark.parametrize(("body", "value"), [(returns, 5), (catches, "caught"), (falls_off, None)])
def test_a_return(body: Any, value: object) -> None:
    outcome = watched(body).outcome
    assert outcome is not None
    assert (outcome.kind, outcome.value) == ("return", value)


def test_an_exception() -> None:
    outcome = watched(raises).outcome
    assert outcome is not None
    assert outcome.error is not None
    assert (outcome.kind, outcome.error.name) == ("exception", "KeyError")


@pytest.mark.parametrize(("fails", "kind"), [(False, "return"), (True, "exception")])
def test_a_coroutine_that_is_suspended(fails: bool, kind: str) -> None:
    async def inner() -> int:
        await asyncio.sleep(0)
        return 1

    async def outer(start: Any) -> int:
        start()
        total = await inner()
        total += await asyncio.wait_for(inner(), 1)
        if fails:
            raise ValueError
        return total

    outcome = watched(lambda start: asyncio.run(outer(start))).outcome
    assert outcome is not None
    assert outcome.kind == kind
    assert outcome.value == (None if fails else 2)


def test_a_budget_that_source_swallows_has_ended_the_trial(clock: VirtualClock) -> None:
    hub.start(Trace("test"))
    try:
        with contextlib.suppress(BaseException):
            time.sleep(4000)
        assert hub.trace is not None
        assert hub.trace.ended == "waited for more than 3600 s of virtual time"
    finally:
        hub.stop()


def test_time_in_which_nobody_waits_is_not_in_the_budget(clock: VirtualClock) -> None:
    before = time.time()
    for _ in range(10):
        clock.pass_by(3000)
    time.sleep(3000)
    assert time.time() - before == pytest.approx(33_000, abs=1)
    assert len(clock.sleeps) == 11
    with pytest.raises(TrialEnded):
        time.sleep(3000)


def test_a_wait_of_no_time() -> None:
    for is_source, noted in ((True, [0.0, 0.0]), (False, [])):
        clock = VirtualClock(lambda filename, answer=is_source: answer)  # type: ignore[misc]
        with clock.running():
            time.sleep(0)
            asyncio.run(asyncio.sleep(0))
        assert [sleep.seconds for sleep in clock.sleeps] == noted


def test_a_wait_within_a_call(clock: VirtualClock) -> None:
    time.sleep(1)
    with hub.quiet():
        clock.advance(2)
    assert [(sleep.seconds, sleep.within) for sleep in clock.sleeps] == [(1, False), (2, True)]
