"""PyMySQL: connections and cursors."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from . import Patches, Seam, hub, plan_mysql
from .dbapi import Library, Work, gave_back, library, rolled_back
from .planners import Planner

IN_TRANSACTION = 1  # a bit of what the server says of itself with each answer


def _busy(conn: Any) -> str:
    unread = conn._result is not None and conn._result.unbuffered_active
    return "rows of another statement had not been read" if unread else ""


def _asking(conn: Any, sql: str, given: Any) -> Any:
    from pymysql.cursors import Cursor

    with Cursor(conn) as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()[0]


PLANNER = Planner(
    lambda conn: "" if conn.unix_socket else conn.host or "",
    _busy,
    lambda conn, sql, given: plan_mysql.steps(sql, given),
    _asking,
    before=True,
)
LIBRARY = Library(
    "pymysql", "a MySQL server", lambda conn: conn.get_autocommit() and not conn.server_status & IN_TRANSACTION, PLANNER
)


def _init(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """A connection connects when it is made."""

    def connect(**other: Any) -> Any:
        wrapped(*args, **{**kwargs, **other})
        return conn

    if hub.trace is None or kwargs.get("defer_connect"):
        connect()
        return
    where = {
        "host": kwargs.get("unix_socket") or kwargs.get("host") or "localhost",
        "port": kwargs.get("port") or 3306,
        "database": kwargs.get("database") or kwargs.get("db"),
    }
    LIBRARY.connect({**where, "again": connect}, float(kwargs.get("connect_timeout") or 10), connect)


def _work(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Work:
    return Work(conn, lambda: wrapped(*args, **kwargs), lambda sql: _send(conn, sql))


def _send(conn: Any, sql: str) -> Any:
    from pymysql.cursors import Cursor

    return Cursor(conn).execute(sql)


def _execute(wrapped: Any, cursor: Any, args: tuple[Any, ...], kwargs: dict[str, Any], many: bool = False) -> Any:
    if hub.trace is None or hub.inside or cursor.connection is None:
        return wrapped(*args, **kwargs)
    query = args[0] if args else kwargs.get("query")
    given = args[1] if len(args) > 1 else kwargs.get("args")
    work = _work(wrapped, cursor.connection, args, kwargs)
    rows = lambda reply: cursor.rowcount  # noqa: E731
    return LIBRARY.statement(cursor.connection, query, work, given, many, rows)


def _executemany(wrapped: Any, cursor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return _execute(wrapped, cursor, args, kwargs, many=True)


def _commit(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return LIBRARY.commit(conn, _work(wrapped, conn, args, kwargs))


def _rollback(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    rolled_back(conn)
    return library(lambda: wrapped(*args, **kwargs))


def _close(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    gave_back(conn, sys._getframe(1))
    return wrapped(*args, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    from pymysql import connections, cursors

    patches.wrap(connections.Connection, "__init__", _init)
    patches.wrap(connections.Connection, "commit", _commit)
    patches.wrap(connections.Connection, "rollback", _rollback)
    patches.wrap(connections.Connection, "close", _close)
    patches.wrap(cursors.Cursor, "execute", _execute)
    patches.wrap(cursors.Cursor, "executemany", _executemany)


SEAM = Seam("pymysql", ("pymysql",), install)
