"""sqlite3: connections and cursors of any factory, also below aiosqlite and SQLAlchemy.

The C types cannot be patched, so both names of `connect` hand out subclasses of what the caller asked for.
"""

from __future__ import annotations

import contextlib
import gc
import re
import sqlite3
import sys
import weakref
from collections.abc import Callable
from contextvars import ContextVar
from functools import partial
from types import FrameType, ModuleType
from typing import Any, Literal

from ..trace import Call, Lease
from . import Patches, Seam, hub
from .sql import Statement, classify, columns_of


class ListeningCursor(sqlite3.Cursor):
    """Stands between sqlite3's cursor and the class that the caller asked for."""

    _prodready_call: Call | None = None  # whose rows it gives

    def fetchall(self) -> list[Any]:
        rows = super().fetchall()
        if self._prodready_call is not None:
            self._prodready_call.rows += len(rows)
        return rows

    def fetchmany(self, *args: Any, **kwargs: Any) -> list[Any]:
        rows = super().fetchmany(*args, **kwargs)
        if self._prodready_call is not None:
            self._prodready_call.rows += len(rows)
        return rows

    def fetchone(self) -> Any:
        row = super().fetchone()
        if row is not None and self._prodready_call is not None:
            self._prodready_call.rows += 1
        return row

    def __next__(self) -> Any:
        row = super().__next__()
        if self._prodready_call is not None:
            self._prodready_call.rows += 1
        return row

    def execute(self, sql: str, *args: Any) -> Any:
        if hub.trace is None:
            return super().execute(sql, *args)
        return _statement(self, sql, super().execute, sql, *args)

    def executemany(self, sql: str, *args: Any) -> Any:
        return _statement(self, sql, super().executemany, sql, *args, many=True)

    def executescript(self, script: str) -> Any:
        return _statement(self, script, super().executescript, script, script=True)


class ListeningConnection(sqlite3.Connection):
    """Stands between sqlite3's connection and the class that the caller asked for."""

    _prodready_target = ""
    _prodready_maker = "other"
    _prodready_run = 0
    _prodready_lease: Lease | None = None
    _prodready_broken: Callable[[], BaseException] | None = None  # every call raises this until rollback or close
    _prodready_closed_in: int | None = None
    _prodready_watched = False  # by a callback that would see what we ask
    _prodready_wrote = False  # in the transaction that is open: else a COMMIT has nothing to lose
    # the test may wrap the application in a transaction of its own, which a framework's seam tells by these:
    _prodready_undo: Callable[[], None] | None = None  # rolls back what would be the whole transaction in production
    _prodready_release: str | None = None  # the RELEASE that would be a COMMIT there
    _prodready_autocommit: Callable[[], bool] | None = None  # whether there is no transaction in production

    def set_trace_callback(self, *args: Any) -> None:
        self._prodready_watched = True
        super().set_trace_callback(*args)

    def set_authorizer(self, *args: Any) -> None:
        self._prodready_watched = True
        super().set_authorizer(*args)

    def set_progress_handler(self, *args: Any, **kwargs: Any) -> None:
        self._prodready_watched = True
        super().set_progress_handler(*args, **kwargs)

    def cursor(self, factory: Any = sqlite3.Cursor) -> Any:
        _refuse_if_closed(self)
        return super().cursor(listening(factory, ListeningCursor))

    # the C implementations make a cursor of their own, without calling cursor()
    def execute(self, *args: Any) -> Any:
        return super().cursor(ListeningCursor).execute(*args)

    def executemany(self, *args: Any) -> Any:
        return super().cursor(ListeningCursor).executemany(*args)

    def executescript(self, *args: Any) -> Any:
        return super().cursor(ListeningCursor).executescript(*args)

    def commit(self) -> None:
        _refuse_if_closed(self)
        real = super().commit

        def describe() -> Call:
            return _call(self, COMMIT, "COMMIT", failable=bool(self.in_transaction and self._prodready_wrote))

        # a broken connection has lost its transaction already: there is nothing to commit, and nobody says so
        hub.around(describe, self, _unless_broken(self, real) if self.in_transaction else real)
        self._prodready_wrote = False

    def rollback(self) -> None:
        _refuse_if_closed(self)
        self._prodready_broken = None
        self._prodready_wrote = False
        super().rollback()

    def close(self) -> None:
        self._prodready_broken = None
        hub.gave_back(self._prodready_lease, sys._getframe(1))
        if hub.run and self._prodready_run != hub.run and hub.trace is not None:
            # opened by a wider fixture: later trials need it, so a trial closes it only for itself
            super().rollback()
            self._prodready_closed_in = hub.run
            return
        with contextlib.suppress(sqlite3.Error):
            if self.in_transaction:  # an exception that we keep may keep a cursor, and a cursor the lock
                super().rollback()
        super().close()

    def __exit__(self, *exc: Any) -> Literal[False]:
        # the C implementation commits without calling commit()
        if self._prodready_lease is not None:
            self._prodready_lease.left = True
        if getattr(self, "autocommit", -1) is True:
            return False
        if exc[0] is not None:
            self.rollback()
            return False
        try:
            self.commit()
        except BaseException:
            self.rollback()
            raise
        return False


def _refuse_if_closed(conn: Any) -> None:
    if conn._prodready_closed_in is not None and conn._prodready_closed_in == hub.run:
        raise sqlite3.ProgrammingError("Cannot operate on a closed database.")


def _unless_broken(conn: Any, do: Callable[..., Any], *args: Any) -> Callable[[], Any]:
    """What asks the library, or raises as a connection that is broken does."""
    broken = conn._prodready_broken
    return partial(do, *args) if broken is None else lambda: hub.raise_injected(broken())


#: A framework sets up a connection: that is a part of connecting.
setting_up: ContextVar[bool] = ContextVar("prodready_setting_up", default=False)
COMMIT = Statement("commit", "commit")
SCRIPT = Statement("write", "write")
SETTING = Statement("read", "read")
#: Statements that look for rows by a condition.
_LOOKS = re.compile(r"\b(?:WHERE|JOIN)\b", re.I)


def _statement(
    cursor: Any, sql: str, do: Callable[..., Any], *args: Any, script: bool = False, many: bool = False
) -> Any:
    conn = cursor.connection
    if hub.trace is None or not isinstance(conn, ListeningConnection) or not isinstance(sql, str) or setting_up.get():
        return do(*args)
    _refuse_if_closed(conn)
    statement = classify(sql)
    kind = statement.kind
    failable = True
    if kind == "rollback":
        conn._prodready_broken = None
        return do(*args)
    if sql == conn._prodready_release:
        conn._prodready_release = None
        wrote = conn._prodready_wrote
        return hub.around(lambda: _call(conn, COMMIT, "COMMIT", wrote), conn, _unless_broken(conn, do, *args))
    if kind == "write" or script:
        conn._prodready_wrote = True
    elif kind == "begin":
        conn._prodready_wrote = False
    if script and kind not in ("read", "write"):
        statement = SCRIPT
    elif kind in ("begin", "other"):
        statement, failable = SETTING, False

    cursor._prodready_call = made = None

    def describe() -> Call:
        nonlocal made
        made = call = _call(conn, statement, sql, failable)
        call.parameters, call.many = _given(args[1]) if len(args) > 1 else None, many
        call.commits = call.kind == "write" and (script or _is_final(conn))
        return call

    reply = hub.around(describe, conn, _unless_broken(conn, do, *args))
    if made is not None and made.site is not None and not hub.run:
        cursor._prodready_call = made
        made.composed = made.kind == "write" and _composed(sql, sys._getframe(1))
        _ask_planner(conn, made, args[1:], many)
    return reply


def _ask_planner(conn: Any, call: Call, given: tuple[Any, ...], many: bool) -> None:
    """How the database looks for the rows of a statement: asked once a test, and where nobody would notice."""
    trace = hub.trace
    if trace is None or many or call.phase != "call" or call.statement in trace.planned or conn._prodready_watched:
        return
    trace.planned.add(call.statement)
    if not _LOOKS.search(call.statement) or not hub.wants("plan"):
        return
    try:
        cursor = sqlite3.Connection.cursor(conn, sqlite3.Cursor)
        cursor.row_factory = None
        rows = cursor.execute(f"EXPLAIN QUERY PLAN {call.statement}", *given).fetchall()
        call.plan = tuple(row[3] if isinstance(row[3], str) else bytes(row[3]).decode() for row in rows)
    except Exception:  # parameters that can be read only once, several statements: it is not known then
        call.plan = ()


def _composed(sql: str, frame: FrameType | None) -> bool:
    """Whether source itself puts a table together, with columns that are written nowhere in source; no ORM does it for it."""
    columns = columns_of(sql) if hub.wants("plan") else ()
    while frame is not None and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    if not columns or frame is None or hub.sources is None or not hub.is_source(frame.f_code.co_filename):
        return False
    try:
        return not all(map(hub.sources.writes, columns))
    except OSError:  # a file that cannot be read: it is not known then
        return False


def _is_final(conn: Any) -> bool:
    """Whether a write is committed at once."""
    if conn._prodready_autocommit is not None and conn._prodready_autocommit():
        return True
    if conn.in_transaction:
        return False
    autocommit = getattr(conn, "autocommit", -1)
    return autocommit is True or (conn.isolation_level is None and autocommit is not False)


#: What a layer above the driver was given, and the parameters that it made of it and sends next.
_made: tuple[Any, Any] | None = None


def sends_next(parameters: Any, given: Any) -> None:
    """A layer above the driver sends `parameters`; source gave it `given`."""
    global _made
    _made = parameters, given


def _given(parameters: Any) -> Any:
    """Parameters as source gave them, and as they are now: source may use its list or dict again."""
    made = _made
    if made is not None and made[0] is parameters:
        return made[1]
    return parameters.copy() if isinstance(parameters, (list, dict)) else parameters


def _call(conn: Any, statement: Statement, sql: str, failable: bool) -> Call:
    kind, operation = statement
    effect = kind != "read"
    return Call(
        "sqlite3",
        "db",
        kind,
        operation,
        conn._prodready_target,
        effect,
        failable,
        sql,
        passed_in=conn._prodready_maker == "test",
    )


_subclasses: weakref.WeakValueDictionary[tuple[type, type], type] = weakref.WeakValueDictionary()


def listening(factory: Any, mixin: type) -> Any:
    """A subclass of the requested class that reports; a factory that is no class is left alone."""
    if not isinstance(factory, type) or issubclass(factory, mixin):
        return factory
    made = _subclasses.get((factory, mixin))
    if made is None:
        bases = (mixin,) if issubclass(mixin, factory) else (factory, mixin)
        made = type(factory.__name__, bases, {"__module__": factory.__module__, "__doc__": factory.__doc__})
        made.__qualname__ = factory.__qualname__
        _subclasses[factory, mixin] = made
    return made


def _connect(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return _open(wrapped, args, kwargs)
    database = args[0] if args else kwargs.get("database", "")
    timeout = args[1] if len(args) > 1 else kwargs.get("timeout", 5.0)
    target = str(database)
    pooled = hub.maker_hint is not None  # whoever has a pool tells who made it, and what is taken from it
    maker = hub.maker_hint or hub.origin(sys._getframe(1))
    hub.maker_hint = None

    def describe() -> Call:
        return Call(
            seam="sqlite3", family="db", kind="connect", operation="connect", target=target,
            timeout=float(timeout), passed_in=maker == "test",
        )  # fmt: skip

    conn = hub.around(describe, None, lambda: _open(wrapped, args, kwargs))
    if isinstance(conn, ListeningConnection):
        conn._prodready_target = target
        conn._prodready_maker = maker
        conn._prodready_run = hub.run
        if not pooled:
            conn._prodready_lease = hub.took("connection", "", sys._getframe(1))
            if hub.trace is not None and ":memory:" not in target and target:
                hub.made("connection to a SQLite file", conn, sys._getframe(1))
    return conn


def _open(wrapped: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if len(args) > 5:
        args = (*args[:5], listening(args[5], ListeningConnection), *args[6:])
    else:
        kwargs = {
            **kwargs,
            "factory": listening(kwargs.get("factory", sqlite3.Connection), ListeningConnection),
        }
    return wrapped(*args, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    wrapper = patches.wrap(sqlite3, "connect", _connect)
    patches.set(sys.modules["sqlite3.dbapi2"], "connect", wrapper)


def canary(module: ModuleType) -> None:
    sqlite3.connect(":memory:").close()


def deaf() -> int:
    connections = [o for o in gc.get_objects() if issubclass(type(o), sqlite3.Connection)]
    return sum(not isinstance(conn, ListeningConnection) and not _is_closed(conn) for conn in connections)


def _is_closed(conn: sqlite3.Connection) -> bool:
    try:
        return conn.total_changes < 0
    except sqlite3.ProgrammingError as exc:  # or another thread's
        return "closed" in str(exc)


SEAM = Seam("sqlite3", ("sqlite3",), install, canary, deaf)
