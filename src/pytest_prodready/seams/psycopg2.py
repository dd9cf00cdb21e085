"""psycopg2: its types are written in C, so `connect` hands out subclasses of what the caller asked for."""

from __future__ import annotations

import sys
from typing import Any

from . import Patches, Seam, hub, plan_postgres
from .dbapi import Library, Work, gave_back, library, rolled_back
from .planners import Planner, Steps
from .sqlite import listening

IN_TRANSACTION = 2


def _busy(conn: Any) -> str:
    return (
        "" if conn.info.transaction_status in (0, IN_TRANSACTION) and not conn.async_ else "the connection was in use"
    )


def _steps(conn: Any, sql: str, given: Any) -> Steps:
    return plan_postgres.steps(conn.info.transaction_status == IN_TRANSACTION, sql, given)


def _asking(conn: Any, sql: str, given: Any) -> Any:
    from psycopg2.extensions import cursor

    with cursor(conn) as asking:
        asking.execute(sql, given)
        return asking.fetchone()[0] if asking.description else None


PLANNER = Planner(lambda conn: conn.info.host or "", _busy, _steps, _asking)
LIBRARY = Library(
    "psycopg2", "a PostgreSQL server", lambda conn: conn.autocommit and conn.info.transaction_status == 0, PLANNER
)


def _classes(module: Any) -> tuple[type, type]:
    """Made when the library is there to be inherited from."""
    extensions = module.extensions

    def send(conn: Any, sql: str) -> Any:
        return extensions.cursor(conn).execute(sql)

    class ListeningCursor(extensions.cursor):  # type: ignore[misc, name-defined]
        def execute(self, query: Any, vars: Any = None) -> Any:
            return self._statement(query, vars, False, super().execute)

        def executemany(self, query: Any, vars_list: Any) -> Any:
            return self._statement(query, vars_list, True, super().executemany)

        def _statement(self, query: Any, given: Any, many: bool, real: Any) -> Any:
            conn = self.connection
            if hub.trace is None or hub.inside or conn is None:
                return library(lambda: real(query, given))
            text = query.as_string(conn) if hasattr(query, "as_string") else query
            work = Work(conn, lambda: real(query, given), lambda sql: send(conn, sql))
            return LIBRARY.statement(conn, text, work, given, many, lambda _: self.rowcount)

    class ListeningConnection(extensions.connection):  # type: ignore[misc, name-defined]
        def cursor(self, *args: Any, **kwargs: Any) -> Any:
            at = dict(zip(("name", "cursor_factory"), args, strict=False))
            wanted = (
                kwargs.get("cursor_factory") or at.get("cursor_factory") or self.cursor_factory or extensions.cursor
            )
            kwargs = {**at, **kwargs, "cursor_factory": listening(wanted, ListeningCursor)}
            return library(lambda: super(ListeningConnection, self).cursor(*args[2:], **kwargs))

        def commit(self) -> None:
            real = super().commit
            LIBRARY.commit(self, Work(self, real, lambda sql: send(self, sql)))

        def rollback(self) -> None:
            rolled_back(self)
            library(super().rollback)

        def close(self) -> None:
            gave_back(self, sys._getframe(1))
            super().close()

    return ListeningConnection, ListeningCursor


def install(module: Any, patches: Patches) -> None:
    connection, _ = _classes(module)

    def connect(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        given = dict(zip(("dsn", "connection_factory", "cursor_factory"), args, strict=False)) | kwargs
        factory = listening(given.get("connection_factory") or module.extensions.connection, connection)

        def real() -> Any:
            return wrapped(**{**given, "connection_factory": factory})

        if hub.trace is None:
            return real()
        try:
            options = {
                k: v
                for k, v in given.items()
                if k not in ("dsn", "connection_factory", "cursor_factory", "async", "async_")
            }
            known: dict[str, Any] = module.extensions.parse_dsn(module.extensions.make_dsn(given.get("dsn"), **options))
        except Exception:  # psycopg2 will say so itself
            known = {}
        where = {"host": known.get("host"), "port": known.get("port") or 5432, "database": known.get("dbname")}
        timeout = known.get("connect_timeout")
        return LIBRARY.connect(where, float(timeout) if timeout else None, real)

    patches.wrap(module, "connect", connect)


SEAM = Seam("psycopg2", ("psycopg2",), install)
