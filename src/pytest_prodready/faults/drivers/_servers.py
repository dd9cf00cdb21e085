"""What all drivers of database servers have in common: a connection that really breaks, a server that really refuses.

The failing is left to the real driver: it alone knows what it raises, and what it leaves behind in connection,
transaction and the layers above.
"""

from __future__ import annotations

import inspect
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from ...seams import hub
from ...seams.dbapi import Work, patience_of, state
from ...trace import Call
from .. import Clock


def surrounded(work: Work) -> bool:
    """Whether a transaction of the test's is around the call, which production has not: it must not be lost."""
    return work.conn is not None and state(work.conn).surrounded()


def of_test(work: Work, call: Call) -> bool:
    """Whether a COMMIT is that of the test's own transaction, and none of the application's."""
    return call.kind == "commit" and surrounded(work) and state(work.conn).release is None


def lose_after(work: Work, cut: Callable[[Any], None]) -> Any:
    """As `lose`, of a COMMIT within the test's transaction, which was made."""
    work.do()
    state(work.conn).release = None
    return lose(work, cut)


def lose(work: Work, cut: Callable[[Any], None]) -> Any:
    """Another connection takes the place of the one with the test's transaction, and is cut."""
    other = state(work.conn).stands_in()
    cut(other)
    with other.cursor() as cursor:
        return cursor.execute("SELECT 1")


def spared(work: Work, refuse: Callable[[], Any]) -> Any:
    """The server refuses a statement; where no transaction is open in production, the test's is not spoilt."""
    if not surrounded(work) or not state(work.conn).unguarded():
        return refuse()
    with work.conn.cursor() as cursor:
        cursor.execute("SAVEPOINT prodready")
        try:
            return refuse()
        finally:
            cursor.execute("ROLLBACK TO SAVEPOINT prodready")


def waited(work: Work, clock: Clock) -> None:
    """The server gives up when the time is over that the user has set."""
    seconds = patience_of(work.conn) if work.conn is not None else None
    if seconds is not None:
        clock.advance(seconds)


def cut(descriptor: int) -> None:
    """End a connection under its driver."""
    with socket.socket(fileno=os.dup(descriptor)) as wire, suppress(OSError):  # it may be dead already
        wire.shutdown(socket.SHUT_RDWR)


def failing(do: Callable[[], Any], mend: Callable[[Exception], BaseException]) -> Any:
    """Do what must fail; `mend` gives the same error the words that it would have in production."""
    try:
        reply = do()
    except Exception as exc:
        raise mend(exc)  # noqa: B904
    return _failing(reply, mend) if inspect.isawaitable(reply) else reply


async def _failing(reply: Awaitable[Any], mend: Callable[[Exception], BaseException]) -> Any:
    try:
        return await reply
    except Exception as exc:
        raise mend(exc)  # noqa: B904


def after_failing(first: Callable[[], Any], expected: Callable[[Exception], bool], second: Callable[[], Any]) -> Any:
    """One after the other, awaited or not; the first has to fail as expected."""
    try:
        reply = first()
    except Exception as exc:
        if not expected(exc):
            raise
    else:
        return _after_failing(reply, expected, second) if inspect.isawaitable(reply) else reply
    return second()  # not within the block, which would leave its mark


async def _after_failing(
    reply: Awaitable[Any], expected: Callable[[Exception], bool], second: Callable[[], Any]
) -> Any:
    try:
        return await reply
    except Exception as exc:
        if not expected(exc):
            raise
    answer = second()
    return await answer if inspect.isawaitable(answer) else answer


def then(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """One after the other, awaited or not."""
    reply = first()
    return _then(reply, second) if inspect.isawaitable(reply) else second()


async def _then(reply: Awaitable[Any], second: Callable[[], Any]) -> Any:
    await reply
    answer = second()
    return await answer if inspect.isawaitable(answer) else answer


def cut_after(work: Work, cut: Callable[[Any], None]) -> Any:
    """Make the call, and end the connection before anything more is said over it."""

    def ended() -> Any:
        cut(work.conn)
        return work.send("COMMIT")

    return then(work.do, ended)


def hang_up(descriptor: int, silently: bool = False) -> None:
    """As `cut`, for a driver that notices whether it could send: the other side has closed, and what is sent is lost.

    Args:
        silently: the other side does not even close.
    """
    here, there = socket.socketpair()
    with here, suppress(OSError):
        os.dup2(here.fileno(), descriptor)
    if not silently:
        there.shutdown(socket.SHUT_WR)
    hub.at_entry_end(there.close)
