"""sqlite3's own errors, with the codes that its C layer sets and the state of transaction that each leaves."""

from __future__ import annotations

import sqlite3
from typing import Any

from ...seams import hub
from ...trace import Call
from .. import Clock, Fault, Strike

#: form -> (message, code); the codes: https://www.sqlite.org/rescode.html
ERRORS = {
    "SQLITE_CANTOPEN": ("unable to open database file", 14),
    "SQLITE_IOERR_READ": ("disk I/O error", 266),
    "SQLITE_IOERR_WRITE": ("disk I/O error", 778),
    "SQLITE_IOERR_DIR_FSYNC": ("disk I/O error", 1290),  # of a COMMIT whose journal is gone already
    "SQLITE_BUSY": ("database is locked", 5),
    "SQLITE_FULL": ("database or disk is full", 13),
    "SQLITE_READONLY": ("attempt to write a readonly database", 8),
}
#: What SQLITE_IOERR is in full, by kind of call.
IO_ERRORS = {"read": "SQLITE_IOERR_READ", "write": "SQLITE_IOERR_WRITE", "commit": "SQLITE_IOERR_WRITE"}
FORMS = {
    "db.connection-refused": "SQLITE_CANTOPEN",
    "db.connection-dropped": "SQLITE_IOERR",
    "db.timeout": "SQLITE_BUSY",
    "db.deadlock": "SQLITE_BUSY",
    "db.serialization-failure": "SQLITE_BUSY",
    "db.locked": "SQLITE_BUSY",
    "db.read-only": "SQLITE_READONLY",
    "db.disk-full": "SQLITE_FULL",
    "db.commit-lost": "SQLITE_IOERR after the effect",
}


def error(form: str) -> sqlite3.OperationalError:
    """The exception as the C layer makes it."""
    message, code = ERRORS[form]
    exc = sqlite3.OperationalError(message)
    exc.sqlite_errorcode = code
    exc.sqlite_errorname = form
    return exc


class SQLiteDriver:
    """Failures of SQLite: see facts on sqlite3 in `docs/explanation`."""

    seams = frozenset({"sqlite3"})

    def form(self, fault: Fault, kind: str) -> str | None:
        if fault.name == "db.read-only" and kind == "commit":  # it was refused when it began to write
            return None
        return FORMS.get(fault.name)

    def strike(self, fault: Fault, variant: str, call: Call, live: Any, clock: Clock) -> Strike | None:
        form = FORMS[fault.name]
        if fault.name == "db.commit-lost":
            return Strike(lambda _: hub.raise_injected(error("SQLITE_IOERR_DIR_FSYNC")), instead=False)

        def perform(_: Any) -> Any:
            if isinstance(live, sqlite3.Connection):  # else it connects, or it is a test's double, which has no state
                _leave_behind(form, call, live, clock)
            hub.raise_injected(error(IO_ERRORS[call.kind] if form == "SQLITE_IOERR" else form))

        return Strike(perform)

    def syntax_error(self, statement: str) -> BaseException:
        exc = sqlite3.OperationalError('near "": syntax error')
        exc.sqlite_errorcode, exc.sqlite_errorname = 1, "SQLITE_ERROR"
        return exc


def _leave_behind(form: str, call: Call, conn: sqlite3.Connection, clock: Clock) -> None:
    """The state of connection and transaction after the error."""
    if form == "SQLITE_IOERR":
        _break(conn)
    elif form == "SQLITE_BUSY":
        _refuse(call, conn, clock)
    elif form == "SQLITE_FULL":
        _roll_back(conn)  # SQLite rolls the whole transaction back by itself
    elif form == "SQLITE_READONLY":
        _begin(call, conn)


def _begin(call: Call, conn: sqlite3.Connection) -> None:
    """The implicit BEGIN succeeds although the statement is refused."""
    if call.kind == "write" and conn.isolation_level is not None and not conn.in_transaction:
        sqlite3.Cursor(conn).execute("BEGIN")


def _refuse(call: Call, conn: sqlite3.Connection, clock: Clock) -> None:
    with hub.quiet():
        clock.advance(sqlite3.Cursor(conn).execute("PRAGMA busy_timeout").fetchone()[0] / 1000)
        _begin(call, conn)


def _roll_back(conn: Any) -> None:
    """The application's transaction is gone; one that its test keeps around it is not."""
    if conn._prodready_undo is not None:
        conn._prodready_undo()
    else:
        sqlite3.Connection.rollback(conn)


def _break(conn: Any) -> None:
    """The connection is of no use until it is rolled back, closed or the entry ends; its transaction is gone."""
    conn._prodready_broken = lambda: error("SQLITE_IOERR_READ")
    if conn.in_transaction:
        _roll_back(conn)

    def mend() -> None:
        conn._prodready_broken = None

    hub.at_entry_end(mend)


DRIVER = SQLiteDriver()
