"""What the seams of database servers share: how a connection, a statement and a COMMIT become calls.

A fault gets a `Work`: it may cut the connection and let the call go on, or send something else in its place. What
then fails is the driver itself, and so are the layers above it.
"""

from __future__ import annotations

import inspect
import re
import sys
import weakref
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from ..trace import Call, Lease
from . import hub, planners
from .sql import Statement, classify

COMMIT = Statement("commit", "commit")
SETTING = Statement("read", "read")


@dataclass(slots=True)
class Work:
    """A call under way, handed to the fault.

    Attributes:
        conn: the driver's connection; None while it connects.
        do: makes the call.
        send: sends other SQL over the same connection, as the call would have sent its own.
        where: host, port and the like, while it connects.
    """

    conn: Any
    do: Callable[[], Any]
    send: Callable[[str], Any] = lambda sql: None
    where: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """What we know of a connection."""

    target: str = ""
    maker: str = "other"
    lease: Lease | None = None
    patience: float | None = None  # seconds that the server lets a statement take, as far as the user has said it
    surrounded: Callable[[], bool] = lambda: False  # by a transaction of the test's, which must not be lost
    stands_in: Callable[[], Any] = lambda: None  # another connection in its place, which may be lost
    unguarded: Callable[[], bool] = lambda: False  # it is surrounded, and in production no transaction would be open
    undo: Callable[[], None] = lambda: None  # roll back what in production is the transaction
    request_over: Callable[[], None] = lambda: None  # what a framework does with it when a request was answered
    release: str | None = None  # what would be COMMIT in production, while the transaction of the test's surrounds it
    wrote: bool = False  # in the transaction that is open: else a COMMIT has nothing to lose
    begun: bool = False  # by a BEGIN, for a driver that does not tell


#: How long a statement may take, or wait for a lock, as SQL or the options of a connection say it.
_PATIENCE = re.compile(
    r"\b(statement_timeout|lock_timeout|max_statement_time|innodb_lock_wait_timeout)\b\s*(?:=|\bTO\b)\s*'?\s*([\d.]+)\s*(ms|s|min|h)?",
    re.I,
)
_UNITS = {"ms": 0.001, "s": 1.0, "min": 60.0, "h": 3600.0}


def patience(text: str) -> float | None:
    """In seconds; None where nothing is set, or no limit."""
    found = _PATIENCE.search(text)
    if found is None:
        return None
    of_postgres = found[1].lower() in ("statement_timeout", "lock_timeout")  # whose bare numbers are milliseconds
    return float(found[2]) * _UNITS[(found[3] or ("ms" if of_postgres else "s")).lower()] or None


_states: weakref.WeakKeyDictionary[Any, State] = weakref.WeakKeyDictionary()


def state(conn: Any) -> State:
    known = _states.get(conn)
    if known is None:
        known = _states[conn] = State()
    return known


@dataclass(frozen=True)
class Library:
    """One driver.

    Attributes:
        seam: its name.
        server: what it connects to, for people.
        final: whether a write over this connection is committed at once.
        planner: how its server is asked for plans; None where nobody knows.
    """

    seam: str
    server: str
    final: Callable[[Any], bool]
    planner: planners.Planner | None = None

    # -------------------------------------------------------------------------------------------------- connect
    def connect(self, where: dict[str, Any], timeout: float | None, do: Callable[[], Any]) -> Any:
        if hub.trace is None:
            return do()
        describe, maker, pooled = self._connecting(where, timeout, sys._getframe(2))
        return self._connected(
            hub.around(describe, Work(None, do, where=where), do), where, maker, pooled, sys._getframe(2)
        )

    async def connect_async(
        self, where: dict[str, Any], timeout: float | None, do: Callable[[], Awaitable[Any]], frame: FrameType | None
    ) -> Any:
        if hub.trace is None:
            return await do()
        describe, maker, pooled = self._connecting(where, timeout, frame)
        conn = await hub.around_async(describe, Work(None, do, where=where), do)
        return self._connected(conn, where, maker, pooled, frame)

    def _connecting(
        self, where: dict[str, Any], timeout: float | None, frame: FrameType | None
    ) -> tuple[Callable[[], Call], str, bool]:
        pooled = hub.maker_hint is not None or hub.inside
        maker = hub.maker_hint or hub.origin(frame)
        hub.maker_hint = None

        def describe() -> Call:
            return Call(
                self.seam, "db", "connect", "connect", target(where), timeout=timeout, passed_in=maker == "test"
            )

        return describe, maker, pooled

    def _connected(self, conn: Any, where: dict[str, Any], maker: str, pooled: bool, frame: FrameType | None) -> Any:
        known = state(conn)
        known.target, known.maker = target(where), maker
        if not pooled:
            known.lease = hub.took("connection", "", frame)
            hub.made(f"connection to {self.server}", conn, frame)
        return conn

    # ------------------------------------------------------------------------------------------------ statements
    def statement(
        self,
        conn: Any,
        sql: Any,
        work: Work,
        given: Any = None,
        many: bool = False,
        rows: Callable[[Any], int] | None = None,
    ) -> Any:
        describe = self._stating(conn, sql, given, many)
        if describe is None:
            return work.do()
        before = self.planner is not None and self.planner.before

        def do() -> Any:
            if before:
                planners.ask(self.planner, describe.call, conn, given)
            reply = _counted(describe, work.do(), rows)
            if not before:
                planners.ask(self.planner, describe.call, conn, given)
            return reply

        return hub.around(describe, work, do)

    async def statement_async(
        self,
        conn: Any,
        sql: Any,
        work: Work,
        given: Any = None,
        many: bool = False,
        rows: Callable[[Any], int] | None = None,
    ) -> Any:
        describe = self._stating(conn, sql, given, many)
        if describe is None:
            return await work.do()

        async def do() -> Any:
            reply = _counted(describe, await work.do(), rows)
            await planners.ask_async(self.planner, describe.call, conn, given)
            return reply

        return await hub.around_async(describe, work, do)

    def _stating(self, conn: Any, sql: Any, given: Any, many: bool) -> Describe | None:
        """How to describe a statement; None for one that is no call of its own."""
        text = sql.decode("utf-8", "replace") if isinstance(sql, bytes) else sql
        if hub.trace is None or hub.inside or not isinstance(text, str):
            return None
        statement, failable, known = classify(text), True, state(conn)
        if text == known.release:
            failable, known.wrote = known.wrote, False
            return Describe(self, conn, known, COMMIT, "COMMIT", failable)
        if statement.kind == "rollback":
            known.wrote = known.begun = False
            return None
        if statement.kind == "write":
            known.wrote = True
        elif statement.kind == "commit":
            failable, known.wrote, known.begun = known.wrote, False, False
        elif statement.kind in ("begin", "other"):
            known.begun = known.begun or statement.kind == "begin"
            if _PATIENCE.search(text):
                known.patience = patience(text)
            statement, failable = SETTING, False
        return Describe(self, conn, known, statement, text, failable, given, many)

    # --------------------------------------------------------------------------------------------------- commits
    def commit(self, conn: Any, work: Work) -> Any:
        if hub.trace is None or hub.inside:
            return work.do()
        known = state(conn)
        describe = Describe(self, conn, known, COMMIT, "COMMIT", known.wrote)
        known.wrote = known.begun = False
        return hub.around(describe, work, work.do)

    async def commit_async(self, conn: Any, work: Work) -> Any:
        if hub.trace is None or hub.inside:
            return await work.do()
        known = state(conn)
        describe = Describe(self, conn, known, COMMIT, "COMMIT", known.wrote)
        known.wrote = False
        return await hub.around_async(describe, work, work.do)


@dataclass(slots=True)
class Describe:
    """Makes the Call of a statement when the hub asks for it, and keeps it."""

    library: Library
    conn: Any
    known: State
    what: Statement
    text: str
    failable: bool = True
    given: Any = None
    many: bool = False
    call: Call | None = None

    def __call__(self) -> Call:
        kind, operation = self.what
        self.call = call = Call(
            self.library.seam, "db", kind, operation, self.known.target, kind != "read", self.failable, self.text,
            passed_in=self.known.maker == "test", many=self.many,
            parameters=self.given.copy() if isinstance(self.given, (list, dict)) else self.given,
        )  # fmt: skip
        call.commits = kind == "write" and self.library.final(self.conn)
        return call


def _counted(describe: Describe, reply: Any, rows: Callable[[Any], int] | None) -> Any:
    if rows is not None and describe.call is not None and describe.what.kind == "read":
        describe.call.rows = max(0, rows(reply))
    return reply


def target(where: dict[str, Any]) -> str:
    """Where a connection leads: `127.0.0.1:5432/shop`."""
    host, port, database = (where.get(name) or "" for name in ("host", "port", "database"))
    return f"{host}:{port}/{database}" if port and not str(host).startswith("/") else f"{host}/{database}"


def patience_of(conn: Any) -> float | None:
    """How long the server lets a statement of this connection take: as SQL said it, else how it was connected."""
    known = state(conn)
    if known.patience is None:
        params = getattr(conn, "_params", None)  # of asyncpg
        told = (
            getattr(conn, "dsn", None),  # of psycopg2
            getattr(getattr(conn, "info", None), "dsn", None),  # of psycopg
            (getattr(params, "server_settings", None) or {}).get("statement_timeout"),
            getattr(conn, "init_command", None),  # of PyMySQL
        )
        texts = [f"statement_timeout={text}" if number == 2 else str(text) for number, text in enumerate(told) if text]
        known.patience = next((found for text in texts if (found := patience(text)) is not None), None)
    return known.patience


def gave_back(conn: Any, frame: FrameType | None) -> None:
    """A connection is closed."""
    hub.gave_back(state(conn).lease, frame)


def rolled_back(conn: Any) -> None:
    known = state(conn)
    known.wrote = known.begun = False


def library(do: Callable[[], Any]) -> Any:
    """Do what is no call of its own: what the driver raises in C must not look as if it came from us."""
    try:
        reply = do()
    except Exception as exc:
        _mark(exc)
        raise
    return _marking(reply) if inspect.iscoroutine(reply) else reply


async def _marking(reply: Awaitable[Any]) -> Any:
    try:
        return await reply
    except Exception as exc:
        _mark(exc)
        raise


def _mark(exc: Exception) -> None:
    if hub.run:
        with suppress(AttributeError):
            exc.__prodready_real__ = True  # type: ignore[attr-defined]
