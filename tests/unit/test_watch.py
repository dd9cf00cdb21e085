"""How an outermost call returned: generators, exceptions that were handled first, several entries of one frame."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import Any

import pytest

from pytest_prodready.raised import qualified
from pytest_prodready.sweep.watch import Watch
from pytest_prodready.trace import Entry, ErrorInfo


def describe(exc: BaseException, tb: TracebackType | None) -> ErrorInfo:
    return ErrorInfo(qualified(type(exc)), (), str(exc), "own")


@pytest.fixture(autouse=True)
def _no_tracer() -> Iterator[None]:
    before = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(before)


class Seen:
    """What became of a call: call it in the frame that is to be watched."""

    def __init__(self) -> None:
        self.watch = Watch(describe)
        self.entries: list[Entry] = []

    def __call__(self) -> None:
        self.entries.append(Entry("direct", "x"))
        self.watch.add(self.entries[-1], sys._getframe(1))

    @property
    def ends(self) -> list[tuple[str, Any]]:
        self.watch.stop()
        assert sys.gettrace() is None
        outcomes = [entry.outcome for entry in self.entries]
        return [
            ("nothing", None) if o is None else (o.kind, o.error.name if o.error is not None else o.value)
            for o in outcomes
        ]


def fails_in_handler(seen: Seen) -> None:
    seen()
    try:
        {}["x"]
    except KeyError as exc:
        raise RuntimeError from exc


def fails_after_handler(seen: Seen) -> None:
    seen()
    with contextlib.suppress(KeyError):
        {}["x"]
    raise ValueError


def raises_again(seen: Seen) -> None:
    try:
        seen()
        int("x")
    except ValueError:
        raise


def returns_from_finally(seen: Seen) -> int:
    try:
        seen()
        return int("7")
    finally:
        len("")


def passes_through_with(seen: Seen) -> None:
    with contextlib.ExitStack():
        seen()
        int("x")


def stops(seen: Seen) -> None:
    seen()
    next(iter(()))


@pytest.mark.parametrize(
    ("call", "end"),
    [
        (fails_in_handler, ("exception", "RuntimeError")),
        (fails_after_handler, ("exception", "ValueError")),
        (raises_again, ("exception", "ValueError")),
        (returns_from_finally, ("return", 7)),
        (passes_through_with, ("exception", "ValueError")),
        (stops, ("exception", "StopIteration")),
    ],
)
def test_a_function(call: Any, end: tuple[str, Any]) -> None:
    seen = Seen()
    with contextlib.suppress(Exception):
        call(seen)
    assert seen.ends == [end]


def test_a_loop_of_failures_that_were_handled() -> None:
    def call(seen: Seen) -> str:
        seen()
        for _ in range(3):
            try:
                int("x")
            except ValueError:
                continue
        return "done"

    seen = Seen()
    assert call(seen) == "done"
    assert seen.ends == [("return", "done")]


class Closing:
    async def __aenter__(self) -> None: ...

    async def __aexit__(self, *exc: object) -> None:
        await asyncio.sleep(0)


def test_an_exception_that_waits_for_an_async_with() -> None:
    async def call(seen: Seen) -> None:
        seen()
        async with Closing():
            int("x")

    seen = Seen()
    with contextlib.suppress(ValueError):
        asyncio.run(call(seen))
    assert seen.ends == [("exception", "ValueError")]


def test_a_frame_that_another_thread_asks_about() -> None:
    async def call(seen: Seen) -> None:
        frame = sys._getframe()
        seen.watch.prepare(frame)  # as handing over to the thread does
        seen.entries.append(Entry("direct", "x"))
        await asyncio.to_thread(seen.watch.add, seen.entries[0], frame)
        int("x")

    seen = Seen()
    with contextlib.suppress(ValueError):
        asyncio.run(call(seen))
    assert seen.ends == [("exception", "ValueError")]


def test_several_entries_of_one_frame() -> None:
    def call(seen: Seen) -> int:
        seen()
        seen()
        return 2

    seen = Seen()
    call(seen)
    assert seen.ends == [("return", 2), ("return", 2)]


def test_frames_within_each_other() -> None:
    def inner(seen: Seen) -> int:
        seen()
        raise KeyError("x")

    def outer(seen: Seen) -> str:
        seen()
        try:
            inner(seen)
        except KeyError:
            return "saved"
        return "never"

    seen = Seen()
    outer(seen)
    assert seen.ends == [("return", "saved"), ("exception", "KeyError")]


def generator(seen: Seen, fails: bool) -> Iterator[int]:
    seen()
    yield 1
    with contextlib.suppress(KeyError):
        {}["x"]
    yield 2
    if fails:
        raise OSError


@pytest.mark.parametrize(("fails", "end"), [(False, ("return", None)), (True, ("exception", "OSError"))])
def test_a_generator_ends_when_it_is_used_up(fails: bool, end: tuple[str, Any]) -> None:
    seen = Seen()
    with contextlib.suppress(OSError):
        list(generator(seen, fails))
    assert seen.ends == [end]


def test_a_generator_that_is_still_suspended_has_not_ended() -> None:
    seen = Seen()
    running = generator(seen, False)
    assert [next(running), next(running)] == [1, 2]
    assert seen.ends == [("nothing", None)]


@pytest.mark.parametrize("fails", [False, True])
def test_an_exception_that_a_coroutine_handled_before_it_was_suspended(fails: bool) -> None:
    async def call(seen: Seen) -> str:
        seen()
        try:
            int("x")
        except ValueError:
            await asyncio.sleep(0)
        if fails:
            raise OSError
        return "done"

    seen = Seen()
    with contextlib.suppress(OSError):
        asyncio.run(call(seen))
    assert seen.ends == [("exception", "OSError") if fails else ("return", "done")]


def test_an_exception_that_comes_out_of_an_await() -> None:
    async def fail() -> None:
        await asyncio.sleep(0)
        raise OSError

    async def call(seen: Seen) -> None:
        seen()
        await fail()

    seen = Seen()
    with contextlib.suppress(OSError):
        asyncio.run(call(seen))
    assert seen.ends == [("exception", "OSError")]


def test_an_asynchronous_loop() -> None:
    async def numbers() -> AsyncIterator[int]:
        for number in range(3):
            await asyncio.sleep(0)
            yield number

    async def call(seen: Seen) -> int:
        seen()
        return sum([number async for number in numbers()])

    seen = Seen()
    asyncio.run(call(seen))
    assert seen.ends == [("return", 3)]


def test_a_tracer_that_was_there_comes_back() -> None:
    def mine(frame: Any, event: str, arg: Any) -> None:
        return None

    def call(seen: Seen) -> int:
        seen()
        return 1

    seen = Seen()
    sys.settrace(mine)
    try:
        call(seen)
        assert sys.gettrace() is mine
    finally:
        sys.settrace(None)
    assert seen.ends == [("return", 1)]


# --------------------------------------------------------------------------------------------------------- exits
def leaves(code: Any) -> Any:
    def run(seen: Seen) -> None:
        seen()
        raise SystemExit(code)

    return run


@pytest.mark.parametrize(
    ("code", "status", "errors"), [(None, 0, ""), (0, 0, ""), (3, 3, ""), ("not today", 1, "not today\n")]
)
def test_a_direct_call_that_exits(code: Any, status: int, errors: str) -> None:
    seen = Seen()
    with pytest.raises(SystemExit):
        leaves(code)(seen)
    seen.watch.stop()
    (entry,) = seen.entries
    assert entry.error is None
    assert entry.outcome is not None
    assert (entry.outcome.kind, entry.outcome.status, entry.outcome.errors) == ("exit", status, errors)
    assert entry.outcome.is_error is bool(status)


def boom(code: Any) -> Any:
    raise OSError("disk")


@pytest.mark.parametrize(
    ("main", "status"),
    [(lambda: None, 0), (lambda: 0, 0), (lambda: 2, 2), (lambda: True, 0), (lambda: ["a"], 0), (lambda: boom(0), 1)],
)
def test_a_main_function_is_a_command(main: Any, status: int) -> None:
    watch = Watch(describe, lambda entry: ("printed", "said"))
    entry = Entry("command", "command x")

    def run() -> Any:
        watch.add(entry, sys._getframe())
        return main()

    with contextlib.suppress(OSError):
        run()
    watch.stop()
    assert entry.outcome is not None
    assert (entry.outcome.kind, entry.outcome.status) == ("exit", status)
    assert (entry.outcome.body, entry.outcome.errors) == ("printed", "said")
    assert (entry.outcome.error is None) is (entry.error is None)
