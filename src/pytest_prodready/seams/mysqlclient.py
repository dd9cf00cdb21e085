"""mysqlclient (`MySQLdb`): connections and cursors."""

from __future__ import annotations

import sys
from contextlib import suppress
from types import ModuleType
from typing import Any

from . import Patches, Seam, hub, plan_mysql
from .dbapi import Library, Work, gave_back, library, patience, rolled_back, state
from .planners import Planner

POSITIONAL = ("host", "user", "password", "database", "port", "unix_socket")


def _asking(conn: Any, sql: str, given: Any) -> Any:
    from MySQLdb.cursors import Cursor

    with Cursor(conn) as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone()[0]


PLANNER = Planner(
    lambda conn: "" if "socket" in conn.get_host_info() else conn.host or "",
    lambda conn: "",  # with unread rows the client itself refuses to ask
    lambda conn, sql, given: plan_mysql.steps(sql, given),
    _asking,
    before=True,
)
LIBRARY = Library(
    "mysqlclient", "a MySQL server", lambda conn: bool(conn.get_autocommit()) and not state(conn).begun, PLANNER
)


def _init(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    """A connection connects when it is made."""
    given = {**dict(zip(POSITIONAL, args, strict=False)), **kwargs}

    def connect(**other: Any) -> Any:
        if other:
            wrapped(*args[len(POSITIONAL) :], **{**given, **other})
        else:
            wrapped(*args, **kwargs)
        return conn

    if hub.trace is None:
        connect()
        return
    where = {
        "host": given.get("unix_socket") or given.get("host") or "localhost",
        "port": given.get("port") or 3306,
        "database": given.get("database") or given.get("db"),
    }
    timeout = given.get("connect_timeout")
    LIBRARY.connect({**where, "again": connect}, float(timeout) if timeout else None, connect)
    state(conn).patience = patience(str(given.get("init_command") or ""))


def _work(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Work:
    return Work(conn, lambda: wrapped(*args, **kwargs), lambda sql: _send(conn, sql))


def _send(conn: Any, sql: str) -> Any:
    from MySQLdb.cursors import Cursor

    return Cursor(conn).execute(sql)


def _execute(wrapped: Any, cursor: Any, args: tuple[Any, ...], kwargs: dict[str, Any], many: bool = False) -> Any:
    if hub.trace is None or hub.inside or cursor.connection is None:
        return library(lambda: wrapped(*args, **kwargs))
    query = args[0] if args else kwargs.get("query")
    given = args[1] if len(args) > 1 else kwargs.get("args")
    work = _work(wrapped, cursor.connection, args, kwargs)
    query = bytes(query) if isinstance(query, bytearray) else query
    return LIBRARY.statement(cursor.connection, query, work, given, many, lambda reply: cursor.rowcount)


def _executemany(wrapped: Any, cursor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return _execute(wrapped, cursor, args, kwargs, many=True)


def _begin(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    state(conn).begun = True
    return library(lambda: wrapped(*args, **kwargs))


def _commit(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return LIBRARY.commit(conn, _work(wrapped, conn, args, kwargs))


def _rollback(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    rolled_back(conn)
    return library(lambda: wrapped(*args, **kwargs))


def _close(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    gave_back(conn, sys._getframe(1))
    return library(lambda: wrapped(*args, **kwargs))


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ != "MySQLdb":  # PyMySQL under its name
        return
    from MySQLdb import connections, cursors

    patches.wrap(connections.Connection, "__init__", _init)
    patches.wrap(connections.Connection, "begin", _begin)
    patches.wrap(connections.Connection, "commit", _commit)
    patches.wrap(connections.Connection, "rollback", _rollback)
    patches.wrap(connections.Connection, "close", _close)
    patches.wrap(cursors.BaseCursor, "execute", _execute)
    patches.wrap(cursors.BaseCursor, "executemany", _executemany)


def canary(module: Any) -> None:
    if module.__name__ == "MySQLdb":
        with suppress(module.Error):
            module.connect(unix_socket="/nonexistent/canary")


SEAM = Seam("mysqlclient", ("MySQLdb",), install, canary)
